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
  /** Server time minus ours in milliseconds, when a `Date` header of an answer is given. */
  clockDifferenceInMs?: number;
  keyCharacters: number;
  /** Undefined when the key is not base64. */
  keyBytes?: number;
  /** What is wrong or unusual, in words. Empty: nothing that can be seen offline. */
  findings: string[];
}

/** The offline answer to "why 403". Sends nothing; says nothing of the key but its lengths. */
export function explainSignature(question: {
  sharedKey: string;
  /** The body as it was sent. */
  body: string | Uint8Array;
  /** The value of `x-ms-date` as it was sent. */
  date: string;
  /** `Date` header of the refused answer. */
  serverDate?: string;
  /** This clock when the answer came, in milliseconds since the epoch. Default: the time in `date`. */
  now?: number;
  /** The `Content-Type` header as it was sent. */
  contentType?: string;
  /** The `Authorization` header as it was sent; only its form is looked at. */
  authorization?: string;
}): SignatureExplanation {
  const { sharedKey, body, date, serverDate, now = Date.parse(date) } = question;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const characters =
    typeof body === 'string'
      ? body.length
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body).length;
  const server = serverDate === undefined ? NaN : Date.parse(serverDate);
  const difference = server - now;
  const key = shapeOf(sharedKey);
  const findings = [
    ...key.findings,
    ...headerFindings(question),
    ...(characters !== bytes.byteLength
      ? [`The body has ${bytes.byteLength} bytes but ${characters} characters: the length must be in bytes.`]
      : []),
    ...(Math.abs(difference) > 5 * 60_000
      ? [`This clock differs from the server's by ${Math.round(difference / 1000)} s.`]
      : []),
  ];
  return {
    stringToSign: stringToSign(bytes.byteLength, date),
    bodyBytes: bytes.byteLength,
    bodyCharacters: characters,
    date,
    ...(!Number.isNaN(difference) && { clockDifferenceInMs: difference }),
    keyCharacters: sharedKey.length,
    ...(key.bytes !== undefined && { keyBytes: key.bytes }),
    findings,
  };
}

function shapeOf(sharedKey: string): { bytes?: number; findings: string[] } {
  const findings: string[] = [];
  const trimmed = sharedKey.trim();
  if (sharedKey !== trimmed) findings.push('The key has white space around it.');
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(trimmed))
    findings.push('The key is a GUID: that is the workspace id, not its key.');
  try {
    const bytes = decodeKey(sharedKey).byteLength;
    if (bytes !== 64) findings.push(`The key has ${bytes} bytes; workspace keys usually have 64.`);
    return { bytes, findings };
  } catch (error) {
    return { findings: [...findings, (error as Error).message] };
  }
}

function headerFindings({
  date,
  contentType,
  authorization,
}: Parameters<typeof explainSignature>[0]): string[] {
  const findings: string[] = [];
  const time = new Date(date);
  if (Number.isNaN(time.getTime()) || time.toUTCString() !== date)
    findings.push('x-ms-date is not RFC 1123 in GMT.');
  if (contentType !== undefined && contentType !== 'application/json')
    findings.push('Content-Type must be exactly application/json: with a charset the service answers 403.');
  if (authorization !== undefined && !/^SharedKey [^:\s]+:[A-Za-z\d+/]{43}=$/.test(authorization))
    findings.push('Authorization is not "SharedKey <workspace id>:<signature of 44 base64 characters>".');
  return findings;
}
