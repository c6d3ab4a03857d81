import { testClock } from '@repo/test-kit';
import * as fc from 'fast-check';
import { createClock } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../src/index.js';
import type { RateLimiter } from '../src/index.js';

/** Time that leaps to the next one who waits, as the emulator runs it. */
const leapingClock = () => createClock({ mode: 'virtual', start: 0 });

async function passTimes(limiter: RateLimiter, clock: { now(): number }, costs: number[]): Promise<number[]> {
  return Promise.all(
    costs.map(async (cost) => {
      await limiter.acquire({ cost });
      return clock.now();
    }),
  );
}

describe('createRateLimiter', () => {
  it('lets a burst of the limit pass and makes the next wait for the window', async () => {
    const clock = leapingClock();
    const limiter = createRateLimiter({ limit: 3, windowInMs: 1000, clock });
    expect(await passTimes(limiter, clock, [1, 1, 1, 1, 1, 1, 1])).toEqual([0, 0, 0, 1000, 1000, 1000, 2000]);
  });

  it('spreads evenly when smooth', async () => {
    const clock = leapingClock();
    const limiter = createRateLimiter({ limit: 4, windowInMs: 1000, smooth: true, clock });
    expect(await passTimes(limiter, clock, [1, 1, 1, 1, 1])).toEqual([0, 250, 500, 750, 1000]);
  });

  it('never lets more than the limit pass in any window, and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 500 }),
        fc.boolean(),
        fc.array(
          fc.record({ after: fc.integer({ min: 0, max: 400 }), cost: fc.integer({ min: 1, max: 3 }) }),
          {
            maxLength: 30,
          },
        ),
        async (limit, windowInMs, smooth, arrivals) => {
          const clock = leapingClock();
          const limiter = createRateLimiter({ limit, windowInMs, smooth, clock });
          const passed: { id: number; at: number; cost: number }[] = [];
          let at = 0;
          await Promise.all(
            arrivals.map(async ({ after, cost: wanted }, id) => {
              const cost = Math.min(wanted, limit);
              at += after;
              await clock.sleep(at);
              await limiter.acquire({ cost });
              passed.push({ id, at: clock.now(), cost });
            }),
          );
          expect(passed.map((one) => one.id)).toEqual(arrivals.map((_, id) => id));
          for (const first of passed) {
            const inWindow = passed.filter((one) => one.at >= first.at && one.at < first.at + windowInMs);
            expect(inWindow.reduce((sum, one) => sum + one.cost, 0)).toBeLessThanOrEqual(limit);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets nobody pass during a pause', async () => {
    const clock = testClock(0);
    const limiter = createRateLimiter({ limit: 10, clock });
    limiter.pauseUntil(5000);
    limiter.pauseUntil(3000);
    await limiter.acquire();
    expect(clock.now()).toBe(5000);
  });

  it('waits no longer than its window, or the pause, when the clock goes back', async () => {
    let time = 3_600_000;
    const slept: number[] = [];
    const clock = {
      now: () => time,
      sleep: async (ms: number) => {
        slept.push(ms);
        time += ms;
      },
    };
    const limiter = createRateLimiter({ limit: 2, windowInMs: 1000, clock });
    await limiter.acquire();
    await limiter.acquire();
    time = 0;
    await limiter.acquire();
    expect(slept).toEqual([1000]);
    time = 7_200_000;
    limiter.pauseUntil(time + 500);
    time = 10_000;
    await limiter.acquire();
    expect(slept.slice(1).reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(1000);
  });

  it('lets one that costs more than the limit pass alone', async () => {
    const clock = leapingClock();
    const limiter = createRateLimiter({ limit: 2, windowInMs: 100, clock });
    expect(await passTimes(limiter, clock, [1, 9, 1])).toEqual([0, 100, 200]);
  });

  it('forgets who gives up, at the head of the queue and inside it', async () => {
    const clock = createClock({ mode: 'manual', start: 0 });
    const limiter = createRateLimiter({ limit: 1, windowInMs: 100, clock });
    await limiter.acquire();
    const [head, inside] = [new AbortController(), new AbortController()];
    const waiting = [
      limiter.acquire({ abortSignal: head.signal }),
      limiter.acquire({ abortSignal: inside.signal }),
      limiter.acquire(),
    ];
    const reasons = [new Error('head'), new Error('inside')];
    inside.abort(reasons[1]);
    await expect(waiting[1]).rejects.toBe(reasons[1]);
    head.abort(reasons[0]);
    await expect(waiting[0]).rejects.toBe(reasons[0]);
    await Promise.resolve();
    await clock.advance(100);
    await waiting[2];
    expect(clock.now()).toBe(100);
    await expect(limiter.acquire({ abortSignal: head.signal })).rejects.toBe(reasons[0]);
  });

  it('refuses a limit that lets nobody pass', () => {
    for (const limit of [0, -1, Number.NaN]) expect(() => createRateLimiter({ limit })).toThrow(/limit/);
  });
});
