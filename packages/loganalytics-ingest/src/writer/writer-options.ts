import type { RowRange, UploadReport, WriteResult } from './row-status.js';
import type { Rows } from '../rows/rows.js';

/** A row that is handed back instead of being sent. */
export interface ReturnedRow {
  /** Counted over the writer's life, from 0. */
  index: number;
  /** The row's JSON, in UTF-8; a copy of your own. */
  json: Uint8Array;
  /** Field and rule; never a value. */
  reason: string;
}

/** A value longer than the service keeps. */
export interface LongFieldEvent {
  /** Index of the row, from 0. */
  row: number;
  /** Name of the top-level field; `*` when it does not look like a name. */
  field: string;
  /** UTF-8 of a text, JSON of anything else. How the service counts is not documented. */
  bytes: number;
  /** Cut by this client. False: the service cuts it, silently. */
  cut: boolean;
}

export interface WriterOptions {
  /** Bodies in flight at once, those being compressed included. Default 4. */
  concurrency?: number;
  /** A batch with this many rows is sent. Default: no limit. */
  maxRows?: number;
  /** A batch with this many bytes before compression is sent. Default: as many as one request is sure to take. */
  maxBytes?: number;
  /** A batch older than this is sent, in milliseconds. Default 1,000. */
  maxAgeInMs?: number;
  /**
   * A row that is too large for one request: `reject` (default) it; `truncate` its longest texts until it fits; hand it
   * to `onReturnedRow`.
   */
  oversize?: 'reject' | 'truncate' | 'return';
  /**
   * Values over 64 KB (Data Collector API: 32 KB), which the service cuts silently: `report` (default) them by
   * `onLongField` and `UploadReport.truncatedFields`, or `truncate` texts here, between characters; others are reported.
   */
  longFields?: 'report' | 'truncate';
  /**
   * A time more than 2 days old or more than 1 day ahead, which the service replaces by that of reception. Default
   * `send`: counted as `UploadReport.timeReplaced`. Of rows given as objects only.
   */
  timeOutsideWindow?: 'send' | 'reject' | 'return';
  /** Hears of every row's status, in ranges. With it, invalid rows are no error. */
  onRowStatus?(range: RowRange): void;
  /** Takes the rows that `oversize` or `timeOutsideWindow` hand back. Their status is `invalid`, and no error. */
  onReturnedRow?(row: ReturnedRow): void;
  onLongField?(event: LongFieldEvent): void;
  /**
   * Gives up what is not sent yet. Rows read so far have their status; an endless source is not read any further, of an
   * array every row has one.
   */
  abortSignal?: AbortSignal;
}

/** Writes rows in batches. `close` in a `finally`. */
export interface LogWriter<Row = object> {
  /**
   * Resolves with the statuses of this call's rows, once all are known: with few rows that is when their batch is full or
   * old. For rows that come one by one, give one iterable to one call, or do not wait for each. A batch may hold rows of
   * several calls.
   */
  write(rows: Rows<Row>): Promise<WriteResult>;
  /** Sends what is waiting and resolves when nothing is in flight. */
  flush(): Promise<void>;
  /** Waits for writes that still read, flushes, and reports on everything. Throws UploadError if a row is not safely with the service. */
  close(): Promise<UploadReport>;
  [Symbol.asyncDispose](): Promise<void>;
}
