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
