import {
  ArgumentError,
  anyValue,
  checkOptions,
  createFingerprint,
  isBoolean,
  isCallback,
  isNumber,
  isOneOf,
} from '@repo/client-core';
import type { Gap, OptionTable, Page } from '@repo/client-core';
import { toRawFilters } from '../filters/to-raw-filters.js';
import { activityFilterRules } from '../filters/activity-filters.js';
import type { ActivityFilters } from '../filters/activity-filters.js';
import type { RawFilters } from '../filters/operators.js';
import { getTimeBounds } from '../filters/time-bounds.js';
import type { Activity } from '../models/activity.js';
import type { ScanCertificate } from './scan-certificate.js';

export type ScanSortField = 'date' | 'created';
export type SortDirection = 'asc' | 'desc';

/** What a scan looks for. */
export interface ScanQuery {
  filters?: ActivityFilters | undefined;
  /** Sent as they are, joined to `filters`: for what the service knows and the types do not. */
  rawFilters?: RawFilters | undefined;
  /** Default `date`, the time of the event; `created` is the time of saving. */
  sortField?: ScanSortField | undefined;
  /** Default `desc`: newest first. */
  sortDirection?: SortDirection | undefined;
  /** Records a page, 500 to 5000. Default 5000: every page counts against 30 requests a minute. */
  limit?: number | undefined;
  /** Needed to scan without a lower bound on `date` or `created`; the service throttles such scans. */
  unbounded?: boolean | undefined;
  /**
   * Requests in flight, 1 to 16. More than 1 splits the window by time; pages come in any order. It helps when a page
   * takes longer than two seconds to come, since no more than 30 requests a minute are allowed either way. Default 1.
   */
  concurrency?: number | undefined;
  /** With `concurrency`: pages in order, at most one held for each request in flight. Default false. */
  ordered?: boolean | undefined;
  /**
   * Scan a second time in the other direction and compare: ResponseFormatError when the two differ. Twice the requests.
   * Not with a continuation token. Default false.
   */
  verify?: boolean | undefined;
  /**
   * Called with each millisecond that holds more records than the service gives. Without it such a millisecond is an
   * error.
   */
  onGap?: ((gap: Gap) => void) | undefined;
  /** Called once when the scan has ended, before the last `next()` resolves as done. */
  onComplete?: ((certificate: ScanCertificate) => void) | undefined;
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
  verify: boolean;
  onGap: ((gap: Gap) => void) | undefined;
  onComplete: ((certificate: ScanCertificate) => void) | undefined;
  /** Same query, same text: guards continuation tokens. */
  fingerprint: string;
}

export const maxScanLimit = 5000;
export const minScanLimit = 500;

const timeFields: readonly ScanSortField[] = ['date', 'created'];

const scanTable: OptionTable<ScanQuery> = {
  filters: anyValue,
  rawFilters: anyValue,
  sortField: isOneOf(timeFields),
  sortDirection: isOneOf(['asc', 'desc']),
  limit: isNumber({ min: minScanLimit, max: maxScanLimit, whole: true }),
  unbounded: isBoolean,
  concurrency: isNumber({ min: 1, max: 16, whole: true }),
  ordered: isBoolean,
  verify: isBoolean,
  onGap: isCallback,
  onComplete: isCallback,
};

/** Refuses what the service would refuse or, worse, quietly change. */
export function checkScan(query: ScanQuery): CheckedScan {
  if (typeof query !== 'object' || (query as unknown) === null)
    throw new ArgumentError('query', 'is missing', 'Give filters with a lower bound on date or created.');
  const given = checkOptions(query, scanTable, 'query');
  const { sortField = 'date', sortDirection = 'desc', concurrency = 1 } = given;
  const filters = toRawFilters(given.filters, activityFilterRules, given.rawFilters);
  if (!given.unbounded && !timeFields.some((field) => hasLowerBound(filters[field])))
    throw new ArgumentError(
      'query.filters',
      'has no lower bound on date or created',
      'Add one, for example date: { gte_ndays: 1 }, or set unbounded: true to read everything there is.',
    );
  if (concurrency > 1) checkDivisible(filters, sortField);
  return {
    filters,
    sortField,
    sortDirection,
    limit: given.limit ?? maxScanLimit,
    concurrency,
    ordered: given.ordered ?? false,
    verify: given.verify ?? false,
    onGap: given.onGap,
    onComplete: given.onComplete,
    fingerprint: createFingerprint({ filters, sortField, sortDirection }),
  };
}

/** An upper bound alone reads back to the oldest record there is. */
function hasLowerBound(operators: Record<string, unknown> | undefined): boolean {
  if (operators === undefined) return false;
  return operators['gte_ndays'] !== undefined || Number.isFinite(getTimeBounds(operators).from);
}

/** Parts are taken from one window of the sort field. */
function checkDivisible(filters: RawFilters, sortField: ScanSortField): void {
  const operators = filters[sortField];
  const ranges: unknown = operators?.['range'];
  if (
    hasLowerBound(operators) &&
    operators?.['eq'] === undefined &&
    !(Array.isArray(ranges) && ranges.length > 1)
  )
    return;
  throw new ArgumentError(
    'query.concurrency',
    `needs one window of ${sortField}`,
    `Give filters.${sortField} a gte, or scan without concurrency.`,
  );
}
