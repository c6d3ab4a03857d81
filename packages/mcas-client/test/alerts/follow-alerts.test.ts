import { captureError } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import type { Alert, FollowAlertsOptions, AlertPage, SeenEntry } from '../../src/index.js';
import { ArgumentError } from '../../src/index.js';
import { emulated, now } from '../helpers.js';

const hour = 3_600_000;
const alert = (id: string, timestamp: number, more: object = {}) => ({
  _id: id,
  timestamp,
  title: id,
  statusValue: 0,
  ...more,
});

function tenant() {
  const { emulator, mcas } = emulated();
  emulator.state.mcas.alerts = [
    alert('old', now - 80 * hour),
    alert('a', now - 2 * hour),
    alert('b', now - hour),
  ] as never;
  let requests = 0;
  emulator.onRequest(() => void (requests += 1));
  return { emulator, mcas, requests: () => requests };
}

/** Follows until so many polls are over; `between` changes the world after each. */
async function follow(
  setup: ReturnType<typeof tenant>,
  polls: number,
  options: FollowAlertsOptions = {},
  between: (poll: number) => void = () => undefined,
): Promise<{ items: string[][]; last: AlertPage | undefined; seen: Map<string, SeenEntry> }> {
  const items: string[][] = [[]];
  const seen = new Map<string, SeenEntry>();
  let last: AlertPage | undefined;
  for await (const page of setup.mcas.alerts.follow({ pollIntervalInMs: 60_000, ...options })) {
    last = page;
    items.at(-1)?.push(...page.items.map(({ _id }) => _id));
    for (const entry of page.delta.add) seen.set(entry.id, entry);
    for (const id of page.delta.expire) seen.delete(id);
    if (page.items.length > 0) continue;
    if (items.length === polls) break;
    between(items.length);
    items.push([]);
  }
  return { items, last, seen };
}

describe('alerts.follow', () => {
  it('hands out what is new, and again what has changed', async () => {
    const setup = tenant();
    const { alerts } = setup.emulator.state.mcas;
    const { items } = await follow(setup, 4, {}, (poll) => {
      if (poll === 1) alerts.push(alert('c', setup.emulator.clock.now()) as never);
      if (poll === 2) Object.assign(alerts.find(({ _id }) => _id === 'a') as Alert, { statusValue: 1 });
    });
    expect(items).toEqual([['a', 'b'], ['c'], ['a'], []]);
  });

  it('hands out a state again that an alert comes back to, and remembers the last one only', async () => {
    const setup = tenant();
    const { items, seen } = await follow(setup, 4, {}, (poll) => {
      const one = setup.emulator.state.mcas.alerts.find(({ _id }) => _id === 'a');
      Object.assign(one as Alert, { statusValue: poll % 2 });
    });
    expect(items).toEqual([['a', 'b'], ['a'], ['a'], ['a']]);
    expect(seen.size).toBe(2);
  });

  it('looks at nothing older than its start, in later runs too', async () => {
    const setup = tenant();
    const first = await follow(setup, 1, { startFrom: now - 1.5 * hour });
    expect(first.items).toEqual([['b']]);
    const saved = { cursor: first.last?.cursor ?? '', seen: first.seen.values() };
    expect((await follow(setup, 2, { saved })).items).toEqual([[], []]);
    expect(await captureError(follow(setup, 1, { startFrom: new Date(Number.NaN) }))).toBeInstanceOf(
      ArgumentError,
    );
  });

  it('brings more alerts than the service pages through by skip', async () => {
    const setup = tenant();
    setup.emulator.state.mcas.alerts = Array.from({ length: 9000 }, (_, n) =>
      alert(`many ${n}`, now - 2 * hour + Math.floor(n / 2)),
    ) as never;
    const { items } = await follow(setup, 1);
    expect(items[0]).toHaveLength(9000);
    expect(new Set(items[0]).size).toBe(9000);
  });

  it('brings more resolved alerts than the service pages through by skip', async () => {
    const setup = tenant();
    setup.emulator.state.mcas.alerts = Array.from({ length: 5100 }, (_, n) =>
      alert(`r${n}`, now - 60 * hour - n * 1000, {
        statusValue: 2,
        resolutionStatusValue: 4,
        resolveTime: new Date(now - hour).toISOString(),
      }),
    ) as never;
    const { items } = await follow(setup, 1);
    expect(new Set(items.flat()).size).toBe(5100);
  });

  it('skips none though each is closed as it comes, and leaves the filter', async () => {
    const { emulator, mcas } = tenant();
    const alerts = Array.from({ length: 350 }, (_, n) => alert(`o${n}`, now - 200 * hour + n * 1000));
    emulator.state.mcas.alerts = alerts as never;
    const seen: string[] = [];
    const options = { filters: { alertOpen: { eq: true } }, startFrom: now - 240 * hour } as const;
    for await (const { items } of mcas.alerts.follow(options)) {
      if (items.length === 0) break;
      seen.push(...items.map(({ _id }) => _id));
      await mcas.alerts.closeBenign({ ids: items.map(({ _id }) => _id) });
    }
    expect(new Set(seen).size).toBe(350);
  });

  it('sees an old alert again when it is resolved', async () => {
    const setup = tenant();
    const { items } = await follow(setup, 2, {}, () => {
      const resolveTime = new Date(setup.emulator.clock.now()).toISOString();
      Object.assign(setup.emulator.state.mcas.alerts[0] as Alert, { resolutionStatusValue: 5, resolveTime });
    });
    expect(items[1]).toEqual(['old']);
  });

  it('costs two requests a poll when nothing happens', async () => {
    const setup = tenant();
    await follow(setup, 5);
    expect(setup.requests()).toBe(10);
  });

  it('goes on where another process has stopped, without repeating', async () => {
    const setup = tenant();
    const { last, seen } = await follow(setup, 1);
    setup.emulator.state.mcas.alerts.push(alert('d', now) as never);
    const saved = { cursor: last?.cursor ?? '', seen: seen.values() };
    expect((await follow(setup, 1, { saved })).items).toEqual([['d']]);
  });

  it('forgets what can no longer be met', async () => {
    const setup = tenant();
    const { seen } = await follow(setup, 60, { pollIntervalInMs: 2 * hour, overlapInMs: hour });
    expect(seen.size).toBe(0);
  });

  it('refuses what it sets itself, and what never ends', async () => {
    const { mcas } = tenant();
    const wrong = [
      [{ rawFilters: { date: { gte: 1 } } }, /rawFilters\.date: is set by following/],
      [{ filters: { resolutionDate: { gte: 1 } } as never }, /filters\.resolutionDate: is set/],
      [{ overlapInMs: Number.NaN }, /options\.overlapInMs/],
      [{ pollIntervalInMs: 0 }, /options\.pollIntervalInMs/],
    ] as const;
    for (const [options, said] of wrong)
      expect(String(await captureError(mcas.alerts.follow(options)))).toMatch(said);
  });

  it('stops with the reason of the signal, and refuses a foreign cursor', async () => {
    const setup = tenant();
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    expect(await captureError(setup.mcas.alerts.follow({ abortSignal: stop.signal }))).toBe(
      stop.signal.reason,
    );
    const { last } = await follow(setup, 1);
    for (const cursor of ['{}', 'x', last?.cursor ?? ''])
      expect(
        ArgumentError.isInstance(
          await captureError(
            setup.mcas.alerts.follow({ saved: { cursor }, filters: { read: { eq: true } } }),
          ),
        ),
      ).toBe(true);
  });
});
