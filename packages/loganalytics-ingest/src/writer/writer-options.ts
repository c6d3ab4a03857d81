import { ArgumentError } from '@repo/client-core';
import type { Rows } from '../rows/rows.js';
import type { RowRange, RowStatus, UploadReport, WriteResult } from './row-status.js';

/** A row that is handed back with its content. */
export interface ReturnedRow {
  /** Which call of `write`, from 0. */
  write: number;
  /** The row in that call, from 0. */
  index: number;
  /** The row's JSON, in UTF-8; a copy of your own. */
  json: Uint8Array;
  status: RowStatus;
  /** Field and rule, or what the service answered; never a value. */
  reason: string;
  /** The HTTP status with which the service refused. */
  httpStatus?: number;
}

/** A value longer than the service keeps. */
export interface LongFieldEvent {
  /** Which call of `write`, from 0. */
  write: number;
  /** The row in that call, from 0. */
  row: number;
  /** Name of the top-level field; `*` when it does not look like a name. */
  field: string;
  /** UTF-8 of a text, JSON of anything else. How the service counts is not documented. */
  bytes: number;
  /** Truncated by this client. False: the service truncates it, silently. */
  cut: boolean;
}

/** Callbacks of one call of `write`, besides those of the writer. */
export interface WriteOptions {
  /** Called with the status of each row of this call, in ranges. Never changes what is thrown. */
  onRowStatus?: ((range: RowRange) => void) | undefined;
  /** Called with each row of this call that is handed back. */
  onReturnedRow?: ((row: ReturnedRow) => void) | undefined;
}

export interface WriterOptions extends WriteOptions {
  /** Bodies in flight at the same time, those being compressed included. Default 4. */
  concurrency?: number | undefined;
  /** A batch with this many rows is sent. Default: no limit. */
  maxRows?: number | undefined;
  /** A batch with this many bytes before compression is sent. Default: as many as one request is sure to take. */
  maxBytes?: number | undefined;
  /** A batch older than this is sent, in milliseconds. Default 1,000. */
  maxAgeInMs?: number | undefined;
  /**
   * Rows, and bytes before compression, that were taken from all calls of `write` and whose status is not known yet.
   * Above one of them no call takes another row. For a writer that many callers share. Default: no limit beside
   * `concurrency`.
   */
  maxInFlight?: { rows?: number | undefined; bytes?: number | undefined } | undefined;
  /**
   * `atLeastOnce` (default): a body is sent again after an unclear outcome, and its rows may be stored twice.
   * `atMostOnce`: only after 429, a refused token or a connection that was never made; other rows end as `unknown`.
   */
  delivery?: 'atLeastOnce' | 'atMostOnce' | undefined;
  /**
   * Requests spent on finding the rows for which the service refuses a body, per writer: 300 by default, and one more
   * for every 100 accepted rows. When they are spent, the rows of a refused body are `rejected` together.
   */
  maxIsolationRequests?: number | undefined;
  /**
   * A row that is too large for one request: `reject` (default) it; `truncate` its longest texts until it fits; `return`
   * it to `onReturnedRow`.
   */
  oversize?: 'reject' | 'truncate' | 'return' | undefined;
  /**
   * Values over 64 KB (Data Collector API: 32 KB), which the service truncates silently: `report` (default) them by
   * `onLongField` and `UploadReport.truncatedFields`, or `truncate` texts here, between characters; others are reported.
   */
  longFields?: 'report' | 'truncate' | undefined;
  /**
   * A time more than 2 days old or more than 1 day ahead, which the service replaces by that of reception. Default
   * `send`: counted as `UploadReport.timeReplaced`. Of rows given as objects only.
   */
  timeOutsideWindow?: 'send' | 'reject' | 'return' | undefined;
  /**
   * Rows with these statuses are handed to `onReturnedRow` with their content, besides those that `oversize` and
   * `timeOutsideWindow` return: for a stream that cannot be read again. They still count for UploadError. Default: none.
   */
  returnRows?: readonly ('rejected' | 'unknown' | 'notSent')[] | undefined;
  /**
   * Called with each row that is handed back. Rows that `oversize` or `timeOutsideWindow` return are `invalid`, and no
   * error.
   */
  onReturnedRow?: ((row: ReturnedRow) => void) | undefined;
  onLongField?: ((event: LongFieldEvent) => void) | undefined;
  /**
   * Cancels what is not sent yet. Rows read so far have their status; an endless source is not read any further, of an
   * array every row has one.
   */
  abortSignal?: AbortSignal | undefined;
}

/**
 * Writes rows in batches; a batch may hold rows of several calls. Share one among many callers with `maxInFlight`: each
 * call learns the status of its own rows, by its own indexes. `close` in a `finally`.
 */
export interface LogWriter<Row = object> {
  /**
   * Resolves with the statuses of this call's rows, once all are known: with few rows that is when their batch is full
   * or old. For rows that come one by one, give one iterable to one call, or do not wait for each. Never rejects for
   * what becomes of rows; rejects with what `rows` throws, once the rows read before have their status.
   */
  write(rows: Rows<Row>, options?: WriteOptions): Promise<WriteResult>;
  /**
   * A barrier: resolves when every row of every call of `write` made before has its status. Waits for the sources of
   * those calls to end; use `maxAgeInMs` with a source that never does.
   */
  flush(): Promise<void>;
  /**
   * Waits for writes that still read, flushes, and reports on all rows. Throws UploadError if a row is not accepted,
   * except rows that a policy returned to `onReturnedRow`; then what a callback has thrown.
   */
  close(): Promise<UploadReport>;
  [Symbol.asyncDispose](): Promise<void>;
}

export function checkWriterOptions(options: WriterOptions): void {
  const {
    oversize,
    timeOutsideWindow,
    returnRows = [],
    onReturnedRow,
    concurrency = 1,
    maxInFlight,
  } = options;
  const { maxRows, maxBytes, maxAgeInMs, maxIsolationRequests } = options;
  const numbers = { maxRows, maxBytes, maxAgeInMs, maxIsolationRequests };
  for (const [name, value = 1] of Object.entries(numbers))
    if (!(value >= 0)) throw new ArgumentError(`options.${name}`, `is ${value}`, 'Give a number from 0 on.');
  for (const [name, value = 1] of Object.entries(maxInFlight ?? {}))
    if (!(value >= 1))
      throw new ArgumentError(`options.maxInFlight.${name}`, `is ${value}`, 'Give at least 1.');
  const returns = oversize === 'return' || timeOutsideWindow === 'return' || returnRows.length > 0;
  if (returns && !onReturnedRow)
    throw new ArgumentError(
      'options.onReturnedRow',
      'is missing',
      'Rows that are handed back need a callback that takes them.',
    );
  if (!(concurrency >= 1))
    throw new ArgumentError('options.concurrency', `is ${concurrency}`, 'Give at least 1.');
}
