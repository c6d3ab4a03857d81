import type { StateBasics } from '../../server/state-basics.js';
import type { Keeper } from '../../server/snapshot.js';
import { createQuota } from '../../server/quota.js';

/** Requests without a publisher identifier are counted together, for all tenants, under this one. */
export const zeroPublisher = '00000000-0000-0000-0000-000000000000';

export interface FeedQuota extends Keeper {
  /**
   * Requests in any one quota minute, per tenant, and for the pool of those without publisher. Default 2,000; a new
   * value begins with empty counts.
   */
  requestsPerMinute: number;
  /** Counts a request; false when the pool is empty. A refused request costs nothing. */
  take(pool: string): boolean;
  /** Requests of the current quota minute by pool. */
  used(): ReadonlyMap<string, number>;
  /** Uses up part of a pool, a tenant's id or the zero publisher, as another collector would. */
  spend(pool: string, requests: number): void;
}

export function createFeedQuota(basics: Pick<StateBasics, 'clock' | 'quotaMinuteInMs'>): FeedQuota {
  const { clock, quotaMinuteInMs: windowInMs } = basics;
  let quota = createQuota({ limit: 2_000, windowInMs, clock });
  return {
    get requestsPerMinute() {
      return quota.limit;
    },
    set requestsPerMinute(limit) {
      quota = createQuota({ limit, windowInMs, clock });
    },
    take: (pool) => quota.take(pool).ok,
    used: () => quota.used(),
    keep: () => {
      const kept = quota;
      const restore = kept.keep();
      return () => {
        quota = kept;
        restore();
      };
    },
    spend: (pool, requests) => {
      for (let i = 0; i < requests; i++) quota.take(pool);
    },
  };
}
