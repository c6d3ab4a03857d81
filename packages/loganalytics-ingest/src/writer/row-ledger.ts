import { emptyResult } from './row-status.js';
import type { RowRange, RowStatus, UploadReport, WriteResult } from './row-status.js';
import type { ReturnedRow, WriteOptions } from './writer-options.js';

const maxRanges = 1000;

/** A status, why, and what the service said. */
export interface Verdict {
  readonly status: RowStatus;
  readonly reason: string;
  readonly httpStatus?: number | undefined;
  readonly isolated?: boolean;
}

/** One call of `write`: its rows are counted from 0. */
export class WriteCall {
  readonly number: number;
  readonly options: WriteOptions;
  readonly result: WriteResult = emptyResult();
  /** Resolves when its source is read, or has failed. */
  readonly ended: Promise<void>;
  /** Resolves when, besides, the status of each row is known. */
  readonly settled: Promise<void>;
  #next = 0;
  #open = 0;
  #isEnded = false;
  #end = (): void => {};
  #settle = (): void => {};

  constructor(number: number, options: WriteOptions = {}) {
    this.number = number;
    this.options = options;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.settled = new Promise((resolve) => (this.#settle = resolve));
  }

  /** The index of the next row. */
  open(): number {
    this.#open += 1;
    return this.#next++;
  }

  close(count: number): void {
    this.#open -= count;
    if (this.#open === 0 && this.#isEnded) this.#settle();
  }

  /** No more rows will come. */
  end(): void {
    this.#isEnded = true;
    this.#end();
    if (this.#open === 0) this.#settle();
  }
}

/** The callbacks of a writer, or of one call of `write`. */
type Callbacks = Pick<WriteOptions, 'onRowStatus' | 'onReturnedRow'>;

/** Keeps account of every row of a writer. */
export class RowLedger {
  readonly report: UploadReport = {
    ...emptyResult(),
    requests: 0,
    rawBytes: 0,
    wireBytes: 0,
    truncatedFields: 0,
    timeReplaced: 0,
  };
  /** Rows handed back by a policy of the caller: no error. */
  returned = 0;
  /** What the caller's callbacks have thrown first. */
  callbackError: unknown;
  readonly #callbacks: Callbacks;
  readonly #running = new Set<Promise<void>>();

  constructor(callbacks: Callbacks) {
    this.#callbacks = callbacks;
  }

  settle(call: WriteCall, from: number, to: number, verdict: Verdict): void {
    const { status, reason, httpStatus, isolated } = verdict;
    const count = to - from;
    call.result[status] += count;
    this.report[status] += count;
    const range: RowRange = { write: call.number, from, to, status, reason };
    if (httpStatus !== undefined) range.httpStatus = httpStatus;
    if (isolated) range.isolated = true;
    if (status !== 'accepted')
      for (const ranges of [this.report.ranges, call.result.ranges]) addRange(ranges, range);
    for (const { onRowStatus } of [this.#callbacks, call.options])
      if (onRowStatus) this.run(() => onRowStatus({ ...range }));
    call.close(count);
  }

  /** Hands a row back; `json` becomes the caller's. */
  returnRow(call: WriteCall, index: number, json: Uint8Array, verdict: Verdict): void {
    const { status, reason, httpStatus } = verdict;
    const row: ReturnedRow = { write: call.number, index, json: new Uint8Array(json), status, reason };
    if (httpStatus !== undefined) row.httpStatus = httpStatus;
    for (const { onReturnedRow } of [this.#callbacks, call.options])
      if (onReturnedRow) this.run(() => onReturnedRow(row));
  }

  /** Runs a callback of the caller's: what it throws must not decide what becomes of other rows. */
  run(callback: () => unknown): void {
    const onError = (error: unknown): void => void (this.callbackError ??= error);
    try {
      const result = callback();
      if (!(result instanceof Promise)) return;
      const running = result.then(
        () => void this.#running.delete(running),
        (error: unknown) => {
          this.#running.delete(running);
          onError(error);
        },
      );
      this.#running.add(running);
    } catch (error) {
      onError(error);
    }
  }

  /** Resolves when callbacks that return promises have ended. */
  async callbacksEnded(): Promise<void> {
    await Promise.all(this.#running);
  }
}

/** Neighbors of one status become one range: a writer that fails for long must not fill the report. */
function addRange(ranges: RowRange[], range: RowRange): void {
  const last = ranges.at(-1);
  const joins =
    last?.write === range.write &&
    last.to === range.from &&
    last.status === range.status &&
    last.reason === range.reason &&
    last.isolated === range.isolated;
  if (joins) last.to = range.to;
  else if (ranges.length < maxRanges) ranges.push({ ...range });
}
