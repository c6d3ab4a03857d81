/** Rows of one call inside one batch. */
export interface Segment<Call> {
  call: Call;
  from: number;
  to: number;
}

/** A JSON array of rows, ready to send or to cut in two. */
export interface Batch<Call> {
  rows: Uint8Array[];
  segments: Segment<Call>[];
  /** Of the JSON array, brackets and commas included. */
  bytes: number;
}

export const emptyBatch = <Call>(): Batch<Call> => ({ rows: [], segments: [], bytes: 2 });

/** Size of the array once this row is in it. */
export function sizeWith<Call>(batch: Batch<Call>, row: Uint8Array): number {
  return batch.bytes + row.byteLength + (batch.rows.length > 0 ? 1 : 0);
}

export function addRow<Call>(batch: Batch<Call>, call: Call, index: number, row: Uint8Array): void {
  batch.bytes = sizeWith(batch, row);
  batch.rows.push(row);
  const last = batch.segments.at(-1);
  if (last && last.call === call && last.to === index) last.to += 1;
  else batch.segments.push({ call, from: index, to: index + 1 });
}

export function encodeBatch<Call>({ rows, bytes }: Batch<Call>): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const row of rows) {
    body[at] = at === 0 ? 0x5b : 0x2c;
    body.set(row, at + 1);
    at += row.byteLength + 1;
  }
  body[at] = 0x5d;
  return body;
}

/** Two halves that hold the same rows in the same order. */
export function halves<Call>(batch: Batch<Call>): [Batch<Call>, Batch<Call>] {
  const middle = batch.rows.length >> 1;
  const [left, right] = [emptyBatch<Call>(), emptyBatch<Call>()];
  let row = 0;
  for (const { call, from, to } of batch.segments)
    for (let index = from; index < to; index++, row++)
      addRow(row < middle ? left : right, call, index, batch.rows[row] as Uint8Array);
  return [left, right];
}
