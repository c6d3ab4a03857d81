import type { Clock } from '../types.js';

/** The service's time, as its answers tell it. */
export interface ServiceClock {
  /**
   * Ms since the epoch: this machine's clock, put right by the Date of the last answer where the two are more than a
   * minute apart.
   */
  now(): number;
  /** Whether an answer has told the time. */
  readonly heard: boolean;
  /** Takes the Date of an answer, where it has one. */
  learn(headers: Headers): void;
}

/** Dates have no fractions, and answers take their time. */
const tolerableSkewInMs = 60_000;

export function createServiceClock(clock: Clock): ServiceClock {
  let skewInMs: number | undefined;
  return {
    now: () => clock.now() + (skewInMs ?? 0),
    get heard() {
      return skewInMs !== undefined;
    },
    learn(headers) {
      const date = Date.parse(headers.get('date') ?? '');
      if (Number.isNaN(date)) return;
      const off = date - clock.now();
      skewInMs = Math.abs(off) > tolerableSkewInMs ? off : 0;
    },
  };
}
