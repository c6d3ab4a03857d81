import { ArgumentError, systemClock } from '@repo/client-core';
import { newBatch, sizeOf } from './batch.js';
import type { Batch } from './batch.js';
import { bufferPool } from './buffer-pool.js';
import { createDelivery } from './batch-sender.js';
import { UploadError } from './row-status.js';
import type { UploadReport, WriteResult } from './row-status.js';
import { createIntake } from './row-serializer.js';
import { createLedger, endCall, openCall } from './row-ledger.js';
import type { Call } from './row-ledger.js';
import { checkRows, eachRow } from '../rows/rows.js';
import type { Rows } from '../rows/rows.js';
import type { Transport } from '../http/transport.js';
import { turn } from './yield-to-event-loop.js';
import type { LogWriter, WriterOptions } from './writer-options.js';

/** Rows are taken this long, in bytes, before the event loop has its turn: about a millisecond. */
const bytesPerTurn = 512 * 1024;

/** The writer, and what `uploadAll` needs of it. */
export interface OpenWriter<Row> extends LogWriter<Row> {
  /** Reads the rows to their end, or until the abort: false then. Their statuses come later. */
  take(rows: Rows<Row>, call: Call): Promise<boolean>;
}

export function openWriter<Row>(transport: Transport, options: WriterOptions = {}): OpenWriter<Row> {
  checkOptions(options);
  const { concurrency = 4, maxRows = Infinity, maxBytes = Infinity, maxAgeInMs = 1000 } = options;
  const { onRowStatus, abortSignal } = options;
  const { clock = systemClock, limits, buffers = bufferPool() } = transport;
  const ledger = createLedger(onRowStatus);
  const delivery = createDelivery(transport, ledger, options);
  // One row more than fits is written before it is known that it does not.
  const freshBatch = (): Batch<Call> => newBatch(Math.min(limits.fill, maxBytes) + 16 * 1024, buffers.take());
  const intake = createIntake(transport, ledger, delivery, { ...options, freshBatch });
  const inFlight = new Set<Promise<void>>();
  const reading = new Set<Promise<boolean>>();
  buffers.open();
  let batch = freshBatch();
  /** A full batch waits for a body in flight to end; no row is taken meanwhile. */
  let blocked: Promise<void> | undefined;
  let age: AbortController | undefined;
  let next = 0;
  let work = 0;
  let closed = false;

  function launch(whole: Batch<Call>): void {
    const sending = delivery.deliver(whole).finally(() => {
      inFlight.delete(sending);
      buffers.give(whole.bytes);
    });
    inFlight.add(sending);
  }

  async function launchWhenFree(whole: Batch<Call>, before: Promise<void> | undefined): Promise<void> {
    await before;
    while (inFlight.size >= concurrency) await Promise.race(inFlight);
    launch(whole);
  }

  function dispatch(whole: Batch<Call>): void {
    age?.abort();
    age = undefined;
    if (!blocked && inFlight.size < concurrency) return launch(whole);
    const waiting: Promise<void> = launchWhenFree(whole, blocked).finally(() => {
      if (blocked === waiting) blocked = undefined;
    });
    blocked = waiting;
  }

  /** Sends what has come so far. */
  function cut(): void {
    if (batch.ends.length === 0) return;
    const whole = batch;
    batch = freshBatch();
    dispatch(whole);
  }

  function startAge(): void {
    if (age || batch.ends.length === 0 || maxAgeInMs === Infinity) return;
    age = new AbortController();
    clock.sleep(maxAgeInMs, age.signal).then(cut, () => {});
  }

  function add(call: Call, row: unknown): Promise<void> | undefined {
    if (blocked) return blocked.then(() => add(call, row));
    const index = next++;
    call.open += 1;
    if (abortSignal?.aborted) {
      ledger.settle(call, index, index + 1, 'notSent', 'aborted before it was sent');
      return undefined;
    }
    const before = batch.length;
    const { batch: now, full } = intake.add(batch, call, index, row);
    batch = now;
    if (full) dispatch(full);
    work += full ? batch.length : batch.length - before + 64;
    if (batch.ends.length >= maxRows || sizeOf(batch) >= Math.min(limits.fill, maxBytes)) cut();
    startAge();
    if (work < bytesPerTurn) return blocked;
    work = 0;
    return turn();
  }

  function take(rows: Rows<Row>, call: Call): Promise<boolean> {
    const taking = eachRow(rows, abortSignal, (row) => add(call, row)).finally(() => {
      reading.delete(taking);
      endCall(call);
    });
    reading.add(taking);
    return taking;
  }

  async function write(rows: Rows<Row>): Promise<WriteResult> {
    if (closed) throw new ArgumentError('writer', 'is closed', 'Open another one.');
    checkRows(rows);
    const { call, finished } = openCall();
    await take(rows, call);
    await finished;
    return call.result;
  }

  async function flush(): Promise<void> {
    cut();
    await blocked;
    // Not what a busy writer sends meanwhile.
    await Promise.all(inFlight);
  }

  let closing: Promise<UploadReport> | undefined;
  function close(): Promise<UploadReport> {
    closed = true;
    closing ??= Promise.allSettled(reading)
      .then(flush)
      .then(() => ledger.told())
      .then(() => {
        abortSignal?.removeEventListener('abort', cut);
        age?.abort();
        buffers.close();
        const { report, callbackError } = ledger;
        const handled = onRowStatus ? report.invalid : delivery.letters;
        const lost = report.rejected + report.unknown + report.notSent + report.invalid - handled;
        if (lost > 0) throw new UploadError(report, delivery.firstCause ?? abortSignal?.reason);
        if (callbackError) throw callbackError;
        return report;
      });
    return closing;
  }

  // What waits for its age need not wait to be told that it is not sent.
  abortSignal?.addEventListener('abort', cut, { once: true });
  return { take, write, flush, close, [Symbol.asyncDispose]: async () => void (await close()) };
}

/** Open, write, close in one: the last batch does not wait for its age. */
export async function uploadAll<Row>(
  writer: OpenWriter<Row>,
  rows: Rows<Row>,
  abortSignal?: AbortSignal,
): Promise<UploadReport> {
  checkRows(rows);
  const reading = writer.take(rows, openCall().call);
  const read = await reading.then(
    (whole) => ({ whole, error: undefined }),
    (error: unknown) => ({ whole: false, error }),
  );
  const report = writer.close();
  // Given up before the source's end: what was not read has no status, and is not with the service.
  if (read.error === undefined)
    return read.whole
      ? report
      : report.then((one) => Promise.reject(new UploadError(one, abortSignal?.reason)));
  // What was read is sent, but the source's own failure is what the caller must hear of.
  await report.catch(() => {});
  throw read.error;
}

function checkOptions(options: WriterOptions): void {
  const { oversize, timeOutsideWindow, onReturnedRow, concurrency = 1 } = options;
  for (const name of ['maxRows', 'maxBytes', 'maxAgeInMs'] as const)
    if (!((options[name] ?? 1) >= 0))
      throw new ArgumentError(`options.${name}`, `is ${options[name]}`, 'Give a number from 0 on.');
  if ((oversize === 'return' || timeOutsideWindow === 'return') && !onReturnedRow)
    throw new ArgumentError(
      'options.onReturnedRow',
      'is missing',
      'Rows that are handed back need somebody who takes them.',
    );
  if (!(concurrency >= 1))
    throw new ArgumentError('options.concurrency', `is ${concurrency}`, 'Give at least 1.');
}
