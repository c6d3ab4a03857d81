import { bodyOf, commit, newBatch, put, split } from './batch.js';
import type { Batch } from './batch.js';
import type { RowStatus } from './row-status.js';
import type { Call, Ledger } from './row-ledger.js';
import type { SendResult, Transport } from '../http/transport.js';
import { shrink } from '../rows/truncate-fields.js';
import { reasonOf } from '../http/classify-failure.js';
import type { WriterOptions } from './writer-options.js';

type Rows = Batch<Call>;
type Refused = Exclude<SendResult, { status: 'accepted' }>;

/** Of one batch and what it was cut into. */
interface Tally {
  taken: boolean;
  refusedAlone: number;
}

/** So many rows refused one by one, and none taken: then it is not the rows, and each costs a request. */
const mostRefusedAlone = 100;

/** Sends batches, cuts what is refused for its size or for one of its rows, and settles every row. */
export interface Delivery {
  /** Never rejects. */
  deliver(batch: Rows): Promise<void>;
  /** A row that fits into no request, by the caller's policy. Returns its bytes if it may be tried again, smaller. */
  oversized(call: Call, index: number, row: Uint8Array, most: number, reason: string): Uint8Array | undefined;
  /** Hands a row back to the caller. */
  returnRow(call: Call, index: number, json: Uint8Array, reason: string): void;
  /** What the first refused body was refused with. */
  readonly firstCause: unknown;
  /** Rows that the caller has taken back. */
  readonly letters: number;
}

export function createDelivery(transport: Transport, ledger: Ledger, options: WriterOptions): Delivery {
  const { abortSignal, oversize = 'reject', onReturnedRow } = options;
  let firstCause: unknown;
  let letters = 0;

  function settleAll(batch: Rows, status: RowStatus, reason: string, error?: unknown): void {
    const httpStatus = status === 'rejected' ? (error as { status?: number } | undefined)?.status : undefined;
    for (const { call, from, to } of batch.segments)
      ledger.settle(call, from, to, status, reason, httpStatus);
  }

  async function send(batch: Rows): Promise<SendResult> {
    const body = bodyOf(batch);
    const rawBytes = body.byteLength;
    try {
      return await transport.send(body, {
        abortSignal,
        onAttempt(wireBytes) {
          ledger.report.requests += 1;
          ledger.report.rawBytes += rawBytes;
          ledger.report.wireBytes += wireBytes;
        },
      });
    } catch (error) {
      return { status: 'unknown', error, reason: reasonOf(error) };
    }
  }

  /** `doubted`: the service may already hold these rows, whatever it answers now. */
  async function deliver(
    batch: Rows,
    doubted: boolean,
    tally: Tally = { taken: false, refusedAlone: 0 },
  ): Promise<void> {
    if (abortSignal?.aborted)
      return settleAll(batch, doubted ? 'unknown' : 'notSent', 'aborted before it was sent');
    const result = await send(batch);
    if (result.status === 'accepted') {
      tally.taken = true;
      return settleAll(batch, 'accepted', '');
    }
    const doubt = doubted || result.status === 'unknown';
    if (result.parts !== undefined && batch.ends.length > 1) {
      for (const part of split(batch, Math.max(2, result.parts)))
        if (tally.taken || tally.refusedAlone < mostRefusedAlone) await deliver(part, doubt, tally);
        else settleAll(part, doubt ? 'unknown' : result.status, result.reason, result.error);
      return;
    }
    firstCause ??= result.error;
    if (result.tooLarge === undefined) tally.refusedAlone += 1;
    if (result.tooLarge === undefined || doubt)
      return settleAll(batch, doubt ? 'unknown' : result.status, result.reason, result.error);
    return deliverSmaller(batch, result.tooLarge, result);
  }

  /** A batch of one row that no request takes. */
  async function deliverSmaller(
    batch: Rows,
    most: number,
    { status, reason, error }: Refused,
  ): Promise<void> {
    const { call, from } = batch.segments[0] as Rows['segments'][number];
    const row = batch.bytes.subarray(1, batch.length);
    if (oversize === 'reject') return settleAll(batch, status, reason, error);
    const smaller = oversized(call, from, row, most, reason);
    if (!smaller) return;
    const again = newBatch<Call>();
    commit(again, call, from, put(again, smaller));
    return deliver(again, false);
  }

  function oversized(
    call: Call,
    index: number,
    row: Uint8Array,
    most: number,
    reason: string,
  ): Uint8Array | undefined {
    const smaller = oversize === 'truncate' ? shrink(row, most - 2) : undefined;
    if (smaller) ledger.report.truncatedFields += 1;
    else if (oversize === 'return') returnRow(call, index, row, reason);
    else ledger.settle(call, index, index + 1, 'invalid', reason);
    return smaller;
  }

  function returnRow(call: Call, index: number, row: Uint8Array, reason: string): void {
    letters += 1;
    const json = new Uint8Array(row);
    ledger.tell(() => onReturnedRow?.({ index, json, reason }));
    ledger.settle(call, index, index + 1, 'invalid', reason);
  }

  return {
    deliver: (batch) => deliver(batch, false),
    oversized,
    returnRow,
    get firstCause() {
      return firstCause;
    },
    get letters() {
      return letters;
    },
  };
}
