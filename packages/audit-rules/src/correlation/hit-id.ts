import { hash } from 'node:crypto';

/** A record id in 16 bytes: a GUID as it is, anything else as the start of its SHA-256. */
interface HitId {
  bytes: Uint8Array;
  /** Whether the text can be made of the bytes again. */
  isGuid: boolean;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function toHitId(recordId: string): HitId {
  if (guid.test(recordId)) return { bytes: Buffer.from(recordId.replaceAll('-', ''), 'hex'), isGuid: true };
  return { bytes: hash('sha256', recordId, 'buffer').subarray(0, 16), isGuid: false };
}

export function formatHitId(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A text as a number of 48 bits, to count different values without keeping them. */
export function hashValue(text: string): number {
  return hash('sha256', text, 'buffer').readUIntBE(0, 6);
}
