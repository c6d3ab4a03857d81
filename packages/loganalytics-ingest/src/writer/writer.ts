import { ArgumentError, systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import type { Transport } from '../http/transport.js';
import { checkRows, eachRow } from '../rows/rows.js';
import type { Rows } from '../rows/rows.js';
import { createBatch, getSize } from './batch.js';
import type { Batch } from './batch.js';
import { BatchSender } from './batch-sender.js';
import { createBufferPool } from './buffer-pool.js';
import type { BufferPool } from './buffer-pool.js';
import { Dispatcher } from './dispatcher.js';
import { RowLedger, WriteCall } from './row-ledger.js';
import { RowSerializer } from './row-serializer.js';
import { UploadError } from './row-status.js';
import type { UploadReport, WriteResult } from './row-status.js';
import { checkWriterOptions } from './writer-options.js';
import type { LogWriter, WriteOptions, WriterOptions } from './writer-options.js';
import { yieldToEventLoop } from './yield-to-event-loop.js';

/** Rows are taken this long, in bytes, before the event loop has its turn: about a millisecond. */
const bytesPerTurn = 512 * 1024;

/** A writer, and what `uploadRows` needs of it. */
export interface OpenWriter<Row> extends LogWriter<Row> {
  /** Reads the rows to their end, or until the abort: false then. Their statuses come later. */
  take(rows: Rows<Row>): Promise<boolean>;
}

export function openWriter<Row>(transport: Transport, options: WriterOptions = {}): OpenWriter<Row> {
  checkWriterOptions(options);
  const writer = new BatchingWriter<Row>(transport, options);
  return {
    take: (rows) => writer.take(rows),
    write: (rows, writeOptions) => writer.write(rows, writeOptions),
    flush: () => writer.flush(),
    close: () => writer.close(),
    [Symbol.asyncDispose]: async () => void (await writer.close()),
  };
}

class BatchingWriter<Row> {
  readonly #transport: Transport;
  readonly #options: WriterOptions;
  readonly #clock: Clock;
  readonly #buffers: BufferPool;
  readonly #ledger: RowLedger;
  readonly #sender: BatchSender;
  readonly #serializer: RowSerializer;
  readonly #dispatcher: Dispatcher;
  /** Calls whose rows do not all have their status. */
  readonly #calls = new Set<WriteCall>();
  #callCount = 0;
  #batch: Batch<WriteCall>;
  #age: AbortController | undefined;
  #bytesOfTurn = 0;
  #closing: Promise<UploadReport> | undefined;
  /** Rows that wait for their age need not wait to be settled as not sent. */
  readonly #onAbort = (): void => this.#cut();

  constructor(transport: Transport, options: WriterOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#clock = transport.clock ?? systemClock;
    this.#buffers = transport.buffers ?? createBufferPool();
    this.#ledger = new RowLedger(options);
    this.#sender = new BatchSender(transport, this.#ledger, options);
    const create = (): Batch<WriteCall> => this.#createBatch();
    this.#serializer = new RowSerializer(transport, this.#ledger, this.#sender, options, create);
    this.#dispatcher = new Dispatcher({
      concurrency: options.concurrency ?? 4,
      maxInFlight: options.maxInFlight,
      deliver: (batch) => this.#sender.deliver(batch).finally(() => this.#buffers.give(batch.bytes)),
    });
    this.#buffers.open();
    this.#batch = this.#createBatch();
    options.abortSignal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  async write(rows: Rows<Row>, options: WriteOptions = {}): Promise<WriteResult> {
    this.#checkOpen();
    checkRows(rows);
    const call = this.#openCall(options);
    try {
      await this.#read(rows, call);
    } finally {
      await call.settled;
    }
    return call.result;
  }

  take(rows: Rows<Row>): Promise<boolean> {
    return this.#read(rows, this.#openCall({}));
  }

  async flush(): Promise<void> {
    const calls = [...this.#calls];
    this.#cut();
    await Promise.all(calls.map(({ ended }) => ended));
    this.#cut();
    await Promise.all(calls.map(({ settled }) => settled));
  }

  close(): Promise<UploadReport> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<UploadReport> {
    await this.flush();
    await this.#ledger.callbacksEnded();
    this.#options.abortSignal?.removeEventListener('abort', this.#onAbort);
    this.#age?.abort();
    this.#buffers.close();
    const { report, returned, callbackError } = this.#ledger;
    const lost = report.invalid + report.rejected + report.unknown + report.notSent - returned;
    if (lost > 0) throw new UploadError(report, this.#sender.firstCause ?? this.#options.abortSignal?.reason);
    if (callbackError) throw callbackError;
    return report;
  }

  #checkOpen(): void {
    if (this.#closing) throw new ArgumentError('writer', 'is closed', 'Open another one.');
  }

  #openCall(options: WriteOptions): WriteCall {
    const call = new WriteCall(this.#callCount++, options);
    this.#calls.add(call);
    void call.settled.then(() => this.#calls.delete(call));
    return call;
  }

  async #read(rows: Rows<Row>, call: WriteCall): Promise<boolean> {
    try {
      return await eachRow(rows, this.#options.abortSignal, (row) => this.#add(call, row));
    } finally {
      call.end();
    }
  }

  /** Returns what the caller has to wait for before the next row. */
  #add(call: WriteCall, row: unknown): Promise<void> | undefined {
    if (this.#dispatcher.blocked) return this.#dispatcher.blocked.then(() => this.#add(call, row));
    if (this.#dispatcher.isFull(this.#batch)) return this.#addWhenFree(call, row);
    const index = call.open();
    const { abortSignal, returnRows, maxRows = Infinity, maxBytes = Infinity } = this.#options;
    if (abortSignal?.aborted && !returnRows?.includes('notSent')) {
      const verdict = { status: 'notSent', reason: 'aborted before it was sent' } as const;
      this.#ledger.settle(call, index, index + 1, verdict);
      return undefined;
    }
    const before = this.#batch.length;
    const { batch, full } = this.#serializer.add(this.#batch, call, index, row);
    this.#batch = batch;
    if (full) this.#dispatch(full);
    this.#bytesOfTurn += full ? batch.length : batch.length - before + 64;
    const isFull = batch.ends.length >= maxRows || getSize(batch) >= Math.min(this.#limit, maxBytes);
    if (isFull || abortSignal?.aborted) this.#cut();
    this.#startAge();
    if (this.#bytesOfTurn < bytesPerTurn) return this.#dispatcher.blocked;
    this.#bytesOfTurn = 0;
    return yieldToEventLoop();
  }

  async #addWhenFree(call: WriteCall, row: unknown): Promise<void> {
    // Rows that wait for their batch to fill would wait for each other.
    this.#cut();
    await this.#dispatcher.next();
    await this.#add(call, row);
  }

  get #limit(): number {
    return this.#transport.limits.fill;
  }

  /** One row more than fits is written before it is known that it does not. */
  #createBatch(): Batch<WriteCall> {
    const bytes = Math.min(this.#limit, this.#options.maxBytes ?? Infinity);
    return createBatch(bytes + 16 * 1024, this.#buffers.take());
  }

  /** Sends the rows taken so far. */
  #cut(): void {
    if (this.#batch.ends.length === 0) return;
    const batch = this.#batch;
    this.#batch = this.#createBatch();
    this.#dispatch(batch);
  }

  #dispatch(batch: Batch<WriteCall>): void {
    this.#age?.abort();
    this.#age = undefined;
    this.#dispatcher.dispatch(batch);
  }

  #startAge(): void {
    const { maxAgeInMs = 1000 } = this.#options;
    if (this.#age || this.#batch.ends.length === 0 || maxAgeInMs === Infinity) return;
    const age = new AbortController();
    this.#age = age;
    this.#clock.sleep(maxAgeInMs, age.signal).then(this.#onAbort, () => {});
  }
}
