import type { TransformContext } from '../run/deliver-options.js';

/** A row around a record that came parsed: its columns, and `Record` unless it is longer than a field. */
export function objectRow(
  columns: object,
  record: object,
  { deadLetter }: TransformContext<Uint8Array>,
  maxRecordBytes = 65_536,
): Uint8Array {
  const json = JSON.stringify(record);
  const byteLength = Buffer.byteLength(json);
  const head = JSON.stringify(columns).slice(0, -1);
  if (byteLength <= maxRecordBytes) return Buffer.from(`${head},"Record":${json}}`);
  deadLetter({
    reason: `the record has ${byteLength} bytes, a field holds ${maxRecordBytes}`,
    record,
  });
  return Buffer.from(`${head},"RecordTruncated":true}`);
}

/** Only text goes into a text column. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** From ms since the epoch. */
export function isoTime(ms: unknown): string | undefined {
  return typeof ms === 'number' && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}
