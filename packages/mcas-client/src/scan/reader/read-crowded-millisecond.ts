import { ApiError } from '@repo/client-core';
import type { RawFilters } from '../../filters/operators.js';
import type { Activity } from '../../models/activity.js';
import { fetchScanPage } from './fetch-scan-page.js';
import { ScanReader } from './scan-reader.js';
import type { ScanContext } from './scan-reader.js';
import { startAt } from '../scan-position.js';
import { maxScanLimit } from '../scan-query.js';
import type { ScanSortField } from '../scan-query.js';

/** What could be read of one millisecond that holds more records than a page. */
interface CrowdedMillisecond {
  records: Activity[];
  complete: boolean;
}

/**
 * Reads a millisecond of the sort field that holds more records than a page: from both ends, then sorted by the other
 * time field, whose cursor can move, then split by application.
 */
export async function readCrowdedMillisecond(
  context: ScanContext,
  filters: RawFilters,
  time: number,
): Promise<CrowdedMillisecond> {
  const { sortField } = context.scan;
  const fixed = { ...filters, [sortField]: { gte: time, lte: time } };
  const records = new Map<string, Activity>();
  if (await readBothEnds(context, fixed, records)) return finish(records, true);
  const other: ScanSortField = sortField === 'date' ? 'created' : 'date';
  if (await readSorted(context, fixed, other, records)) return finish(records, true);
  return finish(records, await readByService(context, fixed, other, records));
}

function finish(records: ReadonlyMap<string, Activity>, complete: boolean): CrowdedMillisecond {
  return { records: [...records.values()], complete };
}

function add(records: Map<string, Activity>, found: readonly Activity[]): void {
  for (const record of found) records.set(String((record as Activity | null)?._id), record);
}

/** One page from each end: complete when one of them is all there is, or they are as many as the service counts. */
async function readBothEnds(
  { transport, scan, options }: ScanContext,
  filters: RawFilters,
  records: Map<string, Activity>,
): Promise<boolean> {
  let total = Infinity;
  for (const sortDirection of ['asc', 'desc'] as const) {
    const page = await fetchScanPage(
      transport,
      { filters, sortField: scan.sortField, sortDirection, limit: maxScanLimit, failWhenSlow: false },
      options,
    );
    add(records, page.data);
    if (!page.hasNext) return true;
    if (page.total !== undefined && page.total > page.data.length) total = page.total;
  }
  return records.size >= total;
}

/** A scan of its own within the millisecond; false when that gets stuck too. */
async function readSorted(
  context: ScanContext,
  filters: RawFilters,
  sortField: ScanSortField,
  records: Map<string, Activity>,
): Promise<boolean> {
  const scan = { ...context.scan, sortField, limit: maxScanLimit };
  const reader = new ScanReader({ ...context, scan }, startAt(filters));
  try {
    for (;;) {
      const step = await reader.read();
      add(records, step.items);
      if (step.crowded !== undefined) return false;
      if (!step.next) return true;
    }
  } catch (error) {
    // A service that cannot sort so is no reason to give up on the rest; a lost connection is.
    if (ApiError.isInstance(error) && error.code === 'InvalidResponse') return false;
    throw error;
  }
}

/** Each application that was seen for itself, and all others together. */
async function readByService(
  context: ScanContext,
  filters: RawFilters,
  sortField: ScanSortField,
  records: Map<string, Activity>,
): Promise<boolean> {
  if (filters['service'] !== undefined) return false;
  const services = [...new Set([...records.values()].map((record) => record.appId))].filter(
    (id) => typeof id === 'number',
  );
  if (services.length === 0) return false;
  let complete = true;
  for (const service of [...services.map((id) => ({ eq: [id] })), { neq: services }])
    complete = (await readSorted(context, { ...filters, service }, sortField, records)) && complete;
  return complete;
}
