import type { SeenEntry } from '@repo/client-core';
import type { Attachment, DeadLetter, DeadLetters, Sink, SinkResult, Unit } from '../ports.js';
import type { DedupeKeys } from '../state/dedupe-keys.js';
import type { DestinationBreaker } from './destination-breaker.js';

/** What a transform may do besides returning a row. */
export interface TransformContext<Row> {
  /** Keeps something in the dead letters as well: the full bytes of a record whose row had to be truncated. */
  deadLetter(entry: Omit<DeadLetter<Row>, 'unit'>): void;
  /** Saves something in the same transaction as the unit; of one key the last counts. */
  attach(attachment: Attachment): void;
}

/** A row, or `undefined` to filter the record out. What it throws makes the record a dead letter. */
export type Transform<R, U extends Unit, Row> = (
  record: R,
  unit: U,
  context: TransformContext<Row>,
) => Row | undefined;

/** What has become of a unit, for its commit. */
export interface UnitOutcome {
  /** Set when the unit can never be read. */
  failed?: string | undefined;
  /** Dedupe keys of the records that were delivered with it. */
  keys: readonly SeenEntry[];
  attachments: readonly Attachment[];
  /** Its rows that the sink accepted. */
  accepted: number;
  /** Its rows and records in the dead letters; a unit that can never be read is none of them. */
  deadLettered: number;
}

export interface DeliverOptions<U extends Unit, R, Row> {
  read(unit: U, options: { abortSignal?: AbortSignal | undefined }): AsyncIterable<readonly R[]>;
  transform: Transform<R, U, Row>;
  sink: Sink<Row>;
  deadLetters: DeadLetters<Row>;
  /** Makes the unit's progress durable. Called once, after its rows are safe. */
  commit(outcome: UnitOutcome): Promise<void>;
  /** The record's own id; with `dedupeKeys`, records delivered before are skipped. */
  recordId?: ((record: R) => string | undefined) | undefined;
  /** Shared by all units of a source, so that a record in two units in flight is sent once. */
  dedupeKeys?: DedupeKeys | undefined;
  /** Shared by all units of a destination, to tell rows it refuses from a destination that refuses all. */
  breaker?: DestinationBreaker | undefined;
  /** Called when an attempt fails after rows were accepted or had no answer: they are sent again. */
  onIncomplete?(counts: Pick<SinkResult, 'accepted' | 'unknown'>): void;
  abortSignal?: AbortSignal | undefined;
}

/** What delivering one unit did. */
export interface UnitReport {
  /** Why the unit can never be read; absent when it was delivered. */
  failed?: string | undefined;
  read: number;
  duplicates: number;
  filtered: number;
  accepted: number;
  deadLettered: number;
}
