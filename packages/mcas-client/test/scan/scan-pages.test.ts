import { captureError, collect } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { ArgumentError, ResponseFormatError } from '../../src/index.js';
import type { ScanQuery } from '../../src/index.js';
import { emulated, now, scripted } from '../helpers.js';

const dayInMs = 86_400_000;
const day: ScanQuery = { filters: { date: { gte_ndays: 1 } } };
const record = (id: string, timestamp: number) => ({ _id: id, timestamp, created: timestamp + 60_000 });
const cursorAt = (lte: number) => ({ date: { gte: now - dayInMs, lte } });

describe('activities.scan against the emulator', () => {
  it('reads every record of the window once, whatever the page size and order', async () => {
    const { emulator, mcas } = emulated();
    const expected = emulator.state.mcas.activities
      .filter(
        ({ timestamp, created }) => timestamp >= now - 3 * dayInMs && timestamp <= now && created <= now,
      )
      .map(({ _id }) => _id)
      .sort();
    expect(expected.length).toBeGreaterThan(1000);
    for (const sortDirection of ['asc', 'desc'] as const)
      for (const sortField of ['date', 'created'] as const) {
        const found = await collect(
          mcas.activities.scan({ filters: { date: { gte_ndays: 3 } }, limit: 500, sortDirection, sortField }),
        );
        expect(found.map(({ _id }) => _id).sort()).toEqual(expected);
      }
  });

  it('goes on from a continuation token in another client', async () => {
    const { emulator, mcas } = emulated();
    const query: ScanQuery = { filters: { date: { gte_ndays: 7 } }, limit: 500 };
    const whole = (await collect(mcas.activities.scan(query))).map(({ _id }) => _id);
    const pages = mcas.activities.scan(query).byPage()[Symbol.asyncIterator]();
    const first = await pages.next();
    const token = first.value?.continuationToken as string;
    const other = emulated({ fetch: emulator.fetch, clock: emulator.clock }).mcas;
    const ids = (first.value?.items ?? []).map(({ _id }: { _id: string }) => _id);
    for await (const page of other.activities.scan(query).byPage({ continuationToken: token }))
      ids.push(...page.items.map(({ _id }) => _id));
    expect(ids).toEqual(whole);
    expect(token.length).toBeLessThan(1024 + 16 * 5);
  });

  it('keeps its tokens small, however long the query and full the boundary', async () => {
    const { emulator, mcas } = emulated();
    emulator.state.mcas.activities = Array.from({ length: 900 }, (_, at) => ({
      _id: `${'x'.repeat(100)}${at}`,
      timestamp: now - 1000 - (at < 400 ? 0 : 1),
      created: now - 900,
      user: { userName: 'ada@contoso.example' },
    }));
    const users = Array.from({ length: 400 }, (_, at) => `user${at}@contoso.example`);
    const filters = {
      date: { gte: now - 10_000 },
      'user.username': { eq: ['ada@contoso.example', ...users] },
      'user.domain': { neq: users },
    };
    const tokens: number[] = [];
    for await (const page of mcas.activities.scan({ filters, limit: 500 }).byPage())
      if (page.continuationToken) tokens.push(page.continuationToken.length);
    expect(tokens.length).toBeGreaterThan(0);
    expect(Math.max(...tokens)).toBeLessThan(1024 + 16 * 500);
    // The filters alone would be forty times as long.
    expect(JSON.stringify(filters).length).toBeGreaterThan(15_000);
  });

  it('lets a record be found by its id', async () => {
    const { mcas, emulator } = emulated();
    const [one] = await collect(mcas.activities.scan(day));
    expect(one).toBeDefined();
    expect(await mcas.activities.get(one?._id ?? '')).toEqual(
      emulator.state.mcas.activities.find(({ _id }) => _id === one?._id),
    );
  });
});

