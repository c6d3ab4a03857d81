import type { Fetch } from 'o365-activity-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, hour, ids, minute, start, world } from './faults-world.js';

const isPage = (request: Request): boolean => request.url.includes('/subscriptions/content');

async function pageChanged(
  request: Request,
  next: Fetch,
  change: (blobs: unknown[]) => unknown[],
  headers?: (headers: Headers) => void,
): Promise<Response> {
  const answer = await next(request);
  const changed = new Headers(answer.headers);
  changed.delete('content-length');
  headers?.(changed);
  return new Response(JSON.stringify(change((await answer.json()) as unknown[])), { headers: changed });
}

describe('what is listed', () => {
  it('fault 13: a page that repeats itself, and one record in two blobs, arrive once', async () => {
    const one = await world({
      intercept: (request, next) =>
        isPage(request) ? pageChanged(request, next, (blobs) => [...blobs, ...blobs]) : undefined,
    });
    one.publish(['a', 'b', 'c', 'c']);
    one.publish(['c', 'd', 'e']);
    const report = await one.run({ concurrency: 1 });
    expect(report.units.committed).toBe(2);
    expect(report.records).toMatchObject({ read: 7, duplicates: 2, accepted: 5 });
    expect(one.exact()).toBe(0);
  });

  it('fault 13: of a record in two blobs, one of which is never read, none is lost', async () => {
    const one = await world();
    const gone = one.publish(['a', 'b']);
    one.publish(['b', 'c']);
    one.fault(
      { kind: 'status', status: 404, body: { error: { code: 'AF20051', message: 'expired' } } },
      {
        service: 'management-activity',
        match: ({ url }) => decodeURIComponent(url.pathname).includes(gone),
        times: 'always',
      },
    );
    await one.run();
    expect(one.dead).toMatchObject([{ unit: { id: gone } }]);
    expect(one.exact()).toBe(0);
  });

  it('fault 14: blobs of one moment, a blob older than the last listing, one that shows late', async () => {
    const one = await world();
    one.publish(ids('a', 5), { created: start - hour });
    one.publish(ids('b', 5), { created: start - hour });
    one.publish(ids('c', 5), { created: start - hour, listedFrom: start + 5 * minute });
    await one.run();
    await one.emulator.clock.advance(10 * minute);
    one.publish(ids('d', 5), { created: start - 30 * minute });
    await one.run();
    expect((await one.run()).units.committed).toBe(0);
    expect(one.exact()).toBe(0);
  });

  const pages: [string, (url: string) => string][] = [
    ['another host', () => 'https://fabrikam.example/next'],
    ['itself', (url) => url],
  ];
  it.each(pages)('fault 15: a next page on %s is refused, and asked for nowhere', async (_name, target) => {
    let broken = true;
    const hosts = new Set<string>();
    let asked = 0;
    const one = await world({
      intercept: (request, next) => {
        hosts.add(new URL(request.url).host);
        if (!isPage(request) || !broken) return undefined;
        asked += 1;
        return pageChanged(
          request,
          next,
          (blobs) => blobs,
          (headers) => headers.set('NextPageUri', target(request.url)),
        );
      },
    });
    one.publish(ids('a', 5));
    await expect(one.run()).rejects.toThrow();
    expect([...hosts]).not.toContain('fabrikam.example');
    // Each of the five types, and one more try each.
    expect(asked).toBeLessThanOrEqual(10);
    broken = false;
    await one.run();
    expect(one.exact()).toBe(0);
  });

  it('fault 15: the header of the next page in any case', async () => {
    const one = await world({
      intercept: (request, next) =>
        isPage(request)
          ? pageChanged(
              request,
              next,
              (blobs) => blobs,
              (headers) => {
                const target = headers.get('nextpageuri');
                headers.delete('nextpageuri');
                if (target) headers.set('NEXTPAGEURI', target);
              },
            )
          : undefined,
    });
    for (let n = 0; n < 60; n += 1) one.publish([`r${n}`], { created: start - hour - n });
    expect((await one.run()).units.committed).toBe(60);
    expect(one.exact()).toBe(0);
  });

  it('fault 16: a blob that expires between listing and reading is named, and the others arrive', async () => {
    const one = await world();
    for (const name of ['a', 'b', 'c']) one.publish(ids(name, 5));
    one.fault(
      { kind: 'status', status: 404, body: { error: { code: 'AF20051', message: 'expired' } } },
      { service: 'management-activity', path: /\/feed\/audit\//, nth: 2, times: 1 },
    );
    const report = await one.run();
    expect(report.units).toEqual({ committed: 2, failed: 1, deferred: 0 });
    expect(one.dead).toHaveLength(1);
    expect(one.exact()).toBe(0);
    expect((await one.run()).units).toEqual({ committed: 0, failed: 0, deferred: 0 });
  });

  it('fault 19: without a subscription it stops, asks little, and goes on once there is one', async () => {
    const one = await world({ subscribed: false });
    one.publish(ids('a', 5));
    await expect(one.run()).rejects.toThrow(/AF2002[23]|subscri/i);
    expect(one.requests('management-activity')).toBeLessThan(10);
    const again = await world();
    again.publish(ids('a', 5));
    await again.run();
    expect(again.exact()).toBe(0);
  });
});

describe('time', () => {
  it.each([-10 * minute, 10 * minute, -hour, hour])(
    'fault 32: the clocks are %i ms apart',
    async (skewInMs) => {
      const one = await world({ skewInMs });
      const { clock } = one.emulator;
      for (let n = 0; n < 12; n += 1) {
        one.publish(ids(`n${n}`, 3), { created: clock.now() - 1000 });
        await one.run({ from: new Date(start - 3 * hour) });
        await clock.advance(10 * minute);
      }
      await clock.advance(2 * hour);
      await one.run();
      expect(one.exact()).toBe(0);
    },
  );

  it('fault 33: the clock jumps back an hour and forward six days', async () => {
    const how = { skewInMs: 0 };
    const one = await world(how);
    one.publish(ids('a', 5));
    await one.run();
    how.skewInMs = -hour;
    await one.runAll();
    how.skewInMs = 0;
    await one.emulator.clock.advance(minute);
    one.publish(ids('b', 5));
    await one.runAll();
    await one.emulator.clock.advance(6 * day);
    one.publish(ids('c', 5));
    const errors = await one.runAll();
    expect(errors).toEqual([]);
    expect(one.dead).toEqual([]);
    expect(one.exact()).toBe(0);
  });

  describe.each(['America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati'])(
    'fault 33 in %s',
    (zone) => {
      const own = process.env['TZ'];
      beforeAll(() => void (process.env['TZ'] = zone));
      afterAll(() => {
        if (own === undefined) delete process.env['TZ'];
        else process.env['TZ'] = own;
      });

      it.each([
        ['the clocks go forward', Date.UTC(2026, 2, 8, 3)],
        ['the clocks go back', Date.UTC(2026, 10, 1, 3)],
        ['there, half an hour back', Date.UTC(2026, 3, 4, 12)],
        ['leap day', Date.UTC(2028, 1, 28, 20)],
        ['the year ends', Date.UTC(2027, 11, 31, 20)],
      ])('%s', async (_name, begin) => {
        const one = await world({ begin });
        const { clock } = one.emulator;
        for (let n = 0; n < 16; n += 1) {
          one.publish(ids(`n${n}`, 2), { created: clock.now() - 1000 });
          await one.run({ from: new Date(begin - hour) });
          await clock.advance(37 * minute);
        }
        await clock.advance(2 * hour);
        await one.run();
        expect(one.exact()).toBe(0);
      });
    },
  );

  it.each([
    [6, false],
    [6.99, false],
    [8, true],
  ])('fault 34: started again after %d days', async (days, lost) => {
    const one = await world();
    one.publish(ids('a', 5));
    await one.run();
    await one.emulator.clock.advance(hour);
    const forgotten = one.publish(ids('b', 5));
    await one.emulator.clock.advance(days * day - hour);
    one.publish(ids('c', 5));
    const gaps: string[] = [];
    const report = await one.run({ onGap: ({ from }) => void gaps.push(from) });
    expect(report.gaps.length > 0).toBe(lost);
    expect(gaps).toHaveLength(report.gaps.length);
    if (lost) {
      // What nobody can read any more is named by its span and type, and by nothing else.
      for (const { from, to, reason } of report.gaps) {
        expect(reason).toMatch(/^(Audit|DLP)\.\w+: older than/);
        expect(Date.parse(from)).toBeLessThanOrEqual(start + hour);
        expect(Date.parse(to)).toBeLessThanOrEqual(start + (days - 6.9) * day);
      }
      expect(one.dead.map(({ unit }) => unit.id)).toContain(
        `gap:${report.gaps[0]?.from}/${report.gaps[0]?.to}`,
      );
      one.dead.push({ unit: { id: forgotten }, reason: 'in the gap' });
    }
    expect(one.exact()).toBe(0);
    expect((await one.run()).gaps).toEqual([]);
  });

  it('fault 35: blobs on the edges of every window', async () => {
    const one = await world();
    const edges = [day, day - 1, day + 1, 2 * day, 1000, 999, 1001, 1, 2 * hour, 2 * hour - 1, 2 * hour + 1];
    for (const before of edges) one.publish([`edge${before}`], { created: start - before });
    await one.run({ from: new Date(start - 2 * day) });
    for (let n = 0; n < 30; n += 1) {
      await one.emulator.clock.advance(333);
      one.publish([`now${n}`], { created: one.emulator.clock.now() });
      await one.run();
    }
    await one.emulator.clock.advance(2000);
    await one.run();
    expect(one.exact()).toBe(0);
  });
});
