import { captureError, collect } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitsDeferredError } from '../src/index.js';
import type { ApiError, BlobPage, Delta, FollowRecordsOptions, SavedFeed } from '../src/index.js';
import { day, hour, start } from './helpers.js';
import { createOwnService, toBody } from './own-service.js';
import type { OwnService } from './own-service.js';

const minute = 60_000;
const general = 'Audit.General';
const exchange = 'Audit.Exchange';
const options: FollowRecordsOptions = { contentTypes: [general], startFrom: new Date(start - 12 * hour) };
const internalError = (): Response =>
  new Response('{"error":{"code":"AF50000","message":"no"}}', { status: 500 });

/** The state a caller keeps, from deltas alone. */
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

/** Follows until the condition holds after a page. */
async function followUntil(
  { client }: OwnService,
  more: Partial<FollowRecordsOptions>,
  isEnough: (page: BlobPage, ids: readonly string[]) => boolean,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of client.records.follow({ ...options, ...more })) {
    ids.push(...page.items.map(({ Id }) => Id));
    if (isEnough(page, ids)) break;
  }
  return ids;
}

describe('follow hands over a position', () => {
  it('before it reads anything: what is published during a restart is not lost', async () => {
    const service = createOwnService();
    const state = createStore();
    await followUntil(service, { startFrom: 'now' }, ({ delta, items, blob }) => {
      state.apply(delta);
      expect([items, blob]).toEqual([[], undefined]);
      return true;
    });
    service.blobs = [{ type: general, id: 'meanwhile', created: start + minute, body: toBody('meanwhile') }];
    service.clock.advance(hour);
    const ids = await followUntil(
      service,
      { startFrom: 'now', saved: state.saved() },
      (_, all) => all.length > 0,
    );
    expect(ids).toEqual(['meanwhile']);
  });

  it('every few minutes of a quiet week: a restart after it finds no gap', async () => {
    const service = createOwnService();
    const state = createStore();
    const times: number[] = [];
    await followUntil(
      service,
      { startFrom: 'now', pollIntervalInMs: 6 * hour, checkpointIntervalInMs: 10 * minute },
      ({ delta }) => {
        state.apply(delta);
        times.push(service.clock.now());
        return service.clock.now() > start + 8 * day;
      },
    );
    expect(Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toBeLessThanOrEqual(
      11 * minute,
    );
    const gaps: unknown[] = [];
    await followUntil(service, { saved: state.saved(), onGap: (gap) => void gaps.push(gap) }, () => true);
    expect(gaps).toEqual([]);
  }, 60_000);

  it('by the last page of a blob only, in pages of at most 1,000 records', async () => {
    const service = createOwnService();
    const ids = Array.from({ length: 2500 }, (_, index) => `r${index}`);
    service.blobs = [{ type: general, id: 'long', created: start - hour, body: toBody(...ids) }];
    const state = createStore();
    const sizes: number[] = [];
    const first = await followUntil(service, {}, ({ items, delta }) => {
      if (items.length > 0) sizes.push(items.length);
      if (items.length > 0) expect(delta.add.map(({ id }) => id)).toEqual(sizes.length === 3 ? ['long'] : []);
      if (sizes.length < 3) state.apply(delta);
      return sizes.length === 3;
    });
    expect([sizes, first]).toEqual([[1000, 1000, 500], ids]);
    // The last page was not dealt with: all of the blob comes again.
    expect(await followUntil(service, { saved: state.saved() }, (_, all) => all.length === 2500)).toEqual(
      ids,
    );
  });
});

describe('follow goes on', () => {
  it('with the other content types when one is refused, and with that one once it is allowed', async () => {
    const service = createOwnService();
    service.refused.add('DLP.All');
    const contentTypes = ['DLP.All', general];
    service.blobs = contentTypes.map((type) => ({
      type,
      id: type,
      created: start - hour,
      body: toBody(type),
    }));
    const deferred: unknown[] = [];
    const ids = await followUntil(service, { contentTypes }, (page, all) => {
      deferred.push(page.deferred.map(({ name, error }) => [name, (error as ApiError).code]));
      if (all.length === 1) service.refused.clear();
      return all.length === 2 && page.deferred.length === 0;
    });
    expect(ids).toEqual([general, 'DLP.All']);
    expect(deferred).toContainEqual([['DLP.All', 'AF10001']]);
    expect(deferred.at(-1)).toEqual([]);
  });

  it('not when every content type is refused from the start: then nothing would happen for ever', async () => {
    const service = createOwnService();
    service.refused.add(general).add(exchange);
    const error = await captureError(
      service.client.records.follow({ ...options, contentTypes: [general, exchange] }),
    );
    expect(error).toMatchObject({ code: 'AF10001', status: 401 });
  });

  it('past a blob that cannot be read; the position stays before it until it can', async () => {
    const service = createOwnService();
    let broken = true;
    service.blobs = Array.from({ length: 50 }, (_, index) => ({
      type: general,
      id: `b${index}`,
      created: start - 2 * hour + index * 1000,
      body: index === 5 ? () => (broken ? internalError() : new Response(toBody('r5'))) : toBody(`r${index}`),
    }));
    const state = createStore();
    const ids = await followUntil(service, {}, ({ delta, deferred }, all) => {
      state.apply(delta);
      return all.length === 49 && deferred.length === 1;
    });
    expect(ids).not.toContain('r5');
    broken = false;
    expect(await followUntil(service, { saved: state.saved() }, (_, all) => all.length > 0)).toEqual(['r5']);
  });

  it('past a blob that onBlobError gives up, which its page names', async () => {
    const service = createOwnService();
    service.blobs = [
      { type: general, id: 'bad', created: start - hour, body: internalError },
      { type: general, id: 'good', created: start - minute, body: toBody('good') },
    ];
    const state = createStore();
    const skipped: unknown[] = [];
    const more = { onBlobError: () => 'skip' as const };
    await followUntil(service, more, (page, all) => {
      state.apply(page.delta);
      if (page.skipped) skipped.push([page.blob?.contentId, page.skipped.code]);
      return all.length > 0;
    });
    expect(skipped).toEqual([['bad', 'AF50000']]);
    const again = service.client.records.follow({ ...options, saved: state.saved(), untilCaughtUp: true });
    expect((await collect(again)).flatMap(({ items }) => items.map(({ Id }) => Id))).toEqual([]);
  });

  it('past an outage of hours, in pauses of at most five minutes', async () => {
    const service = createOwnService({ retry: { maxRetries: 0 } });
    service.blobs = [{ type: general, id: 'after', created: start - hour, body: toBody('after') }];
    service.outageUntil = start + 3 * hour;
    const ids = await followUntil(service, {}, (_, all) => all.length > 0);
    expect(ids).toEqual(['after']);
    expect(Math.max(...service.clock.slept)).toBeLessThanOrEqual(5 * minute);
  });

  it('and a run that ends names what it could not read', async () => {
    const service = createOwnService();
    service.refused.add('DLP.All');
    service.blobs = [
      { type: general, id: 'bad', created: start - hour, body: internalError },
      { type: general, id: 'good', created: start - minute, body: toBody('good') },
    ];
    const ids: string[] = [];
    const error = await captureError(async () => {
      const follow = { ...options, contentTypes: [general, 'DLP.All'], untilCaughtUp: true };
      for await (const { items } of service.client.records.follow(follow))
        ids.push(...items.map(({ Id }) => Id));
    });
    expect(ids).toEqual(['good']);
    if (!UnitsDeferredError.isInstance(error)) throw error;
    expect(error.deferred.map(({ kind, name }) => [kind, name])).toEqual([
      ['listing', 'DLP.All'],
      ['unit', 'bad'],
    ]);
  });
});

describe('follow, for any lateness, outage, broken blob and restart at any page', () => {
  it('hands out every record that is listed while it is kept, and completeUntil is true on every page', async () => {
    const blobs = fc.array(
      fc.record({
        type: fc.constantFrom(general, exchange),
        createdInMinutes: fc.integer({ min: -60, max: 24 * 60 }),
        lateInMinutes: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 20 * 60 })),
        /** For how long after it became visible it cannot be read. */
        brokenForInMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 600 })),
      }),
      { maxLength: 12 },
    );
    const run = fc.record({
      blobs,
      refusedForInMinutes: fc.integer({ min: 0, max: 24 * 60 }),
      /** After how many pages each run is ended and started again from what was saved. */
      restarts: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(run, async ({ blobs: made, refusedForInMinutes, restarts }) => {
        const service = createOwnService({ retry: { maxRetries: 0 } });
        const { clock } = service;
        service.blobs = made.map(({ type, createdInMinutes, lateInMinutes, brokenForInMinutes }, index) => {
          const created = start + createdInMinutes * minute;
          const visible = created + lateInMinutes * minute;
          const readable = visible + brokenForInMinutes * minute;
          return {
            type,
            id: `b${index}`,
            created,
            visible,
            body: () => (clock.now() < readable ? internalError() : new Response(toBody(`r${index}`))),
          };
        });
        service.refused.add(exchange);
        const state = createStore();
        const handed = new Map<string, number>();
        const end = start + 3 * day;
        const begin = { contentTypes: [general, exchange], startFrom: new Date(start - 2 * hour) };
        for (const pages of [...restarts, Infinity]) {
          let count = 0;
          for await (const page of service.client.records.follow({
            ...begin,
            saved: state.saved(),
            pollIntervalInMs: 2 * hour,
            checkpointIntervalInMs: 3 * hour,
          })) {
            if (clock.now() > start + refusedForInMinutes * minute) service.refused.clear();
            for (const { Id } of page.items) handed.set(Id, (handed.get(Id) ?? 0) + 1);
            state.apply(page.delta);
            if (page.completeUntil) checkComplete(service, page.completeUntil, handed);
            if (++count >= pages || clock.now() >= end) break;
          }
          if (clock.now() >= end) break;
        }
        expect([...handed.keys()].toSorted()).toEqual(made.map((_, index) => `r${index}`).toSorted());
        // A page is saved before the next is asked for: nothing comes twice.
        expect([...handed.values()].every((count) => count === 1)).toBe(true);
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});

function checkComplete(
  { blobs }: OwnService,
  { time, latenessInMs }: { time: string; latenessInMs: number },
  handed: ReadonlyMap<string, number>,
): void {
  for (const { id, created, visible = created } of blobs)
    if (created < Date.parse(time) && visible - created <= latenessInMs)
      expect([id, handed.has(id.replace('b', 'r'))]).toEqual([id, true]);
}
