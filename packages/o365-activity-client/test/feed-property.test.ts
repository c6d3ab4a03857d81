import { collect } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContentFeed } from '../src/feed.js';
import type {
  BlobUnit,
  ContentBlob,
  ContentFeed,
  ContentFeedOptions,
  Delta,
  SavedFeed,
} from '../src/feed.js';
import { day, hour, iso, start, world } from './helpers.js';

const minute = 60_000;
const options: ContentFeedOptions = { contentTypes: ['Audit.General'], startFrom: new Date(start) };

interface Arrival {
  blob: ContentBlob;
  /** From when on listings show it. */
  visible: number;
}

const blobAt = (id: string, created: number): ContentBlob => ({
  contentType: 'Audit.General',
  contentId: id,
  contentUri: `https://manage.office.com/${id}`,
  contentCreated: iso(created),
  contentExpiration: iso(created + 7 * day),
});

/** The state that deltas alone have built. */
function store(): { saved(): SavedFeed; apply(delta: Delta): void } {
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

/** Lists until the feed rests; the service answers in the order of `rank` and repeats every third blob. */
function drain(feed: ContentFeed, now: number, service: readonly Arrival[], rank: number): BlobUnit[] {
  const units: BlobUnit[] = [];
  for (let step = feed.next(now); 'list' in step; step = feed.next(now)) {
    const { list } = step;
    const [from, to] = [Date.parse(list.from), Date.parse(list.to)];
    const blobs = service
      .filter(({ visible }) => visible <= now)
      .map(({ blob }) => blob)
      .filter(({ contentCreated }) => {
        const created = Date.parse(contentCreated);
        return created >= from && created < to;
      })
      .toSorted((a, b) => (a.contentId > b.contentId ? 1 : -1) * (rank % 2 ? 1 : -1));
    const repeated = blobs.flatMap((blob, at) => (at % 3 === rank % 3 ? [blob, blob] : [blob]));
    units.push(...feed.listed({ query: list, blobs: repeated }));
    if (units.length > 10_000) throw new Error('the feed does not come to rest');
  }
  return units;
}

describe('the feed, for any arrival, lateness, repetition, order of reading and crash', () => {
  it('gives every blob once, and never forgets one that is unread', () => {
    const arrivals = fc.array(
      fc.record({
        // Whole minutes, so that many share one time.
        created: fc.integer({ min: 0, max: 20 * 60 }),
        late: fc.integer({ min: 0, max: 110 }),
        announced: fc.boolean(),
      }),
      { maxLength: 25 },
    );
    const steps = fc.array(
      fc.record({
        waitInMinutes: fc.integer({ min: 1, max: 180 }),
        crash: fc.boolean(),
        /** How many of the units under way are read in this step, from which end. */
        reads: fc.nat({ max: 10 }),
        newestFirst: fc.boolean(),
        rank: fc.nat({ max: 5 }),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(arrivals, steps, (blobs, schedule) => {
        const service: (Arrival & { announced: boolean })[] = blobs.map((one, at) => ({
          blob: blobAt(`b${at}`, start + one.created * minute),
          visible: start + (one.created + one.late) * minute,
          announced: one.announced,
        }));
        const state = store();
        const read: string[] = [];
        let feed = createContentFeed({}, options);
        let open: BlobUnit[] = [];
        let now = start;
        for (const step of schedule) {
          const before = now;
          now += step.waitInMinutes * minute;
          if (step.crash) [feed, open] = [createContentFeed(state.saved(), options), []];
          const hints = service.filter(
            ({ announced, visible }) => announced && visible > before && visible <= now,
          );
          open.push(...feed.announce(hints.map(({ blob }) => ({ id: blob.contentId, blob }))));
          open.push(...drain(feed, now, service, step.rank));
          if (step.newestFirst) open.reverse();
          for (const { id } of open.splice(0, step.reads)) {
            read.push(id);
            state.apply(feed.ack(id));
          }
          state.apply(feed.checkpoint());
          // Whoever starts from what is saved now finds all that is unread.
          const found = drain(createContentFeed(state.saved(), options), now, service, 0).map(({ id }) => id);
          const unread = service
            .filter(({ blob, visible }) => visible <= now && Date.parse(blob.contentCreated) < now - 1000)
            .map(({ blob }) => blob.contentId)
            .filter((id) => !read.includes(id));
          expect(found).toEqual(expect.arrayContaining(unread));
        }
        now = start + 24 * hour;
        open.push(...drain(feed, now, service, 0));
        for (const { id } of open) read.push(id);
        expect(read.toSorted()).toEqual(service.map(({ blob }) => blob.contentId).toSorted());
      }),
    );
  });
});

describe('records that are followed', () => {
  it('come once within the window, and again at the earliest beyond it', async () => {
    const blobs = fc.array(
      fc.record({
        ids: fc.array(fc.nat({ max: 9 }), { maxLength: 6 }),
        late: fc.integer({ max: 100, min: 0 }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(blobs, fc.integer({ min: 1, max: 12 }), async (published, maxKeys) => {
        const { client, emulator } = world();
        const { managementActivity } = emulator.state;
        managementActivity.clear();
        await client.subscriptions.ensure(['Audit.General']);
        published.forEach(({ ids, late }, at) => {
          const created = start + at * 10 * minute;
          const records = ids.map((id) => ({ Id: `r${id}`, RecordType: 1 }));
          managementActivity.publish('Audit.General', records, {
            created,
            listedFrom: created + late * minute,
          });
        });
        emulator.clock.set(start + 5 * hour);
        const pages = await collect(
          client.records.follow({ ...options, dedupe: { maxKeys }, untilCaughtUp: true }),
        );
        const got = pages.flatMap(({ items }) => items.map(({ Id }) => Id));
        expect(new Set(got)).toEqual(new Set(published.flatMap(({ ids }) => ids.map((id) => `r${id}`))));
        const last = new Map<string, number>();
        got.forEach((id, at) => {
          const before = last.get(id);
          if (before !== undefined) expect(at - before).toBeGreaterThan(maxKeys);
          last.set(id, at);
        });
      }),
      { numRuns: 30 },
    );
  });
});
