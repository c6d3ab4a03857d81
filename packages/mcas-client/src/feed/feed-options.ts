import { ArgumentError } from '@repo/client-core';
import type { ActivityFilters } from '../filters/activity-filters.js';
import type { RawFilters } from '../filters/operators.js';
import { checkStartFrom } from './start-time.js';

/** How a feed walks along the time at which records were saved. */
export interface ActivityFeedOptions {
  /** Which activities; without `created`, which the feed sets. */
  filters?: Omit<ActivityFilters, 'created'>;
  rawFilters?: RawFilters;
  /** Where a first run begins, ms since the epoch or a Date. Default: 24 hours before the first `next`. */
  startFrom?: number | Date;
  /** Every slice reaches back this far before the last one's end, for records that show late. Default 5 minutes. */
  overlapInMs?: number;
  /** The newest moments are left for the next slice, since records of one moment do not show at once. Default 1 minute. */
  settleDelayInMs?: number;
  /** Time between two slices once the feed has caught up. Default 1 minute. */
  pollIntervalInMs?: number;
  /** Longest slice while it catches up. Default 1 hour. */
  maxWindowInMs?: number;
}

export interface CheckedFeed {
  startFrom: number | undefined;
  overlapInMs: number;
  settleDelayInMs: number;
  pollIntervalInMs: number;
  maxWindowInMs: number;
}

const minuteInMs = 60_000;

export function checkFeed(options: ActivityFeedOptions): CheckedFeed {
  const positive = (name: keyof CheckedFeed, value: number, least: number): number => {
    if (!(value >= least) || !Number.isFinite(value))
      throw new ArgumentError(`options.${name}`, `is ${value}`, `Give milliseconds, at least ${least}.`);
    return value;
  };
  if ('created' in (options.filters ?? {}) || 'created' in (options.rawFilters ?? {}))
    throw new ArgumentError('options.filters.created', 'is set by the feed', 'Use startFrom.');
  return {
    startFrom: options.startFrom === undefined ? undefined : checkStartFrom(options.startFrom),
    overlapInMs: positive('overlapInMs', options.overlapInMs ?? 5 * minuteInMs, 0),
    settleDelayInMs: positive('settleDelayInMs', options.settleDelayInMs ?? minuteInMs, 0),
    pollIntervalInMs: positive('pollIntervalInMs', options.pollIntervalInMs ?? minuteInMs, 1000),
    maxWindowInMs: positive('maxWindowInMs', options.maxWindowInMs ?? 60 * minuteInMs, 1000),
  };
}
