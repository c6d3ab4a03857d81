import { ArgumentError } from '@repo/client-core';
import type { Gap } from '@repo/client-core';
import { rangeSource } from '../run/backfill.js';
import type { TimeSpan } from '../run/backfill.js';
import { UnitUnreadableError } from '../errors.js';
import { eachRecord } from './each-record.js';
import type { Source, Unit } from '../ports.js';

export interface ReconcileRecordsOptions<U extends Unit, R> extends TimeSpan {
  source: Source<U, R>;
  /** The record's own id, as it stands in the table. */
  recordId: (record: R) => string | undefined;
  /** Which records become rows. Default all: give it what the transform leaves out. */
  isExpected?: (record: R, unit: U) => boolean;
  /** Which of these records the table holds. Rows may be visible minutes after they were accepted. */
  findRecords: (
    ids: readonly string[],
    options: { abortSignal?: AbortSignal },
  ) => Promise<ReadonlySet<string>>;
  /** Ids in one question to the table. Default 500. */
  idsPerQuestion?: number | undefined;
  /** How many missing ids are kept by name; all are counted. Default 1,000. */
  maxMissingIds?: number | undefined;
  abortSignal?: AbortSignal | undefined;
}

/** Holds ids and numbers, never content. */
export interface RecordsReport {
  /** Units read. */
  units: number;
  /** Units the source lists and cannot give any more. */
  unreadable: { unitId: string; reason: string }[];
  /** Expected records, each once. */
  records: number;
  /** Expected records without an id: nothing can be said of them. */
  withoutId: number;
  /** Of `records`: those the table does not hold. */
  missing: number;
  missingIds: string[];
  /** Parts of the span that the source does not give any more: nothing can be said of them. */
  gaps: Gap[];
}

/**
 * Reads a span anew and asks the table for each record by its id: what is lost, whatever the cause, named. For sources
 * whose units are not the same twice, as slices of Cloud App Security; for content blobs `reconcile` asks less. Reads
 * only. Ids of the span are in memory, about 100 bytes each.
 */
export async function reconcileRecords<U extends Unit, R>(
  options: ReconcileRecordsOptions<U, R>,
): Promise<RecordsReport> {
  const {
    recordId,
    isExpected,
    findRecords,
    idsPerQuestion = 500,
    maxMissingIds = 1000,
    abortSignal,
  } = options;
  if (!(idsPerQuestion >= 1))
    throw new ArgumentError('options.idsPerQuestion', `is ${idsPerQuestion}`, 'Give at least 1.');
  const signal = { ...(abortSignal && { abortSignal }) };
  const run = rangeSource(options.source, options).open({});
  const report: RecordsReport = {
    units: 0,
    unreadable: [],
    records: 0,
    withoutId: 0,
    missing: 0,
    missingIds: [],
    gaps: [],
  };
  const known = new Set<string>();
  let open: string[] = [];

  async function ask(): Promise<void> {
    if (open.length === 0) return;
    const found = await findRecords(open, signal);
    const missing = open.filter((id) => !found.has(id));
    report.missing += missing.length;
    report.missingIds.push(...missing.slice(0, maxMissingIds - report.missingIds.length));
    open = [];
  }

  for await (const unit of run.discover({ ...signal, onGap: (gap) => report.gaps.push(gap) })) {
    try {
      for await (const record of eachRecord(run.read(unit, signal))) {
        if (isExpected?.(record, unit) === false) continue;
        const id = recordId(record);
        if (id === undefined) report.withoutId += 1;
        if (id === undefined || known.has(id)) continue;
        known.add(id);
        open.push(id);
        if (open.length >= idsPerQuestion) await ask();
      }
      report.units += 1;
    } catch (error) {
      if (!UnitUnreadableError.isInstance(error)) throw error;
      report.unreadable.push({ unitId: unit.id, reason: error.reason });
    }
  }
  await ask();
  report.records = known.size;
  return report;
}
