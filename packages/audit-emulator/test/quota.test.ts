import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../src/server/clock.js';
import { createQuota } from '../src/server/quota.js';

describe('a quota', () => {
  it('refuses what is over the limit and says when to come back', async () => {
    const clock = createClock({ mode: 'manual', start: 0 });
    const quota = createQuota({ limit: 2, windowInMs: 60_000, clock });
    expect(quota.take('a')).toEqual({ ok: true });
    await clock.advance(10_000);
    expect(quota.take('a')).toEqual({ ok: true });
    expect(quota.take('a')).toEqual({ ok: false, retryAfterInMs: 50_000 });
    expect(quota.take('b')).toEqual({ ok: true });
    await clock.advance(50_000);
    expect(quota.take('a')).toEqual({ ok: true });
    expect(quota.take('a')).toEqual({ ok: false, retryAfterInMs: 10_000 });
  });

  it('does not count refused requests, and forgets a future it has left', () => {
    const clock = createClock({ mode: 'manual', start: 100_000 });
    const quota = createQuota({ limit: 1, windowInMs: 60_000, clock });
    quota.take('a');
    quota.take('a');
    expect(quota.used()).toEqual(new Map([['a', 1]]));
    clock.set(0);
    expect(quota.take('a')).toEqual({ ok: true });
  });

  it('never lets more than the limit into any window, and is true to its word', async () => {
    const steps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), steps, async (limit, waits) => {
        const clock = createClock({ mode: 'manual', start: 0 });
        const quota = createQuota({ limit, windowInMs: 1000, clock });
        const allowed: number[] = [];
        for (const wait of waits) {
          await clock.advance(wait);
          const verdict = quota.take('a');
          if (verdict.ok) allowed.push(clock.now());
          else {
            await clock.advance(verdict.retryAfterInMs);
            expect(quota.take('a')).toEqual({ ok: true });
            allowed.push(clock.now());
          }
        }
        for (const [i, at] of allowed.entries()) {
          expect((allowed[i + limit] ?? Infinity) - at).toBeGreaterThanOrEqual(1000);
        }
      }),
    );
  });
});
