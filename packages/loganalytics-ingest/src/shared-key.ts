import { ArgumentError } from '@repo/client-core';

/** What one request to the Data Collector API is signed over. */
export interface SharedKeyRequest {
  workspaceId: string;
  /** Primary or secondary key of the workspace, base64. */
  sharedKey: string;
  /** Length of the body in bytes, not in characters. */
  contentLength: number;
  /** The value of `x-ms-date`, RFC 1123: `new Date().toUTCString()`. */
  date: string;
}

/** `POST\n<bytes>\napplication/json\nx-ms-date:<date>\n/api/logs` */
export function stringToSign(contentLength: number, date: string): string {
  return `POST\n${contentLength}\napplication/json\nx-ms-date:${date}\n/api/logs`;
}

/** The value of the `Authorization` header: `SharedKey <workspace>:<signature>`. Pure; Web Crypto only. */
export async function signSharedKey(request: SharedKeyRequest): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    decodeKey(request.sharedKey),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const text = new TextEncoder().encode(stringToSign(request.contentLength, request.date));
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, text));
  return `SharedKey ${request.workspaceId}:${btoa(String.fromCharCode(...signature))}`;
}

/** The key's bytes; throws ArgumentError, without the key, when it is not base64. */
export function decodeKey(sharedKey: string): Uint8Array<ArrayBuffer> {
  const trimmed = sharedKey.trim();
  if (!/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(trimmed) || trimmed === '')
    throw new ArgumentError(
      'sharedKey',
      `is not base64 (${trimmed.length} characters)`,
      'Copy the primary or secondary key of the workspace whole, with its padding.',
    );
  return Uint8Array.from(atob(trimmed), (character) => character.charCodeAt(0));
}

/** What a 403 can come from, without the key. */
export interface SignatureExplanation {
  stringToSign: string;
  bodyBytes: number;
  /** Another number than `bodyBytes` is what signers that count characters send. */
  bodyCharacters: number;
  date: string;
  /** Server time minus ours, when a `Date` header of an answer is given. */
  clockDifferenceInMs?: number;
  keyCharacters: number;
  /** Undefined when the key is not base64. */
  keyBytes?: number;
  findings: string[];
}

/** The offline answer to "why 403". */
export function explainSignature(options: {
  sharedKey: string;
  body: string | Uint8Array;
  date: string;
  /** `Date` header of the refused answer. */
  serverDate?: string;
  now?: number;
}): SignatureExplanation {
  const { sharedKey, body, date, serverDate, now = Date.now() } = options;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const characters = typeof body === 'string' ? body.length : new TextDecoder().decode(body).length;
  const findings: string[] = [];
  let keyBytes: number | undefined;
  try {
    keyBytes = decodeKey(sharedKey).byteLength;
  } catch (error) {
    findings.push((error as Error).message);
  }
  if (sharedKey !== sharedKey.trim()) findings.push('The key has white space around it.');
  if (keyBytes !== undefined && keyBytes !== 64)
    findings.push(`The key has ${keyBytes} bytes; workspace keys usually have 64.`);
  if (characters !== bytes.byteLength)
    findings.push(
      `The body has ${bytes.byteLength} bytes but ${characters} characters: the length must be in bytes.`,
    );
  if (new Date(date).toUTCString() !== date) findings.push('x-ms-date is not RFC 1123 in GMT.');
  const server = serverDate === undefined ? NaN : Date.parse(serverDate);
  const clockDifferenceInMs = Number.isNaN(server) ? undefined : server - now;
  if (clockDifferenceInMs !== undefined && Math.abs(clockDifferenceInMs) > 5 * 60_000)
    findings.push(`This clock differs from the server's by ${Math.round(clockDifferenceInMs / 1000)} s.`);
  return {
    stringToSign: stringToSign(bytes.byteLength, date),
    bodyBytes: bytes.byteLength,
    bodyCharacters: characters,
    date,
    ...(clockDifferenceInMs !== undefined && { clockDifferenceInMs }),
    keyCharacters: sharedKey.length,
    ...(keyBytes !== undefined && { keyBytes }),
    findings,
  };
}
