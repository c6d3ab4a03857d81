import {
  ArgumentError,
  checkOptions,
  isDelay,
  isNumber,
  isStart,
  parseTime,
  anyValue,
} from '@repo/client-core';
import type { OptionTable, TimeInput } from '@repo/client-core';
import type { ActivityFilters } from '../filters/activity-filters.js';
import type { RawFilters } from '../filters/operators.js';

/** How a feed walks along the time at which records were saved. */
export interface ActivityFeedOptions {
  /** Which activities; without `created`, which the feed sets. */
  filters?: Omit<ActivityFilters, 'created'> | undefined;
  rawFilters?: RawFilters | undefined;
  /**
   * Where a first run begins: a time, `oldest` or `now`. `oldest` is 180 days ago, as long as the service keeps activities. Default: 24 hours before
   * the first `next`.
   */
  startFrom?: TimeInput | undefined;
  /** Every window reaches back this far before the last one's end, for records that show late. Default 5 minutes. */
  overlapInMs?: number | undefined;
  /** The newest moments are left for the next window, since records of one moment do not show at once. Default 1 minute. */
  settleDelayInMs?: number | undefined;
  /** Time between two windows once the feed has caught up. Default 1 minute. */
  pollIntervalInMs?: number | undefined;
  /** Longest window while it catches up. Default 1 hour. */
  maxWindowInMs?: number | undefined;
  /**
   * Once caught up, this span before the overlap is read again every `sweepIntervalInMs`, for records that show later
   * still. The ledger keeps ids for as long. Default: 1 hour for `activities.follow`, 0 (no sweeps) for a feed.
   */
  sweepReachInMs?: number | undefined;
  /** Default 15 minutes. */
  sweepIntervalInMs?: number | undefined;
  /**
   * Ids that the ledger keeps beyond the overlap: with more, sweeps reach less far back. Default 200,000, which one
   * sweep reads with 40 requests, a tenth of the quota of 15 minutes.
   */
  maxSweptIds?: number | undefined;
}

/** Options with their defaults. */
export interface CheckedFeed {
  startFrom: 'oldest' | 'now' | number | undefined;
  overlapInMs: number;
  settleDelayInMs: number;
  pollIntervalInMs: number;
  maxWindowInMs: number;
  sweepReachInMs: number;
  sweepIntervalInMs: number;
  maxSweptIds: number;
}

const minuteInMs = 60_000;

const feedTable: OptionTable<ActivityFeedOptions> = {
  filters: anyValue,
  rawFilters: anyValue,
  startFrom: isStart,
  overlapInMs: isDelay,
  settleDelayInMs: isDelay,
  pollIntervalInMs: isNumber({ min: 1000, max: 2 ** 31 - 1 }),
  maxWindowInMs: isNumber({ min: 1000, max: 2 ** 31 - 1 }),
  sweepReachInMs: isDelay,
  sweepIntervalInMs: isNumber({ min: minuteInMs, max: 2 ** 31 - 1 }),
  maxSweptIds: isNumber({ min: 1000, whole: true }),
};

export function checkFeed(options: ActivityFeedOptions): CheckedFeed {
  const given = checkOptions(options, feedTable);
  for (const name of ['filters', 'rawFilters'] as const)
    if (given[name] && Object.hasOwn(given[name], 'created'))
      throw new ArgumentError(`options.${name}.created`, 'is set by the feed', 'Use startFrom.');
  const { startFrom } = given;
  return {
    startFrom:
      startFrom === undefined || startFrom === 'oldest' || startFrom === 'now'
        ? startFrom
        : parseTime(startFrom, 'options.startFrom'),
    overlapInMs: given.overlapInMs ?? 5 * minuteInMs,
    settleDelayInMs: given.settleDelayInMs ?? minuteInMs,
    pollIntervalInMs: given.pollIntervalInMs ?? minuteInMs,
    maxWindowInMs: given.maxWindowInMs ?? 60 * minuteInMs,
    sweepReachInMs: given.sweepReachInMs ?? 0,
    sweepIntervalInMs: given.sweepIntervalInMs ?? 15 * minuteInMs,
    maxSweptIds: given.maxSweptIds ?? 200_000,
  };
}
