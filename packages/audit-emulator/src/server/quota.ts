import type { EmulatorClock } from './clock.js';
import { keep } from './snapshot.js';

export type QuotaVerdict = { ok: true } | { ok: false; retryAfterInMs: number };

/** A sliding window of requests, one per key. */
export interface Quota {
  readonly limit: number;
  readonly windowInMs: number;
  /** Counts one request. A refused one is not counted: asking again early costs nothing. */
  take(key: string): QuotaVerdict;
  /** Remembers what is taken; what comes back restores it. */
  keep(): () => void;
  /** Requests inside the current window, per key; keys without any are left out. */
  used(): ReadonlyMap<string, number>;
  reset(): void;
}

/**
 * @param options.limit Requests allowed in any window; `Infinity` never refuses.
 * @param options.windowInMs Milliseconds by `clock`; a quota "per minute" takes the state's `quotaMinuteInMs`.
 */
export function createQuota(options: { limit: number; windowInMs: number; clock: EmulatorClock }): Quota {
  const { limit, windowInMs, clock } = options;
  const taken = new Map<string, number[]>();

  const current = (key: string, now: number): number[] => {
    let times = taken.get(key) ?? [];
    // A clock set backwards leaves times in the future: they are forgotten, or they would block for ever.
    if ((times.at(-1) ?? now) > now) times = times.filter((at) => at <= now);
    const firstKept = times.findIndex((at) => at > now - windowInMs);
    times.splice(0, firstKept === -1 ? times.length : firstKept);
    if (times.length > 0) taken.set(key, times);
    else taken.delete(key);
    return times;
  };

  return {
    limit,
    windowInMs,
    take: (key) => {
      if (limit === Infinity) return { ok: true };
      const now = clock.now();
      const times = current(key, now);
      if (times.length >= limit) {
        const oldest = times[times.length - limit] ?? now;
        return { ok: false, retryAfterInMs: Math.max(1, oldest + windowInMs - now) };
      }
      times.push(now);
      taken.set(key, times);
      return { ok: true };
    },
    used: () => {
      const now = clock.now();
      const counts = new Map<string, number>();
      for (const key of taken.keys()) {
        const count = current(key, now).length;
        if (count > 0) counts.set(key, count);
      }
      return counts;
    },
    reset: () => taken.clear(),
    keep: () => keep({ taken }),
  };
}
