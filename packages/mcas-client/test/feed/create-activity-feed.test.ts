import { captureError } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { contoso } from 'audit-emulator';
import { createActivityFeed, listWindows } from '../../src/feed.js';
import type { ActivityWindow } from '../../src/feed.js';
import { McasClient, apiToken } from '../../src/index.js';
import type { SavedFeed, SeenEntry } from '../../src/index.js';
import { emulated, now, scripted } from '../helpers.js';

const minute = 60_000;
const settings = { startFrom: now - 10 * minute, overlapInMs: 2 * minute, settleDelayInMs: minute };

function planned(feed: ReturnType<typeof createActivityFeed>, at: number): ActivityWindow[] {
  const step = feed.next(at);
  return 'list' in step ? feed.listed(listWindows(step.list)) : [];
}

describe('createActivityFeed', () => {
  it('cuts closed slices that overlap, and waits when it has caught up', () => {
    const feed = createActivityFeed({}, { ...settings, maxWindowInMs: 5 * minute });
    const [first] = planned(feed, now);
    const [second] = planned(feed, now);
    expect([first, second]).toMatchObject([
      // Nothing before the start, and the overlap from then on.
      { from: now - 10 * minute, to: now - 5 * minute },
      { from: now - 7 * minute, to: now - minute },
    ]);
    expect(feed.next(now)).toEqual({ waitUntil: now + minute });
  });

  it('plans again in another process what was not acknowledged, and only that', () => {
    const feed = createActivityFeed({}, { ...settings, maxWindowInMs: 5 * minute });
    const [first] = planned(feed, now);
    const [second] = planned(feed, now);
    const { cursor } = feed.ack(second?.id ?? '');
    const again = createActivityFeed({ cursor }, { ...settings, maxWindowInMs: 5 * minute });
    expect(planned(again, now)).toEqual([first]);
    again.ack(first?.id ?? '');
    expect(again.next(now)).toEqual({ waitUntil: now + minute });
  });

  it('hands out a record once as long as a slice may meet it again, and forgets it then', () => {
    const feed = createActivityFeed({}, settings);
    const [slice] = planned(feed, now);
    const records = [
      { _id: 'old', created: now - 9 * minute },
      { _id: 'young', created: now - 90_000 },
    ];
    expect(feed.fresh(records).items).toEqual(records);
    expect(feed.fresh(records).items).toEqual([]);
    expect(feed.ack(slice?.id ?? '').expire).toEqual(['old']);
    expect(feed.fresh(records.slice(1)).items).toEqual([]);
  });

  it('refuses what is not its cursor', () => {
    const feed = createActivityFeed({}, settings);
    const [slice] = planned(feed, now);
    const { cursor } = feed.ack(slice?.id ?? '');
    expect(() => createActivityFeed({ cursor: '{}' })).toThrow(/not a token of activities.feed/);
    expect(() => createActivityFeed({ cursor }, { filters: { service: { eq: 1 } } })).toThrow(
      /belongs to another query/,
    );
    expect(() => feed.ack('created:1-2')).toThrow(/is not being read/);
  });
});

describe('activities.follow', () => {
  it('delivers everything once, late arrivals too, over restarts', async () => {
    const { emulator, mcas } = emulated();
    const template = emulator.state.mcas.activities[0];
    emulator.state.mcas.activities = Array.from({ length: 200 }, (_, at) => ({
      ...template,
      _id: `follow-${at}`,
      timestamp: now + at * 5000 - 240_000,
      created: now + at * 5000,
    }));
    const state = new Map<string, SeenEntry>();
    const saved: SavedFeed = {};
    const found: string[] = [];
    const until = now + 200 * 5000 + 5 * minute;
    for (let run = 0; emulator.clock.now() < until; run++) {
      let pages = 0;
      for await (const { items, cursor, delta } of mcas.activities.follow({
        ...settings,
        sweepReachInMs: 0,
        saved: { ...saved, seen: state.values() },
      })) {
        found.push(...items.map(({ _id }) => _id));
        for (const entry of delta.add) state.set(entry.id, entry);
        for (const id of delta.expire) state.delete(id);
        saved.cursor = cursor;
        if (run === 5 && pages === 0)
          emulator.state.mcas.activities.push({
            ...template,
            _id: 'late',
            timestamp: emulator.clock.now() - 240_000,
            created: emulator.clock.now() - 100_000,
          });
        if (++pages === 2 || emulator.clock.now() > until) break;
      }
    }
    expect(found.filter((id) => id.startsWith('follow-'))).toHaveLength(200);
    expect(new Set(found).size).toBe(found.length);
    expect(found).toContain('late');
    expect(state.size).toBeLessThan(60);
  });

  it('asks once per poll when nothing happens, and stops with the reason of the signal', async () => {
    const { mcas, asked, slept } = scripted([{ data: [], hasNext: false }]);
    const stop = new AbortController();
    const reason = new Error('enough');
    const walk = async () => {
      for await (const { items } of mcas.activities.follow({ ...settings, abortSignal: stop.signal })) {
        expect(items).toEqual([]);
        if (asked.length === 4) stop.abort(reason);
      }
    };
    expect(await captureError(walk())).toBe(reason);
    expect(asked).toHaveLength(4);
    expect(slept.length).toBeLessThanOrEqual(3);
  });
});

describe('a machine whose clock is not the service’s', () => {
  it.each([7 * minute, 10 * minute, 60 * minute, -30 * minute])('by %i ms misses nothing', async (skew) => {
    const { emulator } = emulated();
    const { clock } = emulator;
    const mcas = new McasClient(contoso.mcasHost, apiToken(contoso.mcasToken), {
      fetch: emulator.fetch,
      clock: { now: () => clock.now() + skew, sleep: clock.sleep.bind(clock) },
    });
    const saved = (n: number) => ({ _id: `s${n}`, timestamp: now + n * 30_000, created: now + n * 30_000 });
    emulator.state.mcas.activities = Array.from({ length: 400 }, (_, n) => saved(n)) as never;
    const seen: string[] = [];
    const stop = now + 6 * 60 * minute;
    for await (const { items } of mcas.activities.follow({ startFrom: now - minute })) {
      // What is saved later is not there yet.
      for (const { created = 0 } of items) expect(created).toBeLessThanOrEqual(clock.now());
      seen.push(...items.map(({ _id }) => _id));
      if (clock.now() > stop) break;
    }
    expect(seen).toHaveLength(400);
    expect(new Set(seen).size).toBe(400);
    expect(Math.abs((await mcas.serverTime()).getTime() - clock.now())).toBeLessThan(minute);
  });

  it('is refused a window without an end', () => {
    const { mcas } = emulated();
    expect(() => mcas.activities.scanWindow({ filters: { date: { gte: now } } })).toThrow(
      /created: has no upper bound/,
    );
  });
});