describe('activities.scan, page by page', () => {
  it('fixes the window before the first page and says everything again on each', async () => {
    const { mcas, asked } = scripted([
      { data: [record('a', now - 1)], hasNext: true, nextQueryFilters: cursorAt(now - 2) },
      { data: [record('b', now - 2)], hasNext: false },
    ]);
    await collect(mcas.activities.scan({ ...day, limit: 500 }));
    const common = { isScan: true, limit: 500, sortField: 'date', sortDirection: 'desc' };
    expect(asked.map(({ body }) => body)).toEqual([
      { ...common, filters: { date: { gte: now - dayInMs, lte: now } } },
      { ...common, filters: cursorAt(now - 2) },
    ]);
  });

  it('bounds the field it sorts by from above, and nothing from below', async () => {
    const { mcas, asked } = scripted([{ data: [], hasNext: false }]);
    await collect(mcas.activities.scan({ unbounded: true, sortField: 'created' }));
    await collect(mcas.activities.scan({ filters: { date: { range: { start: now - 2, end: now - 1 } } } }));
    expect(asked.map(({ body }) => body['filters'])).toEqual([
      { created: { lte: now } },
      { date: { range: [{ start: now - 2, end: now - 1 }] } },
    ]);
  });

  it('refuses a scan without any bound on time', async () => {
    const { mcas, asked } = scripted([{}]);
    expect(() => mcas.activities.scan({ filters: { service: { eq: 20893 } } })).toThrow(/unbounded: true/);
    expect(() => mcas.activities.scan({ filters: { date: { lte: now } } })).toThrow(/no lower bound/);
    expect(() => mcas.activities.scan({ ...day, limit: 100 })).toThrow(ArgumentError);
    expect(asked).toEqual([]);
  });

  it('goes on over empty and short pages while the cursor moves', async () => {
    const { mcas } = scripted([
      { data: [], hasNext: true, nextQueryFilters: cursorAt(now - 10) },
      { data: [], hasNext: true, nextQueryFilters: cursorAt(now - 20) },
      { data: [record('a', now - 30)], hasNext: false },
    ]);
    expect(await collect(mcas.activities.scan(day))).toEqual([record('a', now - 30)]);
  });

  it('hands out a record at a page boundary once', async () => {
    const { mcas } = scripted([
      {
        data: [record('a', now - 1), record('b', now - 2)],
        hasNext: true,
        nextQueryFilters: cursorAt(now - 2),
      },
      { data: [record('b', now - 2), record('c', now - 3)], hasNext: false },
    ]);
    const pages = await collect(mcas.activities.scan(day).byPage());
    expect(pages.map(({ items, duplicates }) => [items.map(({ _id }) => _id), duplicates])).toEqual([
      [['a', 'b'], 0],
      [['c'], 1],
    ]);
  });

  it('removes the boundary record after a resume too', async () => {
    const first = { data: [record('b', now - 2)], hasNext: true, nextQueryFilters: cursorAt(now - 2) };
    const { mcas } = scripted([
      first,
      { data: [record('b', now - 2), record('c', now - 3)], hasNext: false },
    ]);
    const iterator = mcas.activities.scan(day).byPage()[Symbol.asyncIterator]();
    const { value } = await iterator.next();
    const rest = await collect(
      mcas.activities.scan(day).byPage({ continuationToken: value?.continuationToken ?? '' }),
    );
    expect(rest.flatMap(({ items }) => items)).toEqual([record('c', now - 3)]);
  });

  it.each<[string, object | string, RegExp]>([
    ['an answer without data', { hasNext: false }, /at data/],
    ['an answer without hasNext', { data: [] }, /at hasNext/],
    ['a refusal with status 200', { detail: 'Request was throttled.' }, /at data, hasNext/],
    ['hasNext without a cursor', { data: [], hasNext: true }, /gives no cursor/],
    ['an empty cursor', { data: [], hasNext: true, nextQueryFilters: {} }, /gives no cursor/],
    ['an HTML page', '<html><title>Internal error</title>', /not JSON/],
    ['a cut answer', '{"data":[{"_id":"a"', /not JSON/],
  ])('throws on %s', async (_, answer, message) => {
    const { mcas } = scripted([answer], { retry: { maxRetries: 1 } });
    const error = await captureError(mcas.activities.scan(day));
    expect(error).toBeInstanceOf(ResponseFormatError);
    expect((error as Error).message).toMatch(message);
  });

  it('raises the limit to 5000 when the cursor stands still, and then gives up', async () => {
    const stuck = {
      data: [record('a', now)],
      hasNext: true,
      nextQueryFilters: { date: { gte: now - dayInMs, lte: now } },
    };
    const { mcas, asked } = scripted([stuck]);
    expect((await captureError<Error>(mcas.activities.scan({ ...day, limit: 500 }))).message).toMatch(
      /more than 5000 records/,
    );
    expect(asked.slice(0, 2).map(({ body }) => body['limit'])).toEqual([500, 5000]);
  });

  it('throws on a page that repeats under another cursor, and on cursors in a circle', async () => {
    const page = (lte: number, ...ids: string[]) => ({
      data: ids.map((id) => record(id, now)),
      hasNext: true,
      nextQueryFilters: cursorAt(lte),
    });
    const repeating = scripted([page(now - 1, 'a'), page(now - 2, 'a')]);
    expect((await captureError<Error>(repeating.mcas.activities.scan(day))).message).toMatch(
      /repeats the last page/,
    );
    const circling = scripted([page(now - 1, 'a'), page(now - 2, 'b'), page(now - 1, 'c')]);
    expect((await captureError<Error>(circling.mcas.activities.scan(day))).message).toMatch(
      /goes in circles/,
    );
  });

  it('asks for less when a page takes too long', async () => {
    const slow = () => Promise.reject(new DOMException('too slow', 'TimeoutError'));
    const { mcas, asked } = scripted([slow, slow, { data: [record('a', now)], hasNext: false }]);
    expect(await collect(mcas.activities.scan(day))).toHaveLength(1);
    expect(asked.map(({ body }) => body['limit'])).toEqual([5000, 2500, 1250]);
  });

  it('does so slice by slice, also under one request id of the caller', async () => {
    const slow = () => Promise.reject(new DOMException('too slow', 'TimeoutError'));
    const page = (id: string) => ({ data: [record(id, now)], hasNext: false });
    const { mcas, asked } = scripted([slow, page('a'), page('b'), page('c'), page('d'), page('e')]);
    const query = { ...day, limit: 1000, concurrency: 2 };
    await collect(mcas.activities.scan(query, { requestId: 'one' })).catch(() => undefined);
    expect(asked.slice(0, 2).map(({ body }) => body['limit'])).toEqual([1000, 500]);
  });

  it('takes days as text in raw filters, and refuses what is no number', async () => {
    const { mcas, asked } = scripted([{ data: [], hasNext: false }]);
    await collect(mcas.activities.scan({ rawFilters: { date: { gte_ndays: '1' } } }));
    expect(asked[0]?.body['filters']).toMatchObject({ date: { gte: now - 86_400_000 } });
    const refused = async (date: Record<string, unknown>) =>
      String(await captureError((async () => collect(mcas.activities.scan({ rawFilters: { date } })))()));
    for (const gte_ndays of ['soon', '', [1]])
      expect(await refused({ gte_ndays })).toMatch(
        /gte_ndays: is not a number of days|gte_ndays: has no value/,
      );
    for (const none of [null, undefined])
      expect(await refused({ gte: none })).toMatch(/date'\]\.gte: (has no value|is undefined)/);
    expect(asked).toHaveLength(1);
  });

  it('refuses tokens of another query or version, and what is none', async () => {
    const { mcas } = scripted([
      { data: [record('a', now)], hasNext: true, nextQueryFilters: cursorAt(now - 1) },
    ]);
    const { value } = await mcas.activities.scan(day).byPage()[Symbol.asyncIterator]().next();
    const continuationToken = value?.continuationToken ?? '';
    const resume = (query: ScanQuery, token: string) =>
      captureError(mcas.activities.scan(query).byPage({ continuationToken: token }));
    const foreign = btoa(JSON.stringify({ ...JSON.parse(atob(continuationToken)), v: 99 }));
    expect(await resume({ filters: { date: { gte_ndays: 2 } } }, continuationToken)).toMatchObject({
      name: 'ArgumentError',
      message: expect.stringContaining('another query') as string,
    });
    expect(String(await resume(day, foreign))).toMatch(/version 99/);
    expect(String(await resume(day, continuationToken.slice(5)))).toMatch(/not a token/);
  });

  it('stops with the reason of the signal', async () => {
    const { mcas } = scripted([
      { data: [record('a', now)], hasNext: true, nextQueryFilters: cursorAt(now - 1) },
    ]);
    const stop = new AbortController();
    const reason = new Error('enough');
    const seen: string[] = [];
    const walk = (async () => {
      for await (const { _id } of mcas.activities.scan(day, { abortSignal: stop.signal })) {
        seen.push(_id);
        stop.abort(reason);
      }
    })();
    expect(await captureError(walk)).toBe(reason);
    expect(seen).toEqual(['a']);
  });
});
