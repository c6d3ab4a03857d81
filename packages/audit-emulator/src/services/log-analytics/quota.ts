import type { EmulatorClock } from '../../server/clock.js';
import { keep } from '../../server/snapshot.js';
import type { Keeper } from '../../server/snapshot.js';

/** Counts requests and bytes by key in fixed quota minutes. */
export interface Meter extends Keeper {
  /** Requests and bytes of the current quota minute by key. */
  used(): ReadonlyMap<string, { requests: number; bytes: number }>;
  /** Takes one request, or tells how long until the next quota minute. */
  take(
    key: string,
    bytes: number,
    limits: { requests: number; bytes: number },
  ): { ok: true } | { ok: false; retryAfterInMs: number };
}

export function createMeter(clock: EmulatorClock, minuteInMs: number): Meter {
  const used = new Map<string, { minute: number; requests: number; bytes: number }>();
  return {
    used: () => {
      const minute = Math.floor(clock.now() / minuteInMs);
      return new Map([...used].filter(([, usage]) => usage.minute === minute));
    },
    keep: () => keep({ used }),
    take: (key, bytes, limits) => {
      const minute = Math.floor(clock.now() / minuteInMs);
      let usage = used.get(key);
      if (usage?.minute !== minute) used.set(key, (usage = { minute, requests: 0, bytes: 0 }));
      if (usage.requests + 1 > limits.requests || usage.bytes + bytes > limits.bytes) {
        return { ok: false, retryAfterInMs: (minute + 1) * minuteInMs - clock.now() };
      }
      usage.requests += 1;
      usage.bytes += bytes;
      return { ok: true };
    },
  };
}
