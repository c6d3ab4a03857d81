import type { Cloud, Delta, Gap, SavedFeed, SeenEntry } from '@repo/client-core';

/** The smallest piece that is read and committed, and that can be read again: a content blob, a closed window of time. */
export interface Unit {
  /** Stable: the same unit has the same id in every process. */
  id: string;
}

/** What a run asks of a source, and what the source calls back. */
export interface DiscoverOptions {
  abortSignal?: AbortSignal | undefined;
  /** Wait for more instead of ending when everything up to now is found. Default false. */
  follow?: boolean | undefined;
  /** A span is lost. Called before a unit beyond it is handed out. */
  onGap?(gap: Gap): void;
  /** A listing has ended, whether it held units or not; `type` where the source lists each type separately. */
  onListed?(type?: string): void;
  /** The position moved without a unit (a first start was fixed, an empty listing ended): save `checkpoint()`. */
  onPosition?(): void;
}

/** How far one type of a source is. Times in ms since the epoch. */
export interface SourceProgress {
  /** Empty for a source without types. */
  type: string;
  /** Everything that became available before this time is committed; absent while that is not known. */
  completeUntil?: number | undefined;
  /** How late content may become available and still be part of that statement. */
  latenessInMs?: number | undefined;
  /** Why the type cannot be listed now; absent when it can. */
  waiting?: string | undefined;
}

/** One run of a source, opened from what was saved. */
export interface SourceRun<U extends Unit, R> {
  /**
   * Units that are not committed, oldest first. Ends when there is nothing more to do now, unless told to follow; then
   * it waits by itself, and may reject with the signal's reason once that is aborted.
   */
  discover(options: DiscoverOptions): AsyncIterable<U>;
  /**
   * The records of one unit, in arrays of any length. May be called again for the same unit. Throws
   * UnitUnreadableError when the unit can never be read.
   */
  read(unit: U, options: { abortSignal?: AbortSignal | undefined }): AsyncIterable<readonly R[]>;
  /** The change of state that says: this unit is done. Units may be done in any order. */
  ack(unitId: string): Delta;
  /** The same for a unit that can never be read. */
  fail(unitId: string, reason: string): Delta;
  /** The position as it is: an empty listing moves the cursor too, and a quiet tenant commits nothing for days. */
  checkpoint?(): Delta | undefined;
  /** How far each type is. */
  progress?(): readonly SourceProgress[];
}

/** Where records come from. */
export interface Source<U extends Unit, R> {
  /**
   * Whose data this is, for example `o365:{tenantId}`. A state belongs to the first identity it meets and refuses
   * every other.
   */
  readonly identity?: string | undefined;
  /** The cloud the data lives in. Sending it to another cloud's sink is refused unless that is allowed. */
  readonly cloud?: Cloud | undefined;
  open(saved: SavedFeed): SourceRun<U, R>;
  /** The same data of one range, [from, to) in ms since the epoch: oldest first, and it ends. For backfill and replay. */
  between?(from: number, to: number): Source<U, R>;
}

/** Rows of one write by their status. */
export interface SinkResult {
  /** Taken by the service. */
  accepted: number;
  /** Can never be delivered: each was passed to `onUndeliverable`. */
  undeliverable: number;
  /** Refused by the service, for now. */
  rejected: number;
  /** Sent, but no answer came. */
  unknown: number;
  /** Never sent. */
  notSent: number;
  /** Why rows are rejected, unknown or not sent, where one error says it. */
  cause?: unknown;
  /** Saved in the same transaction as the unit. */
  attachments?: readonly Attachment[] | undefined;
}

/** Who refused a row: the client that checks it (`invalid`), or the service, where the row was alone (`rejected`). */
export type UndeliverableStatus = 'invalid' | 'rejected';

export interface SinkOptions<Row> {
  unit: Unit;
  abortSignal?: AbortSignal | undefined;
  /**
   * Called with each row that can never be delivered. Rows that the service rejected become dead letters only when
   * other rows were accepted; else the destination is broken, and the unit is tried again. Default status `invalid`.
   */
  onUndeliverable(row: Row, reason: string, status?: UndeliverableStatus): void;
}

/** Where rows go. */
export interface Sink<Row> {
  /** The cloud the rows end in. */
  readonly cloud?: Cloud | undefined;
  /** Called once or several times for a unit, for several units at a time. Resolves when the status of every row is known. */
  write(rows: AsyncIterable<readonly Row[]>, options: SinkOptions<Row>): Promise<SinkResult>;
  close(): Promise<void>;
}

/** Something saved beside the progress, in the same transaction: the window of a rule, a message to be sent. */
export interface Attachment {
  key: string;
  /** Replaces what is saved under the key; `undefined` removes it. */
  value: string | undefined;
  /** Forgotten after this time, ms since the epoch. */
  expires: number;
}

/** An attachment as it is saved. */
export type SavedAttachment = Attachment & { value: string };

/** What a state holds. */
export interface SavedState extends SavedFeed {
  /** Dedupe keys: ids of records delivered recently. */
  keys: SeenEntry[];
  attachments: SavedAttachment[];
}

/** The progress of one unit. */
export interface UnitCommit {
  id: string;
  /** Absent: the position stays, as for attachments alone. */
  delta?: Delta | undefined;
  /** Ids of the records that were delivered with it. */
  keys?: readonly SeenEntry[] | undefined;
  attachments?: readonly Attachment[] | undefined;
}

/** Durable progress. One writer at a time, held by `lock`. */
export interface State {
  /**
   * Throws StateCorruptError when what is there cannot be read and StateMissingError when it has vanished: never an
   * empty state in its place.
   */
  load(): Promise<SavedState>;
  /** Binds the state permanently to whose progress it is. Throws StateIdentityError when it belongs to another. */
  identify(identity: string): Promise<void>;
  /**
   * One transaction for all of these units, in their order; durable before it resolves. What it throws stops the run;
   * the state before it is intact. Entries of `delta` go by `delta.expire` alone, keys and attachments by their time.
   */
  commit(units: readonly UnitCommit[]): Promise<void>;
  /** Throws StateLockedError when another process holds it, or waits for it when configured so. */
  lock(options?: { abortSignal?: AbortSignal | undefined }): Promise<{ release(): Promise<void> }>;
  close(): Promise<void>;
}

/** One thing that could not be delivered. */
export interface DeadLetter<Row = unknown> {
  unit: Unit;
  reason: string;
  /** A row that can never be sent. */
  row?: Row;
  /** Who refused the row. */
  status?: UndeliverableStatus | undefined;
  /** A record of which no whole row could be made, as it was read. */
  record?: unknown;
}

/** What could not be delivered, kept with its reason. Durable before it resolves; rejects when it cannot keep more. */
export interface DeadLetters<Row> {
  add(entry: DeadLetter<Row>): Promise<void>;
}
