import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContentFeed } from '../src/feed.js';
import type {
  BlobUnit,
  ContentBlob,
  ContentFeed,
  ContentFeedOptions,
  ContentFeedQuery,
  Delta,
  SavedFeed,
} from '../src/feed.js';
import { day, hour, iso, start } from './helpers.js';

const minute = 60_000;
const general = 'Audit.General';

interface Arrival {
  blob: ContentBlob;
  created: number;
  /** From when on listings show it. */
  visible: number;
}

const arrive = (id: string, created: number, lateInMs: number): Arrival => ({
  blob: {
    contentType: general,
    contentId: id,
    contentUri: `https://manage.office.com/${id}`,
    contentCreated: iso(created),
    contentExpiration: iso(created + 7 * day),
  },
  created,
  visible: created + lateInMs,
});

function createStore(): { saved(): SavedFeed; apply(delta: Delta): void } {
  let cursor: string | undefined;
  const seen = new Map<string, number>();
  return {
    saved: () => ({
      ...(cursor !== undefined && { cursor }),
      seen: [...seen].map(([id, expires]) => ({ id, expires })),
    }),
    apply(delta) {
      ({ cursor } = delta);
      for (const { id, expires } of delta.add) seen.set(id, expires);
      for (const id of delta.expire) seen.delete(id);
    },
  };
}

/** Lists until the feed rests, as a service does that shows blobs late and keeps them for seven days. */
function drain(feed: ContentFeed, now: number, service: readonly Arrival[], requests = 1) {
  const units: BlobUnit[] = [];
  const queries: ContentFeedQuery[] = [];
  for (let step = feed.next(now); 'list' in step; step = feed.next(now)) {
    const { list } = step;
    queries.push(list);
    if (queries.length > 500) throw new Error('the feed does not come to rest');
    const [from, to] = [Date.parse(list.from), Date.parse(list.to)];
    expect(to - from).toBeLessThanOrEqual(day);
    expect(from).toBeGreaterThanOrEqual(now - 7 * day);
    const blobs = service
      .filter(({ created, visible }) => visible <= now && created >= from && created < to)
      .map(({ blob }) => blob);
    units.push(...feed.listed({ query: list, blobs, listedAt: now, requests }));
  }
  return { ids: units.map(({ id }) => id), queries, sweeps: queries.filter(({ sweep }) => sweep) };
}

const options: ContentFeedOptions = { contentTypes: [general], startFrom: new Date(start) };

describe('late content', () => {
  it.each([
    ['three hours', 3 * hour, 2 * hour],
    ['a day and a half', 36 * hour, 25 * hour],
    ['six days', 6 * day, 25 * hour],
  ])('that appears after %s is found', (_, lateInMs, withinInMs) => {
    const feed = createContentFeed({}, options);
    const service = [arrive('late', start + hour, lateInMs)];
    const found: number[] = [];
    for (let now = start; now <= start + 7 * day + 20 * minute; now += 10 * minute)
      if (drain(feed, now, service).ids.length > 0) found.push(now);
    expect(found).toHaveLength(1);
    expect((found[0] ?? 0) - (service[0]?.visible ?? 0)).toBeLessThanOrEqual(withinInMs);
  });

  it('is not looked for where that was switched off, or before the stated start', () => {
    const service = [arrive('late', start + hour, 5 * hour), arrive('before', start - hour, 5 * hour)];
    const run = (more: ContentFeedOptions): string[] => {
      const feed = createContentFeed({}, { ...options, ...more });
      const ids: string[] = [];
      for (let now = start; now < start + 3 * day; now += hour) ids.push(...drain(feed, now, service).ids);
      return ids;
    };
    expect(run({ lateContent: false })).toEqual([]);
    expect(run({})).toEqual(['late']);
  });

  it('is looked for every hour in the last day, every day in all that is kept, and the head comes first', () => {
    const feed = createContentFeed({}, { ...options, startFrom: 'oldest' });
    drain(feed, start, []);
    const perHour = Array.from({ length: 48 }, (_, index) => {
      const now = start + (index + 1) * hour;
      const { queries, sweeps } = drain(feed, now, []);
      expect(queries[0]?.sweep).toBe(false);
      return sweeps.length;
    });
    // Six days and 22 hours in windows of 24 hours, once a day; the 22 hours before the overlap otherwise.
    const daily = [...Array<number>(23).fill(1), 7];
    expect(perHour).toEqual([...daily, ...daily]);
  });

  it('takes no more than its share of requests, and goes on where it was, also after a restart', () => {
    const lateContent = { maxRequestsPerMinute: 20 };
    const state = createStore();
    let feed = createContentFeed({}, { ...options, startFrom: 'oldest', lateContent });
    drain(feed, start, []);
    state.apply(feed.checkpoint());
    feed = createContentFeed(state.saved(), { ...options, lateContent });
    const begin = start + 25 * hour;
    const spans: string[] = [];
    for (let now = begin; now < begin + hour; now += minute) {
      const { sweeps } = drain(feed, now, [], 40);
      spans.push(...sweeps.map(({ from, to }) => `${from} ${to}`));
      // A listing of 40 requests is paid for in two minutes.
      expect(spans.length).toBeLessThanOrEqual(1 + (now - begin) / (2 * minute));
      state.apply(feed.checkpoint());
      feed = createContentFeed(state.saved(), { ...options, lateContent });
      feed.listed({
        query: { contentType: general, from: iso(begin), to: iso(begin + 1000), sweep: true },
        blobs: [],
        requests: 40,
      });
    }
    expect(new Set(spans).size).toBe(spans.length);
  });

  it('has its turn after twenty listings of a head that is always due', () => {
    const feed = createContentFeed({}, { ...options, startFrom: 'oldest' });
    drain(feed, start, []);
    let sweeps = 0;
    for (let now = start + 25 * hour; now < start + 26 * hour; now += minute) {
      const step = feed.next(now);
      if ('list' in step) feed.listed({ query: step.list, blobs: [], listedAt: now });
      if ('list' in step && step.list.sweep) sweeps += 1;
    }
    expect(sweeps).toBe(2);
  });

  it('counts what comes later than was promised, and lets the overlap follow what is usual', () => {
    const usual = createContentFeed({}, options);
    const service = Array.from({ length: 300 }, (_, index) =>
      arrive(`b${index}`, start + index * 4 * minute, 4 * hour),
    );
    for (let now = start; now < start + 30 * hour; now += minute) drain(usual, now, service);
    const [status] = usual.status();
    expect(status?.lateArrivals).toBeGreaterThan(0);
    expect(status?.lateness.maxInMs).toBeGreaterThanOrEqual(4 * hour);
    const step = usual.next(start + 31 * hour);
    if (!('list' in step)) throw new Error('nothing to list');
    expect(Date.parse(step.list.to) - Date.parse(step.list.from)).toBeGreaterThanOrEqual(5 * hour);
  });
});

