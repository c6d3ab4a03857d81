import { ArgumentError } from '@repo/client-core';
import type { SeenEntry } from '@repo/client-core';
import {
  DeadLettersFullError,
  DeadLettersWriteError,
  DeliveryError,
  UnitUnreadableError,
} from '../errors.js';
import type { DedupeKeys } from '../state/dedupe-keys.js';
import type { DeadLetter, DeadLetters, Sink, Unit } from '../ports.js';

/** What a transform may do besides returning a row. */
export interface TransformContext<Row> {
  /** Keeps something in the dead letters as well: the full bytes of a record whose row had to be cut. */
  deadLetter(entry: Omit<DeadLetter<Row>, 'unit'>): void;
}

/** A row, or `undefined` to filter the record out (counted as filtered). What it throws makes the record a dead letter. */
export type Transform<R, U extends Unit, Row> = (
  record: R,
  unit: U,
  context: TransformContext<Row>,
) => Row | undefined;

/** What has become of a unit, for its commit. */
export interface UnitOutcome {
  /** Set when the unit can never be read. */
  failed?: string;
  /** Records that have been delivered with it. */
  keys: readonly SeenEntry[];
  /** Its rows that the sink took. */
  accepted: number;
  /** Its rows and records in the dead letters; a unit that can never be read is none of them. */
  deadLettered: number;
}

export interface DeliverOptions<U extends Unit, R, Row> {
  read(unit: U, options: { abortSignal?: AbortSignal }): AsyncIterable<R>;
  transform: Transform<R, U, Row>;
  sink: Sink<Row>;
  deadLetters: DeadLetters<Row>;
  /** Makes the unit's progress durable. Called once, after its rows are safe. */
  commit(outcome: UnitOutcome): Promise<void>;
  /** The record's own id; with `dedupeKeys`, records delivered before are left out. */
  recordId?: ((record: R) => string | undefined) | undefined;
  dedupeKeys?: DedupeKeys | undefined;
  abortSignal?: AbortSignal | undefined;
}

/** What delivering one unit did. */
export interface UnitReport {
  /** Why the unit can never be read; absent when it was delivered. */
  failed?: string;
  read: number;
  duplicates: number;
  filtered: number;
  accepted: number;
  deadLettered: number;
}

/**
 * One unit: read → dedupe → transform → sink → dead letters → commit. Resolves once it is committed; whatever is
 * thrown, nothing was committed and the unit can be delivered again. Throws DeliveryError when rows are not safe.
 */
export async function deliver<U extends Unit, R, Row>(
  unit: U,
  options: DeliverOptions<U, R, Row>,
): Promise<UnitReport> {
  const { transform, sink, recordId, dedupeKeys, deadLetters, abortSignal } = options;
  const report: UnitReport = { read: 0, duplicates: 0, filtered: 0, accepted: 0, deadLettered: 0 };
  const mine = new Map<string, SeenEntry>();
  const dead: Omit<DeadLetter<Row>, 'unit'>[] = [];
  const context: TransformContext<Row> = { deadLetter: (entry) => void dead.push(entry) };
  const signal = abortSignal && { abortSignal };
  const expires = dedupeKeys?.expiry() ?? 0;
  let handed = 0;
  let refused = 0;
  const refusedRows = new Set<unknown>();
  let whole = false;
  let givenUp = false;
  let readFailure: unknown;

  /** The row of one record; undefined when it has none. */
  function rowOf(record: R): Row | undefined {
    report.read += 1;
    // An empty id is none: others have the same.
    const id = (dedupeKeys && recordId?.(record)) || undefined;
    if (id !== undefined) {
      // Only what is committed counts: a unit in flight that carries the same record may never arrive.
      if (mine.has(id) || dedupeKeys?.has(id)) {
        report.duplicates += 1;
        return undefined;
      }
    }
    let row: Row | undefined;
    try {
      row = transform(record, unit, context);
      if (row === undefined) report.filtered += 1;
      else if (id !== undefined) mine.set(id, { id, expires });
    } catch (thrown) {
      dead.push({ reason: `the transform failed: ${messageOf(thrown)}`, record });
      if (id !== undefined) mine.set(id, { id, expires });
    }
    if (typeof (row as { then?: unknown } | undefined)?.then === 'function')
      throw new ArgumentError(
        'transform',
        'gave a promise',
        'Give the row itself: a transform does not wait.',
      );
    return row;
  }

  async function keep(entry: DeadLetter<Row>): Promise<void> {
    try {
      await deadLetters.add(entry);
    } catch (error) {
      if (DeadLettersFullError.isInstance(error)) throw error;
      throw new DeadLettersWriteError(error);
    }
  }

  /** By hand: an async generator would cost each record twice as much. */
  function rows(): AsyncIterable<Row> {
    const records = options.read(unit, { ...signal })[Symbol.asyncIterator]();
    const end = { done: true, value: undefined } as const;
    const iterator: AsyncIterator<Row, undefined> = {
      async next() {
        try {
          for (;;) {
            const { done, value } = await records.next();
            if (done) {
              // A sink that gives up while it waits ends the records too: that is no end of the unit.
              whole = !givenUp && readFailure === undefined;
              return end;
            }
            const row = rowOf(value);
            if (row === undefined) continue;
            handed += 1;
            return { done: false, value: row };
          }
        } catch (thrown) {
          readFailure ??= thrown;
          throw thrown;
        }
      },
      async return() {
        givenUp = true;
        await records.return?.();
        return end;
      },
    };
    return { [Symbol.asyncIterator]: () => iterator };
  }

  try {
    const result = await sink.write(rows(), {
      unit,
      ...signal,
      onUndeliverable: (row, reason) => {
        // Told twice, it would stand for another row.
        if (typeof row === 'object' && refusedRows.has(row)) return;
        if (typeof row === 'object') refusedRows.add(row);
        refused += 1;
        dead.push({ row, reason });
      },
    });
    const { accepted, undeliverable, rejected, unknown } = result;
    // A row without a status, or refused without a word, is not safe: what the sink does not tell has not been sent.
    const untold = handed - accepted - refused - rejected - unknown;
    const notSent = Math.max(result.notSent, untold, undeliverable - refused, whole ? 0 : 1);
    // Also what is no number.
    if (rejected + unknown + notSent !== 0)
      throw new DeliveryError(unit.id, { rejected, unknown, notSent }, { cause: result.cause });
    report.accepted = accepted;
  } catch (thrown) {
    const reason = unreadable(readFailure ?? thrown);
    if (reason === undefined) throw readFailure ?? thrown;
    for (const entry of dead) await keep({ unit, ...entry });
    await keep({ unit, reason });
    report.deadLettered = dead.length;
    await options.commit({ failed: reason, keys: [], accepted: 0, deadLettered: dead.length });
    return { ...report, failed: reason };
  }
  for (const entry of dead) await keep({ unit, ...entry });
  report.deadLettered = dead.length;
  const delivered = [...mine.values()];
  const { accepted, deadLettered } = report;
  await options.commit({ keys: delivered, accepted, deadLettered });
  dedupeKeys?.add(delivered);
  return report;
}

function unreadable(thrown: unknown): string | undefined {
  return UnitUnreadableError.isInstance(thrown) ? thrown.reason : undefined;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
