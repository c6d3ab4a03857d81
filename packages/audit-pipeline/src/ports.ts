import type { Delta, Gap, SavedFeed, SeenEntry } from '@repo/client-core';

/** What can be read again from its source: a content blob, or a closed slice of saved time. */
export interface Unit {
  /** Stable: the same unit has the same id in every process. */
  id: string;
}

/** One run of a source, opened from what was saved. */
export interface SourceRun<U extends Unit, R> {
  /**
   * Units that have not been acknowledged, oldest first. Ends when there is nothing more to do now, unless it
   * follows; waits by itself when it does.
   */
  discover(options: { abortSignal?: AbortSignal }): AsyncIterable<U>;
  /** The records of one unit. May be called again for the same unit. Throws UnitUnreadableError when it never can be. */
  read(unit: U, options: { abortSignal?: AbortSignal }): AsyncIterable<R>;
  /** The change of state that says: this unit is done. Applied by `State.commit`, never before its rows are safe. */
  ack(unitId: string): Delta;
  /** The same for a unit that can never be read. */
  fail(unitId: string, reason: string): Delta;
}

/** Where records come from. */
export interface Source<U extends Unit, R> {
  open(saved: SavedFeed): SourceRun<U, R>;
}

/** What became of the rows of one write. */
export interface WriteResult {
  /** Taken by the service. */
  accepted: number;
  /** Refused by the client itself: they can never be sent. */
  rejected: number;
  /** Refused by the service. */
  failed: number;
  /** Sent, but no answer came. */
  unknown: number;
  /** Never sent. */
  unsent: number;
}

/** Where rows go. Any log writer of `loganalytics-ingest` is one after a few lines. */
export interface Sink<Row> {
  /** Resolves when the fate of every row is known. `onRejected` hears of each row that can never be sent. */
  write(
    rows: AsyncIterable<Row>,
    options: { unit: Unit; abortSignal?: AbortSignal; onRejected(row: Row, reason: string): void },
  ): Promise<WriteResult>;
  close(): Promise<void>;
}

/** What a state remembers. */
export interface SavedState extends SavedFeed {
  /** Ids of records that have been delivered lately. */
  marks: SeenEntry[];
}

/** Durable progress. One writer at a time, held by `lock`. */
export interface State {
  load(): Promise<SavedState>;
  /** Atomic and durable before it resolves: the unit is done, and these records have been delivered. */
  commit(unitId: string, delta: Delta, marks: readonly SeenEntry[]): Promise<void>;
  /** Throws StateLockedError when another process holds it. */
  lock(): Promise<{ release(): Promise<void> }>;
  close(): Promise<void>;
}

/** What could not be delivered, kept with its reason. Durable before it resolves. */
export interface DeadLetters<Row> {
  add(entry: { unit: Unit; reason: string; row?: Row }): Promise<void>;
}

/** What one run did. */
export interface PipelineReport {
  units: { committed: number; failed: number; left: number };
  records: { read: number; duplicates: number; removed: number; accepted: number; deadLettered: number };
  gaps: Gap[];
}
