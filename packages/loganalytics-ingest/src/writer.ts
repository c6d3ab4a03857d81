import { ApiError, ArgumentError, systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import { addRow, emptyBatch, encodeBatch, halves, sizeWith } from './batch.js';
import type { Batch } from './batch.js';
import { UploadError, noRows } from './fates.js';
import type { Fate, FateRange, UploadReport, WriteResult } from './fates.js';
import { DoubtfulError } from './doubt.js';
import { fateOf, isAboutRows, reasonOf } from './verdict.js';
import { serializeRow } from './serialize.js';

/** Rows: objects, or bytes that each hold one row's JSON. */
export type Rows<Row = object> = Iterable<Row | Uint8Array> | AsyncIterable<Row | Uint8Array>;

export interface WriterOptions {
  /** Bodies in flight at once. Default 4. */
  concurrency?: number;
  /** A batch with this many rows is sent. Default: no limit. */
  maxRows?: number;
  /** A batch older than this is sent, in milliseconds. Default 1,000. */
  maxAgeInMs?: number;
  /** Hears of every row's fate, in ranges. With it, rejected rows are no error. */
  onFate?(range: FateRange): void;
  abortSignal?: AbortSignal;
}

/** Writes rows in batches. `close` in a `finally`. */
export interface LogWriter<Row = object> {
  /** Resolves with the fates of this call's rows, once all are known. A batch may hold rows of several calls. */
  write(rows: Rows<Row>): Promise<WriteResult>;
  /** Sends what is waiting and resolves when nothing is in flight. */
  flush(): Promise<void>;
  /** Flushes, then reports on everything written. Throws UploadError if a row is not safely with the service. */
  close(): Promise<UploadReport>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** How one API takes a body. */
export interface Transport {
  /** Largest array this API takes, before compression. */
  maxRawBytes: number;
  /** Resolves when the service has accepted the body. Returns the bytes on the wire. */
  send(body: Uint8Array<ArrayBuffer>, abortSignal: AbortSignal | undefined): Promise<number>;
  clock?: Clock | undefined;
}

/** The body does not fit on the wire after compression: cut it in two. */
export class BodyTooLarge extends Error {}

interface Pending {
  result: WriteResult;
  open: number;
  ended: boolean;
  done(): void;
}

const maxRanges = 1000;

export function openWriter<Row>(transport: Transport, options: WriterOptions = {}): LogWriter<Row> {
  const { concurrency = 4, maxRows = Infinity, maxAgeInMs = 1000, onFate, abortSignal } = options;
  const { maxRawBytes, clock = systemClock } = transport;
  const report: UploadReport = { ...noRows(), requests: 0, rawBytes: 0, wireBytes: 0, ranges: [] };
  const inFlight = new Set<Promise<void>>();
  let batch: Batch<Pending> = emptyBatch();
  let ageTimer: AbortController | undefined;
  let next = 0;
  let firstCause: unknown;
  let callbackError: unknown;
  let closed = false;

  function settle(call: Pending, from: number, to: number, fate: Fate, reason: string): void {
    const count = to - from;
    call.result[fate] += count;
    report[fate] += count;
    call.open -= count;
    if (fate !== 'accepted' && report.ranges.length < maxRanges)
      report.ranges.push({ from, to, fate, reason });
    try {
      onFate?.({ from, to, fate, reason });
    } catch (error) {
      // A callback must not decide what becomes of other rows: close() throws it.
      callbackError ??= error;
    }
    if (call.open === 0 && call.ended) call.done();
  }

  function settleAll(whole: Batch<Pending>, fate: Fate, reason: string): void {
    for (const { call, from, to } of whole.segments) settle(call, from, to, fate, reason);
  }

  /** `doubt`: the service may already hold these rows, whatever it answers now. */
  async function deliver(whole: Batch<Pending>, doubted = false): Promise<void> {
    if (abortSignal?.aborted) return settleAll(whole, 'unsent', 'aborted before it was sent');
    const body = encodeBatch(whole);
    try {
      const wireBytes = await transport.send(body, abortSignal);
      report.requests += 1;
      report.rawBytes += body.byteLength;
      report.wireBytes += wireBytes;
      settleAll(whole, 'accepted', '');
    } catch (caught) {
      const doubt = doubted || caught instanceof DoubtfulError;
      const thrown = caught instanceof DoubtfulError ? caught.failure : caught;
      const splittable = whole.rows.length > 1;
      const status = ApiError.isInstance(thrown) ? thrown.status : undefined;
      const tooLarge = thrown instanceof BodyTooLarge || status === 413;
      if (splittable && (tooLarge || (status === 400 && isAboutRows(thrown)))) {
        const [left, right] = halves(whole);
        await deliver(left, doubt);
        return deliver(right, doubt);
      }
      if (!(thrown instanceof BodyTooLarge)) firstCause ??= thrown;
      const reason = tooLarge ? 'the row is too large for one request' : reasonOf(thrown);
      const fate = thrown instanceof BodyTooLarge ? 'rejected' : fateOf(thrown, abortSignal);
      settleAll(whole, doubt ? 'unknown' : fate, reason);
    }
  }

  async function dispatch(): Promise<void> {
    ageTimer?.abort();
    ageTimer = undefined;
    if (batch.rows.length === 0) return;
    const whole = batch;
    batch = emptyBatch();
    while (inFlight.size >= concurrency) await Promise.race(inFlight);
    const sending = deliver(whole).finally(() => inFlight.delete(sending));
    inFlight.add(sending);
  }

  function startAge(): void {
    if (ageTimer) return;
    const timer = (ageTimer = new AbortController());
    clock.sleep(maxAgeInMs, timer.signal).then(dispatch, () => {});
  }

  async function flush(): Promise<void> {
    await dispatch();
    while (inFlight.size > 0) await Promise.all(inFlight);
  }

  async function add(call: Pending, row: Row | Uint8Array): Promise<void> {
    const index = next++;
    call.open += 1;
    if (abortSignal?.aborted) return settle(call, index, index + 1, 'unsent', 'aborted before it was sent');
    const { bytes, reason } = serializeRow(row);
    if (!bytes) return settle(call, index, index + 1, 'rejected', reason);
    if (bytes.byteLength + 2 > maxRawBytes)
      return settle(
        call,
        index,
        index + 1,
        'rejected',
        `the row has ${bytes.byteLength} bytes, the API takes ${maxRawBytes} in one request`,
      );
    if (sizeWith(batch, bytes) > maxRawBytes) await dispatch();
    addRow(batch, call, index, bytes);
    startAge();
    if (batch.rows.length >= maxRows) await dispatch();
  }

  async function write(rows: Rows<Row>): Promise<WriteResult> {
    if (closed) throw new ArgumentError('writer', 'is closed', 'Open another one.');
    checkRows(rows);
    let done = (): void => {};
    const finished = new Promise<void>((resolve) => (done = resolve));
    const call: Pending = { result: noRows(), open: 0, ended: false, done };
    try {
      for await (const row of rows) await add(call, row);
    } finally {
      call.ended = true;
      if (call.open === 0) done();
    }
    await finished;
    return call.result;
  }

  let closing: Promise<UploadReport> | undefined;
  function close(): Promise<UploadReport> {
    closed = true;
    closing ??= flush().then(() => {
      const lost = report.failed + report.unknown + report.unsent + (onFate ? 0 : report.rejected);
      if (lost > 0) throw new UploadError(report, firstCause ?? abortSignal?.reason);
      if (callbackError) throw callbackError;
      return report;
    });
    return closing;
  }

  return { write, flush, close, [Symbol.asyncDispose]: async () => void (await close()) };
}

/** Open, write, close in one: the last batch does not wait for its age. */
export async function uploadAll<Row>(writer: LogWriter<Row>, rows: Rows<Row>): Promise<UploadReport> {
  checkRows(rows);
  let ended = (): void => {};
  const exhausted = new Promise<void>((resolve) => (ended = resolve));
  async function* watched(): AsyncIterable<Row | Uint8Array> {
    try {
      yield* rows;
    } finally {
      ended();
    }
  }
  const writing = writer.write(watched());
  writing.catch(() => ended());
  await exhausted;
  // After the generator has ended, its last row is in the batch once the microtasks have run.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const closing = writer.close();
  await Promise.allSettled([writing, closing]);
  await writing;
  return closing;
}

function checkRows(rows: unknown): void {
  const iterable =
    typeof rows === 'object' && rows !== null && (Symbol.iterator in rows || Symbol.asyncIterator in rows);
  if (!iterable || rows instanceof Uint8Array)
    throw new ArgumentError(
      'rows',
      'is not a collection of rows',
      'Give an array, an iterable or an async iterable of objects; wrap a single row in [ ].',
    );
}
