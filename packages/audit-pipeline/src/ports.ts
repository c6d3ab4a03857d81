import type { Cloud, Delta, Gap, SavedFeed, SeenEntry } from '@repo/client-core';

/** What can be read again from its source: a content blob, or a closed slice of saved time. */
export interface Unit {
  /** Stable: the same unit has the same id in every process. */
  id: string;
}

/** What a source is told, and tells. */
export interface DiscoverOptions {
  abortSignal?: AbortSignal;
  /** A span is lost. Called before a unit beyond it is handed out. */
  onGap?(gap: Gap): void;
  /** A listing has ended, whether it held units or not; `type` where the source lists each type by itself. */
  onListed?(type?: string): void;
}

/** One run of a source, opened from what was saved. */
export interface SourceRun<U extends Unit, R> {
  /**
   * Units that have not been acknowledged, oldest first. Ends when there is nothing more to do now, unless it
   * follows; waits by itself when it does, and may reject with the signal's reason once that is aborted.
   */
  discover(options: DiscoverOptions): AsyncIterable<U>;
  /** The records of one unit. May be called again for the same unit. Throws UnitUnreadableError when it never can be. */
  read(unit: U, options: { abortSignal?: AbortSignal }): AsyncIterable<R>;
  /** The change of state that says: this unit is done. Units may be done in any order. */
  ack(unitId: string): Delta;
  /** The same for a unit that can never be read. */
  fail(unitId: string, reason: string): Delta;
  /** The state as it is: an empty listing moves the cursor too, and a quiet tenant acknowledges nothing for days. */
  checkpoint?(): Delta | undefined;
}

/** Where records come from. */
export interface Source<U extends Unit, R> {
  /**
   * Whose data this is, for example `o365:{tenantId}`. A state belongs to the first identity it meets and refuses
   * every other.
   */
  readonly identity?: string;
  /** The cloud the data lives in. Sending it to another cloud's sink is refused unless that is allowed. */
  readonly cloud?: Cloud;
  open(saved: SavedFeed): SourceRun<U, R>;
  /** The same data of one span, [from, to) in ms since the epoch: oldest first, and it ends. For backfill and replay. */
  between?(from: number, to: number): Source<U, R>;
}

/** What became of the rows of one write. */
export interface SinkResult {
  /** Taken by the service. */
  accepted: number;
  /** Can never be delivered: each was named to `onUndeliverable`. */
  undeliverable: number;
  /** Refused by the service, for now. */
  rejected: number;
  /** Sent, but no answer came. */
  unknown: number;
  /** Never sent. */
  notSent: number;
  /** Why rows are rejected, unknown or notSent, where one error tells. */
  cause?: unknown;
}

/** Where rows go. Any log writer of `loganalytics-ingest` is one after a few lines. */
export interface Sink<Row> {
  /** The cloud the rows end in. */
  readonly cloud?: Cloud;
  /** Resolves when the status of every row is known. `onUndeliverable` is called with each row that can never be sent. */
  write(
    rows: AsyncIterable<Row>,
    options: { unit: Unit; abortSignal?: AbortSignal; onUndeliverable(row: Row, reason: string): void },
  ): Promise<SinkResult>;
  close(): Promise<void>;
}

/** What a state remembers. */
export interface SavedState extends SavedFeed {
  /** Dedupe keys: ids of records delivered recently. */
  keys: SeenEntry[];
}

/** Durable progress. One writer at a time, held by `lock`. */
export interface State {
  /** Throws StateCorruptError when what is there cannot be read: never an empty state in its place. */
  load(): Promise<SavedState>;
  /** Binds the state to whose progress it is, for good. Throws StateIdentityError when it belongs to another. */
  identify(identity: string): Promise<void>;
  /**
   * Atomic and durable before it resolves: the unit is done, and these records have been delivered. What it throws
   * stops the run; the state before it is intact. Entries of `delta` go by `delta.expire` alone, keys by their time.
   */
  commit(unitId: string, delta: Delta, keys: readonly SeenEntry[]): Promise<void>;
  /** Throws StateLockedError when another process holds it, or waits for it when made to. */
  lock(options?: { abortSignal?: AbortSignal }): Promise<{ release(): Promise<void> }>;
  close(): Promise<void>;
}

/** One thing that could not be delivered. */
export interface DeadLetter<Row = unknown> {
  unit: Unit;
  reason: string;
  /** A row that can never be sent. */
  row?: Row;
  /** A record of which no whole row could be made, as it was read. */
  record?: unknown;
}

/** What could not be delivered, kept with its reason. Durable before it resolves; rejects when it cannot keep more. */
export interface DeadLetters<Row> {
  add(entry: DeadLetter<Row>): Promise<void>;
}

/** What one run did. */
export interface PipelineReport {
  units: {
    committed: number;
    /** Never to be read: in the dead letters. */
    failed: number;
    /** Not delivered after several tries and not committed: read again later. */
    deferred: number;
  };
  records: {
    read: number;
    /** Delivered before, by another unit or run. */
    duplicates: number;
    /** Filtered out by the transform. */
    filtered: number;
    accepted: number;
    /** Dead letters written, whole units not counted. */
    deadLettered: number;
  };
  /** Spans that are lost. */
  gaps: Gap[];
}

/** What a worker, another process, tells of a unit. */
export interface DoneUnit {
  unitId: string;
  /** Why it can never be delivered; it is in the dead letters. */
  failed?: string;
  /** Rows that the sink took. 0 from a worker that does not tell. */
  accepted: number;
  /** Rows and records of it in the dead letters. */
  deadLettered: number;
}
