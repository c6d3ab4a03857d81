import type { WorldBasics } from '../world.js';

/** Requests without a publisher identifier are counted together, for all tenants, under this one. */
export const zeroPublisher = '00000000-0000-0000-0000-000000000000';

export interface Quota {
  /** Requests in any one quota minute, per tenant, and for the pool of those without publisher. Default 2,000. */
  requestsPerMinute: number;
  /** Counts a request; false when the pool is empty. A refused request costs nothing. */
  take(pool: string): boolean;
  /** Uses up part of a pool, as another collector of the same tenant would. */
  spend(pool: string, requests: number): void;
}

/** A sliding window: never more than the limit in any minute, wherever it begins. */
export function createQuota({
  clock,
  quotaMinuteInMs,
}: Pick<WorldBasics, 'clock' | 'quotaMinuteInMs'>): Quota {
  const pools = new Map<string, number[]>();
  const recent = (pool: string): number[] => {
    const now = clock.now();
    const times = pools.get(pool) ?? [];
    // A clock that was set back leaves times in the future: those count no longer.
    const kept = times.filter((time) => time > now - quotaMinuteInMs && time <= now);
    pools.set(pool, kept);
    return kept;
  };
  const quota: Quota = {
    requestsPerMinute: 2_000,
    take: (pool) => {
      const times = recent(pool);
      if (times.length >= quota.requestsPerMinute) return false;
      times.push(clock.now());
      return true;
    },
    spend: (pool, requests) => {
      const times = recent(pool);
      for (let i = 0; i < requests; i++) times.push(clock.now());
    },
  };
  return quota;
}
