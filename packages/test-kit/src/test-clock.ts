/** A clock on which sleeping takes no time but moves the hands. */
export interface TestClock {
  /** Every sleep so far, in milliseconds. */
  readonly slept: number[];
  now(): number;
  advance(ms: number): void;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** `start` is in milliseconds since 1970. A sleeper wakes as a timer does: after everything that is ready. */
export function testClock(start = 1_700_000_000_000): TestClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    advance: (ms) => void (now += ms),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
}
