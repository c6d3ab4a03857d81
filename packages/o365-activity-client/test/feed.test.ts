import { collect } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContentFeed } from '../src/feed.js';
import type { BlobUnit, ContentBlob, Delta, ContentFeedOptions, SavedFeed } from '../src/feed.js';
import { day, hour, iso, start, world } from './helpers.js';

const types = ['Audit.General'];
const at = (id: string, created: number): ContentBlob => ({
  contentType: 'Audit.General',
  contentId: id,
  contentUri: `https://manage.office.com/${id}`,
  contentCreated: iso(created),
  contentExpiration: iso(created + 7 * day),
});

/** Where a durable state would be: built from deltas alone. */
function store(): { saved(): SavedFeed; apply(delta: Delta): void; size(): number } {
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
    size: () => seen.size,
  };
}

/** Lists everything that is visible, until the feed has nothing to do. */
function drain(
  feed: ReturnType<typeof createContentFeed>,
  now: number,
  service: readonly ContentBlob[],
): BlobUnit[] {
  const units: BlobUnit[] = [];
  for (let steps = 0; steps < 100; steps += 1) {
    const step = feed.next(now);
    if ('waitUntil' in step) return units;
    const [from, to] = [Date.parse(step.list.from), Date.parse(step.list.to)];
    expect(to - from).toBeLessThanOrEqual(day);
    const blobs = service.filter(({ contentCreated }) => {
      const created = Date.parse(contentCreated);
      return created >= from && created < to;
    });
    units.push(...feed.listed({ query: step.list, blobs }));
  }
  throw new Error('the feed does not come to rest');
}

