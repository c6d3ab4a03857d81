/** Rows of one call inside one batch. */
export interface Segment<Call> {
  call: Call;
  from: number;
  to: number;
}

/** A JSON array of rows as it grows: each row is written once, straight into `bytes`. */
export interface Batch<Call> {
  bytes: Uint8Array<ArrayBuffer>;
  /** Written so far: the opening bracket, rows and the commas between them. */
  length: number;
  /** Where each row ends. */
  ends: number[];
  segments: Segment<Call>[];
  /** Size that is likely in the end. */
  room: number;
}

const encoder = new TextEncoder();
const firstBytes = 64 * 1024;

/** @param bytes A buffer that is no longer used. */
export function createBatch<Call>(
  room = 0,
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(firstBytes),
): Batch<Call> {
  bytes[0] = 0x5b;
  return { bytes, length: 1, ends: [], segments: [], room };
}

/** Size of the array with its closing bracket. */
export const getSize = (batch: Batch<unknown>): number => batch.length + 1;

/** Where the next row would begin, after its comma. */
const getStart = (batch: Batch<unknown>): number => batch.length + (batch.ends.length > 0 ? 1 : 0);

/** Writes a row behind the others without counting it yet. Returns its size in bytes. */
export function writeRow(batch: Batch<unknown>, row: string | Uint8Array): number {
  const start = getStart(batch);
  if (typeof row !== 'string') {
    reserve(batch, start + row.byteLength + 1);
    batch.bytes.set(row, start);
    return row.byteLength;
  }
  // UTF-8 takes up to three bytes for a UTF-16 unit.
  reserve(batch, start + row.length * 3 + 1);
  return encoder.encodeInto(row, batch.bytes.subarray(start)).written;
}

/** The row that `writeRow` has written. */
export function getWrittenRow(batch: Batch<unknown>, size: number): Uint8Array<ArrayBuffer> {
  const start = getStart(batch);
  return batch.bytes.subarray(start, start + size);
}

/** Counts the row that `writeRow` has written. */
export function commitRow<Call>(batch: Batch<Call>, call: Call, index: number, size: number): void {
  const start = getStart(batch);
  if (batch.ends.length > 0) batch.bytes[start - 1] = 0x2c;
  batch.length = start + size;
  batch.ends.push(batch.length);
  const last = batch.segments.at(-1);
  if (last && last.call === call && last.to === index) last.to += 1;
  else batch.segments.push({ call, from: index, to: index + 1 });
}

/** The array, ready to send. Good until the buffer is used again. */
export function getBody(batch: Batch<unknown>): Uint8Array<ArrayBuffer> {
  reserve(batch, batch.length + 1);
  batch.bytes[batch.length] = 0x5d;
  return batch.bytes.subarray(0, batch.length + 1);
}

/** A row of a batch. Its bytes are good until the buffer is used again. */
export interface BatchRow<Call> {
  call: Call;
  index: number;
  json: Uint8Array<ArrayBuffer>;
}

export function* eachBatchRow<Call>(batch: Batch<Call>): Generator<BatchRow<Call>, void, void> {
  let row = 0;
  let start = 1;
  for (const { call, from, to } of batch.segments)
    for (let index = from; index < to; index++) {
      const end = batch.ends[row++] as number;
      yield { call, index, json: batch.bytes.subarray(start, end) };
      start = end + 1;
    }
}

/** A batch of these rows, in a buffer of its own and no larger than they need. */
export function copyRows<Call>(rows: readonly BatchRow<Call>[]): Batch<Call> {
  const bytes = rows.reduce((sum, { json }) => sum + json.byteLength + 1, 2);
  const copy = createBatch<Call>(bytes, new Uint8Array(bytes));
  for (const { call, index, json } of rows) commitRow(copy, call, index, writeRow(copy, json));
  return copy;
}

/** Up to `parts` batches of about the same size that hold the same rows in the same order. */
export function splitBatch<Call>(batch: Batch<Call>, parts: number): Batch<Call>[] {
  const share = batch.length / Math.min(parts, batch.ends.length);
  const all: Batch<Call>[] = [];
  let part = createBatch<Call>();
  let row = 0;
  for (const { call, index, json } of eachBatchRow(batch)) {
    const end = batch.ends[row] as number;
    // At least one row in each part, and at least two parts.
    const late = end > share * (all.length + 1) || row === batch.ends.length - 1;
    if (part.ends.length > 0 && late && all.length < parts - 1) {
      all.push(part);
      part = createBatch<Call>();
    }
    commitRow(part, call, index, writeRow(part, json));
    row += 1;
  }
  return [...all, part];
}

function reserve(batch: Batch<unknown>, size: number): void {
  if (size <= batch.bytes.byteLength) return;
  // Few rows take little; many take all of it at once, not buffers of every size on the way.
  const wanted = size <= 4 * firstBytes ? size * 2 : Math.max(batch.room, size + (size >> 2));
  const larger = new Uint8Array(wanted);
  larger.set(batch.bytes.subarray(0, batch.length));
  batch.bytes = larger;
}
