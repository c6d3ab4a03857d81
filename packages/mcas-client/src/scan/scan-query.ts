import { ArgumentError } from '@repo/client-core';
import type { Page } from '@repo/client-core';
import { toRawFilters } from '../filters/to-raw-filters.js';
import { activityFilterRules } from '../filters/activity-filters.js';
import type { ActivityFilters } from '../filters/activity-filters.js';
import type { RawFilters } from '../filters/operators.js';
import { fingerprint } from '../filters/fingerprint.js';
import { getTimeBounds } from '../filters/time-bounds.js';
import type { Activity } from '../models/activity.js';

export type ScanSortField = 'date' | 'created';
export type SortDirection = 'asc' | 'desc';

/** What a scan looks for. */
export interface ScanQuery {
  filters?: ActivityFilters;
  /** Sent as they are, joined to `filters`: for what the service knows and the types do not. */
  rawFilters?: RawFilters;
  /** Default `date`, the time of the event; `created` is the time of saving. */
  sortField?: ScanSortField;
  /** Default `desc`: newest first. */
  sortDirection?: SortDirection;
  /** Records a page, 500 to 5000. Default 5000: every page counts against 30 requests a minute. */
  limit?: number;
  /** Needed to scan without any bound on `date` or `created`; the service throttles such scans. */
  unbounded?: boolean;
  /**
   * Requests in flight, 1 to 16. More than 1 slices the window: pages come in any order and without a
   * `continuationToken`. It helps when a page takes longer than two seconds to come, since no more than 30 requests a
   * minute are allowed either way. Default 1.
   */
  concurrency?: number;
  /** With `concurrency`: pages in order, at most one held for each request in flight. Default false. */
  ordered?: boolean;
}

/** One page of a scan, without what an earlier page had already brought. */
export interface ScanPage extends Page<Activity> {
  /** How many matches the service estimates for the rest of the scan, when it says so. */
  total?: number;
  /** Records left out because an earlier page had them. */
  duplicates: number;
}

/** A query that has been checked. */
export interface CheckedScan {
  filters: RawFilters;
  sortField: ScanSortField;
  sortDirection: SortDirection;
  limit: number;
  concurrency: number;
  ordered: boolean;
  /** Same query, same text: guards continuation tokens. */
  fingerprint: string;
}

export const maxScanLimit = 5000;
export const minScanLimit = 500;

const timeFields: readonly ScanSortField[] = ['date', 'created'];

/** Refuses what the service would refuse or, worse, quietly change. */
export function checkScan(query: ScanQuery): CheckedScan {
  if (typeof query !== 'object' || (query as unknown) === null)
    throw new ArgumentError('query', 'is missing', 'Give filters with a bound on date or created.');
  const { sortField = 'date', sortDirection = 'desc', limit = maxScanLimit, unbounded = false } = query;
  if (!timeFields.includes(sortField))
    throw new ArgumentError('query.sortField', `is '${sortField as string}'`, "Use 'date' or 'created'.");
  if (sortDirection !== 'asc' && sortDirection !== 'desc')
    throw new ArgumentError('query.sortDirection', `is '${String(sortDirection)}'`, "Use 'asc' or 'desc'.");
  if (!Number.isInteger(limit) || limit < minScanLimit || limit > maxScanLimit)
    throw new ArgumentError('query.limit', `is ${limit}`, 'A scan takes 500 to 5000 records a page.');
  const { concurrency = 1, ordered = false } = query;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 16)
    throw new ArgumentError('query.concurrency', `is ${concurrency}`, 'Give 1 to 16 requests in flight.');
  const filters = toRawFilters(query.filters, activityFilterRules, query.rawFilters);
  if (!unbounded && !timeFields.some((field) => hasLowerBound(filters[field])))
    throw new ArgumentError(
      'query.filters',
      'has no lower bound on date or created',
      'Add one, for example date: { gte_ndays: 1 }, or set unbounded: true to read everything there is.',
    );
  return {
    filters,
    sortField,
    sortDirection,
    limit,
    concurrency,
    ordered,
    fingerprint: fingerprint({ filters, sortField, sortDirection }),
  };
}

/** An upper bound alone reads back to the oldest record there is. */
function hasLowerBound(operators: Record<string, unknown> | undefined): boolean {
  if (operators === undefined) return false;
  return operators['gte_ndays'] !== undefined || Number.isFinite(getTimeBounds(operators).from);
}
