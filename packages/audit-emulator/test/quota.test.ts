import { describe, expect, it } from 'vitest';
import { createClock } from '../src/clock.js';
import { createQuota } from '../src/quota.js';

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
});