describe('the feed, for any lateness, restart and order of settling', () => {
  it('hands out all that is listed while it is kept, once, and completeUntil is true at every step', () => {
    const arrivals = fc.array(
      fc.record({
        created: fc.integer({ min: 0, max: 4 * 24 * 60 }),
        late: fc.oneof(fc.integer({ min: 0, max: 110 }), fc.integer({ min: 0, max: 3 * 24 * 60 })),
      }),
      { maxLength: 20 },
    );
    const steps = fc.array(
      fc.record({
        waitInMinutes: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 20 * 60 })),
        restart: fc.boolean(),
        settles: fc.nat({ max: 5 }),
        newestFirst: fc.boolean(),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(arrivals, steps, (blobs, schedule) => {
        const service = blobs.map(({ created, late }, index) =>
          arrive(`b${index}`, start + created * minute, late * minute),
        );
        const state = createStore();
        const settled = new Set<string>();
        let feed = createContentFeed({}, options);
        let open: string[] = [];
        let now = start;
        const settle = (id: string): void => {
          expect(settled.has(id)).toBe(false);
          settled.add(id);
          state.apply(feed.ack(id));
        };
        const check = (): void => {
          const { time, latenessInMs } = feed.completeUntil() ?? { time: iso(0), latenessInMs: 0 };
          expect(Date.parse(time)).toBeLessThanOrEqual(now);
          for (const { blob, created, visible } of service)
            if (created < Date.parse(time) && visible - created <= latenessInMs)
              expect([blob.contentId, settled.has(blob.contentId)]).toEqual([blob.contentId, true]);
        };
        for (const { waitInMinutes, restart, settles, newestFirst } of schedule) {
          now += waitInMinutes * minute;
          if (restart) [feed, open] = [createContentFeed(state.saved(), options), []];
          open.push(...drain(feed, now, service).ids);
          if (newestFirst) open.reverse();
          for (const id of open.splice(0, settles)) settle(id);
          state.apply(feed.checkpoint());
          check();
        }
        // Long enough for a sweep of everything, and before anything that was listed is too old.
        for (const wait of [25 * hour, 25 * hour]) {
          now = Math.min(now + wait, start + 7 * day - hour);
          open.push(...drain(feed, now, service).ids);
          for (const id of open.splice(0)) settle(id);
          check();
        }
        const due = service.filter(
          ({ created, visible }) => visible <= now && created > now - 7 * day + hour,
        );
        const missing = due.filter(
          ({ blob, created }) => !settled.has(blob.contentId) && created < now - minute,
        );
        expect(missing.filter(({ visible }) => visible <= now - 25 * hour)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
