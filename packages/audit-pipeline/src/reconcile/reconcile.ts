import type { Gap } from '@repo/client-core';
import { rangeSource } from '../run/backfill.js';
import type { TimeSpan } from '../run/backfill.js';
import { UnitUnreadableError } from '../errors.js';
import { eachRecord } from './each-record.js';
import type { Source, State, Unit } from '../ports.js';

/** How a unit differs from what should be. Holds ids and numbers, never content. */
export type Difference =
  /** The source lists it; the ledger does not have it. */
  | { kind: 'not-committed'; unitId: string; records: number }
  /** The source lists it and cannot give it any more: its rows cannot be checked. */
  | { kind: 'unreadable'; unitId: string; reason: string }
  /** Committed, and the table has fewer rows than the unit has records of its own: `lost` at least. */
  | { kind: 'rows-missing'; unitId: string; records: number; rows: number; lost: number }
  /** The table has more rows of the unit than it has records. */
  | { kind: 'rows-extra'; unitId: string; records: number; rows: number };

export interface ReconcileOptions<U extends Unit, R> extends TimeSpan {
  /**
   * Its span must have the units of its live feed, as content blobs do; for slices of Cloud App Security there is
   * `reconcileRecords`.
   */
  source: Source<U, R>;
  /** The collector's. Only read: neither locked nor written. */
  state: Pick<State, 'load'>;
  /** The record's own id. Without it every record counts. */
  recordId?: (record: R) => string | undefined;
  /** Which records become rows. Default all: give it what the transform leaves out. */
  isExpected?: (record: R, unit: U) => boolean;
  /**
   * How many records the table holds of each of these units (at most 100), each record once; a unit without rows may
   * be left out. Without it the table is not asked. Rows may be visible minutes after they were accepted.
   */
  countRows?: (
    unitIds: readonly string[],
    options: { abortSignal?: AbortSignal },
  ) => Promise<ReadonlyMap<string, number>>;
  abortSignal?: AbortSignal | undefined;
}

export interface ReconcileReport {
  /** Units listed. */
  units: number;
  /** Expected records, each once. */
  records: number;
  /** Rows the table has of these units; absent when it was not asked. */
  rows?: number;
  differences: Difference[];
  /** Parts of the span that the source does not list any more: nothing can be said of them. */
  gaps: Gap[];
}

interface Checked {
  unitId: string;
  records: Set<string>;
}

const unitsPerQuestion = 100;

/**
 * Lists a span anew, reads its units, and compares each with the ledger of what is committed and, with `countRows`,
 * with the table: the only way to see rows lost after they were accepted. It reads everything again: keep spans small.
 *
 * A record that is in several units may be in the table under any of them, so a loss among such records is seen only
 * as `records` above `rows`; one that was delivered with a unit outside the span is reported as missing, as is what
 * became a dead letter.
 */
export async function reconcile<U extends Unit, R>(
  options: ReconcileOptions<U, R>,
): Promise<ReconcileReport> {
  const { state, recordId, isExpected, countRows, abortSignal } = options;
  const signal = { ...(abortSignal && { abortSignal }) };
  const run = rangeSource(options.source, options).open({});
  const differences: Difference[] = [];
  const committed: Checked[] = [];
  const unitsOf = new Map<string, number>();
  const { seen = [] } = await state.load();
  const ledger = new Set([...seen].map(({ id }) => id));
  const gaps: Gap[] = [];
  let units = 0;

  const listed = new Set<string>();
  for await (const unit of run.discover({ ...signal, onGap: (gap) => gaps.push(gap) })) {
    if (listed.has(unit.id)) continue;
    listed.add(unit.id);
    units += 1;
    const records = new Set<string>();
    try {
      let number = 0;
      for await (const record of eachRecord(run.read(unit, signal))) {
        number += 1;
        if (isExpected?.(record, unit) !== false) records.add(recordId?.(record) ?? `${unit.id}#${number}`);
      }
    } catch (error) {
      if (!UnitUnreadableError.isInstance(error)) throw error;
      differences.push({ kind: 'unreadable', unitId: unit.id, reason: error.reason });
      continue;
    }
    for (const id of records) unitsOf.set(id, (unitsOf.get(id) ?? 0) + 1);
    if (ledger.has(unit.id)) committed.push({ unitId: unit.id, records });
    else differences.push({ kind: 'not-committed', unitId: unit.id, records: records.size });
  }
  const report: ReconcileReport = { units, records: unitsOf.size, differences, gaps };
  if (!countRows) return report;

  report.rows = 0;
  for (let from = 0; from < committed.length; from += unitsPerQuestion) {
    const asked = committed.slice(from, from + unitsPerQuestion);
    const counts = await countRows(
      asked.map(({ unitId }) => unitId),
      signal,
    );
    for (const { unitId, records } of asked) {
      const rows = counts.get(unitId) ?? 0;
      report.rows += rows;
      const own = [...records].filter((id) => unitsOf.get(id) === 1).length;
      const about = { unitId, records: records.size, rows };
      if (rows < own) differences.push({ kind: 'rows-missing', ...about, lost: own - rows });
      if (rows > records.size) differences.push({ kind: 'rows-extra', ...about });
    }
  }
  return report;
}
