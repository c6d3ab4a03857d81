import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

export const encodeText = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Each character as one byte, as `Buffer.from(text, 'latin1')` does. */
export const encodeLatin1 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

/** Two bytes for each character, the low one first. */
export function encodeUtf16(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at++) {
    bytes[2 * at] = text.charCodeAt(at) & 0xff;
    bytes[2 * at + 1] = text.charCodeAt(at) >> 8;
  }
  return bytes;
}

/** Base64 of these bytes; of each as one character. */
export const encodeBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

export const encodeHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** HMAC-SHA256, synchronously: Web Crypto has no such thing, and hypotheses are many. */
export const signText = (key: Uint8Array, text: string): Uint8Array => hmac(sha256, key, encodeText(text));

export const signBytes = (key: Uint8Array, bytes: Uint8Array): Uint8Array => hmac(sha256, key, bytes);

/** Signatures by functions that are not HMAC-SHA256. */
export const otherDigests: Readonly<Record<string, (key: Uint8Array, text: string) => Uint8Array>> = {
  'HMAC-SHA512': (key, text) => hmac(sha512, key, encodeText(text)),
  'HMAC-SHA1': (key, text) => hmac(sha1, key, encodeText(text)),
  'SHA-256 without a key': (_key, text) => sha256(encodeText(text)),
};