describe('the feed', () => {
  it('must have a content type', () => {
    expect(() => createContentFeed({}, { startFrom: 'now', contentTypes: [] })).toThrow(
      'options.contentTypes: is empty',
    );
  });

  it('must be told where to start', () => {
    expect(() => createContentFeed({}, { contentTypes: types })).toThrow(/startFrom/);
    expect(() => createContentFeed({}, { contentTypes: types, startFrom: '2026-05-20' })).toThrow(/zone/);
    expect(() => createContentFeed({ cursor: 'x' }, { contentTypes: types })).toThrow(/cursor/);
  });

  it('starts where it is told, on later runs too', () => {
    const blobs = [at('before', start - 90 * 60_000), at('after', start + 60_000)];
    const feed = createContentFeed({}, { contentTypes: types, startFrom: 'now' });
    expect(drain(feed, start, blobs)).toEqual([]);
    const units = drain(feed, start + hour, blobs);
    expect(units.map(({ id }) => id)).toEqual(['after']);
    const again = createContentFeed({ cursor: feed.checkpoint().cursor }, { contentTypes: types });
    expect(drain(again, start + hour, blobs).map(({ id }) => id)).toEqual(['after']);
  });

  it('lists all that can be listed from the oldest on, without a gap', () => {
    const feed = createContentFeed({}, { contentTypes: types, startFrom: 'oldest' });
    const blobs = Array.from({ length: 160 }, (_, index) => at(`b${index}`, start - index * hour));
    // All but the one created at this very moment: the end of a span is exclusive.
    expect(drain(feed, start, blobs)).toHaveLength(159);
  });

  it('begins each type at what is the oldest when its turn comes, and calls nothing lost', () => {
    const feed = createContentFeed(
      {},
      { contentTypes: ['Audit.General', 'Audit.Exchange'], startFrom: 'oldest' },
    );
    const list = (now: number) => {
      const step = feed.next(now);
      if ('waitUntil' in step) throw new Error('nothing to list');
      return step.list;
    };
    const first = list(start);
    feed.listed({ query: first, blobs: [] });
    // The first day of the first type took half an hour to read.
    const second = list(start + hour / 2);
    expect(second).toMatchObject({
      contentType: 'Audit.Exchange',
      from: iso(Date.parse(first.from) + hour / 2),
    });
    expect(second.gap).toBeUndefined();
    feed.listed({ query: second, blobs: [] });
    // From then on it stands where it stood.
    const { contentType, gap } = list(start + 3 * day);
    expect([contentType, gap?.from]).toEqual(['Audit.General', first.to]);
  });

  it('goes on a moment later where the oldest was', () => {
    const at = (from: number, waited: number) =>
      createContentFeed({}, { contentTypes: types, startFrom: new Date(from) }).next(start + waited);
    const oldest = start - 7 * day + 300_000;
    expect(at(oldest, 59_000)).toMatchObject({ list: { from: iso(oldest) } });
    expect(at(oldest, 61_000)).toMatchObject({
      list: { gap: { from: iso(oldest), to: iso(oldest + 61_000) } },
    });
  });

  it('names what was lost while it stood still', () => {
    const first = createContentFeed({}, { contentTypes: types, startFrom: new Date(start) });
    const { cursor } = first.checkpoint();
    const step = createContentFeed({ cursor }, { contentTypes: types }).next(start + 10 * day);
    expect('list' in step && step.list.gap).toMatchObject({
      from: iso(start),
      to: iso(start + 3 * day + 5 * 60_000),
    });
  });

  it('is never past an unread blob', () => {
    const feed = createContentFeed(
      {},
      { contentTypes: types, startFrom: new Date(start - 10 * hour), overlapInMs: 0 },
    );
    const units = drain(feed, start, [
      at('a', start - 9 * hour),
      at('b', start - 5 * hour),
      at('c', start - hour),
    ]);
    expect(units.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    feed.ack('a');
    const { cursor } = feed.ack('c');
    const step = createContentFeed({ cursor }, { contentTypes: types, overlapInMs: 0 }).next(start);
    expect('list' in step && step.list.from).toBe(iso(start - 5 * hour));
  });

  it('takes an announced blob once, and asks no more for one that failed', () => {
    const options: ContentFeedOptions = { contentTypes: types, startFrom: new Date(start - hour) };
    const feed = createContentFeed({}, options);
    const unit = { id: 'x', blob: at('x', start - 60_000) };
    expect(feed.announce([unit, unit])).toEqual([unit]);
    expect(drain(feed, start, [unit.blob])).toEqual([]);
    feed.fail('x', 'expired');
    expect(drain(feed, start + hour, [unit.blob])).toEqual([]);
    expect(() => feed.ack('x')).toThrow(/under way/);
  });

  it('forgets what cannot be listed any more', () => {
    const feed = createContentFeed({}, { contentTypes: types, startFrom: new Date(start - hour) });
    const state = store();
    for (const { id } of drain(feed, start, [at('a', start - 60_000)])) state.apply(feed.ack(id));
    expect(state.size()).toBe(1);
    drain(feed, start + 5 * day, []);
    drain(feed, start + 9 * day, []);
    state.apply(feed.checkpoint());
    expect(state.size()).toBe(0);
  });

  it('gives each blob once, whatever the order, the lateness within the overlap, and the crashes', () => {
    const arrival = fc.record({
      created: fc.integer({ min: 0, max: 30 * 60 }),
      late: fc.integer({ min: 0, max: 110 }),
      acked: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(arrival, { maxLength: 30 }),
        fc.array(fc.boolean(), { maxLength: 40 }),
        (blobs, crashes) => {
          const minute = 60_000;
          const all = blobs.map((one, index) => ({
            ...one,
            blob: at(`b${index}`, start + one.created * minute),
          }));
          const options: ContentFeedOptions = { contentTypes: types, startFrom: new Date(start) };
          const state = store();
          const delivered = new Map<string, number>();
          let feed = createContentFeed({}, options);
          for (let step = 1; step <= 40; step += 1) {
            const now = start + step * hour;
            const visible = all.filter(({ created, late }) => start + (created + late) * minute <= now);
            if (crashes[step - 1]) feed = createContentFeed(state.saved(), options);
            const units = drain(
              feed,
              now,
              visible.map(({ blob }) => blob),
            );
            // A crash may come between any two acknowledgements: those that follow it are read again.
            const stop = crashes[step] ? Math.floor(units.length / 2) : units.length;
            for (const { id } of units.slice(0, stop)) {
              delivered.set(id, (delivered.get(id) ?? 0) + 1);
              state.apply(feed.ack(id));
            }
            state.apply(feed.checkpoint());
          }
          feed = createContentFeed(state.saved(), options);
          for (const { id } of drain(
            feed,
            start + 41 * hour,
            all.map(({ blob }) => blob),
          ))
            delivered.set(id, (delivered.get(id) ?? 0) + 1);
          expect([...delivered.keys()].toSorted()).toEqual(all.map(({ blob }) => blob.contentId).toSorted());
          expect([...delivered.values()].every((count) => count === 1)).toBe(true);
        },
      ),
    );
  });
});

describe('follow', () => {
  it('reads what there is, saves as it goes, and goes on after a restart without repeating', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(types);
    const state = store();
    const options = { contentTypes: types, startFrom: 'oldest', untilCaughtUp: true } as const;
    const first: string[] = [];
    for await (const { items, delta } of client.records.follow(options)) {
      first.push(...items.map(({ Id }) => Id));
      state.apply(delta);
      if (first.length > 50) break;
    }
    const rest: string[] = [];
    for await (const { items, delta } of client.records.follow({ ...options, saved: state.saved() })) {
      rest.push(...items.map(({ Id }) => Id));
      state.apply(delta);
    }
    const range = {
      from: iso(emulator.clock.now() - 7 * day + 6 * 60_000),
      to: iso(emulator.clock.now()),
    };
    const expected = await collect(client.records.list({ ...range, contentTypes: types }));
    expect(new Set([...first, ...rest])).toEqual(new Set(expected.map(({ Id }) => Id)));
    const again = await collect(client.records.follow({ ...options, saved: state.saved() }));
    expect(again.flatMap(({ items }) => items)).toEqual([]);
  });

  it('waits for what comes, and ends with the signal', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(types);
    const stop = new AbortController();
    const got: string[] = [];
    const run = (async () => {
      for await (const { items } of client.records.follow({
        contentTypes: types,
        startFrom: 'now',
        abortSignal: stop.signal,
      })) {
        got.push(...items.map(({ Id }) => Id));
        if (items.length === 0) continue;
        if (got.includes('second')) stop.abort(new Error('enough'));
        else
          emulator.state.managementActivity.publish('Audit.General', [
            { Id: got.length > 0 ? 'second' : 'never', RecordType: 1, CreationTime: '2026-05-20T12:00:00' },
            { Id: 'first', RecordType: 1, CreationTime: '2026-05-20T12:00:00' },
          ]);
      }
    })();
    emulator.state.managementActivity.publish(
      'Audit.General',
      [{ Id: 'first', RecordType: 1, CreationTime: '2026-05-20T12:00:00' }],
      { created: start + 5000 },
    );
    await expect(run).rejects.toThrow('enough');
    expect(got).toEqual(['first', 'second']);
  });
});
