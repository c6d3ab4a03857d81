import { captureError, collect } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { ArgumentError, ResponseFormatError } from '../../src/index.js';
import type { McasClientOptions } from '../../src/index.js';
import { emulated, now } from '../helpers.js';

const day = 86_400_000;

function tenant(count: number, options: McasClientOptions = {}) {
  const { emulator } = emulated();
  Object.assign(emulator.state.mcas.settings, { requestsPerMinute: Infinity });
  emulator.state.mcas.activities = Array.from({ length: count }, (_, at) => ({
    _id: `r${at}`,
    timestamp: now - 1000 - Math.floor((at / count) * day * (1 + Math.sin(at / 900) / 3)),
    created: now - 500 - at,
  }));
  let inFlight = 0;
  const seen = { requests: 0, most: 0 };
  const { mcas } = emulated({
    clock: emulator.clock,
    requestsPerMinute: 30,
    fetch: async (request) => {
      seen.requests += 1;
      seen.most = Math.max(seen.most, ++inFlight);
      try {
        return await emulator.fetch(request);
      } finally {
        inFlight -= 1;
      }
    },
    ...options,
  });
  return { mcas, emulator, seen };
}

const wide = { filters: { date: { gte: now - 3 * day } } };

describe('a scan with concurrency', () => {
  it('brings the same set as one without, for about as many requests', async () => {
    const { mcas, seen } = tenant(12_000);
    const one = await collect(mcas.activities.scan({ ...wide, limit: 500 }));
    const sequential = seen.requests;
    seen.requests = 0;
    seen.most = 0;
    const many = await collect(mcas.activities.scan({ ...wide, limit: 500, concurrency: 4 }));
    expect(many.map(({ _id }) => _id).sort()).toEqual(one.map(({ _id }) => _id).sort());
    expect(many).toHaveLength(12_000);
    expect(seen.most).toBeGreaterThan(1);
    expect(seen.most).toBeLessThanOrEqual(4);
    expect(seen.requests).toBeLessThan(sequential * 1.7);
  });

  it('asks once for what fits one page', async () => {
    const { mcas, seen } = tenant(300);
    expect(await collect(mcas.activities.scan({ ...wide, concurrency: 8 }))).toHaveLength(300);
    expect(seen.requests).toBe(1);
  });

  it.each(['asc', 'desc'] as const)('keeps the order %s when asked to', async (sortDirection) => {
    const { mcas } = tenant(6000);
    const query = { ...wide, limit: 500, concurrency: 5, ordered: true, sortDirection };
    const times = (await collect(mcas.activities.scan(query))).map(({ timestamp }) => timestamp);
    const sorted = times.toSorted((a, b) => (sortDirection === 'asc' ? a - b : b - a));
    expect(times).toEqual(sorted);
    expect(times).toHaveLength(6000);
  });

  it('keeps excluded ends excluded', async () => {
    const { mcas, emulator } = tenant(3000);
    const created = { gt: now - 500 - 2999, lt: now - 500 };
    const query = { filters: { created }, sortField: 'created' as const, limit: 500, concurrency: 3 };
    expect(await collect(mcas.activities.scan(query))).toHaveLength(2998);
    expect(emulator.state.mcas.activities).toHaveLength(3000);
  });

  it('fails as a whole when one slice does, and stops asking', async () => {
    const { mcas, emulator, seen } = tenant(12_000, { retry: { maxRetries: 0 } });
    emulator.faults.add({ service: 'mcas', nth: 6, times: 'always', effect: { status: 200, body: '{}' } });
    const error = await captureError(mcas.activities.scan({ ...wide, limit: 500, concurrency: 4 }));
    expect(ResponseFormatError.isInstance(error)).toBe(true);
    const asked = seen.requests;
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.requests).toBe(asked);
  });

  it('ends its requests when the loop is left, or the signal aborts', async () => {
    const { mcas, seen } = tenant(12_000);
    for await (const _page of mcas.activities.scan({ ...wide, limit: 500, concurrency: 4 }).byPage()) break;
    expect(seen.requests).toBeLessThan(6);
    const stop = new AbortController();
    const reason = new Error('enough');
    const scan = mcas.activities.scan({ ...wide, limit: 500, concurrency: 4 }, { abortSignal: stop.signal });
    const error = await captureError(
      (async () => {
        for await (const _page of scan.byPage()) stop.abort(reason);
      })(),
    );
    expect(error).toBe(reason);
  });

  it.each([
    [{ filters: { date: { lte: now } }, unbounded: true, concurrency: 2 }, 'query.concurrency'],
    [{ ...wide, concurrency: 17 }, 'query.concurrency'],
    [{ ...wide, concurrency: 0 }, 'query.concurrency'],
  ])('refuses what it cannot slice: %#', async (query, path) => {
    const { mcas, seen } = tenant(1);
    const error = await captureError((async () => collect(mcas.activities.scan(query)))());
    expect(ArgumentError.isInstance(error) && error.path).toBe(path);
    expect(seen.requests).toBe(0);
  });

  it.each([
    [4, 4],
    [4, 1],
    [1, 4],
  ])('goes on from a token of any page: begun with %i in flight, resumed with %i', async (first, then) => {
    const { mcas } = tenant(6000);
    const all = new Set((await collect(mcas.activities.scan(wide))).map(({ _id }) => _id));
    for (const stopAfter of [1, 2, 5, 9]) {
      const ids: string[] = [];
      let continuationToken: string | undefined;
      let pages = 0;
      for await (const page of mcas.activities.scan({ ...wide, limit: 500, concurrency: first }).byPage()) {
        ids.push(...page.items.map(({ _id }) => _id));
        continuationToken = page.continuationToken;
        if (++pages === stopAfter) break;
      }
      const resumed = mcas.activities.scan({ ...wide, limit: 500, concurrency: then });
      for await (const page of resumed.byPage({ continuationToken: continuationToken ?? '' }))
        ids.push(...page.items.map(({ _id }) => _id));
      expect(ids).toHaveLength(6000);
      expect(new Set(ids)).toEqual(all);
    }
  });
});
