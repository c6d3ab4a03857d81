import { captureError } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArgumentError, AuthenticationError } from '../../src/index.js';
import type {
  ActivityPage,
  FollowActivitiesOptions,
  FollowRetry,
  Gap,
  SavedFeed,
  SeenEntry,
} from '../../src/index.js';
import { now } from '../helpers.js';
import { createScanService } from '../scan/scan-service.js';
import type { ScanService, ServiceHabits, ServiceRecord } from '../scan/scan-service.js';

const minute = 60_000;
const hour = 60 * minute;
const start = now - 10 * minute;
const record = (id: string, created: number): ServiceRecord => ({
  _id: id,
  timestamp: created - 4 * minute,
  created,
  appId: 1,
});

interface Late extends ServiceRecord {
  visibleAt: number;
}

/** A service whose records show at a time of their own. */
function createLateService(records: readonly Late[], habits: ServiceHabits = {}): ScanService {
  const service = createScanService([], habits, now);
  Object.defineProperty(service, 'records', {
    get: () => records.filter(({ visibleAt }) => visibleAt <= service.clock.now()),
  });
  return service;
}

interface Followed {
  ids: string[];
  pages: ActivityPage[];
}

/** Follows until the service's clock has passed `until`, with a restart every so many pages. */
async function follow(
  service: ScanService,
  until: number,
  options: FollowActivitiesOptions = {},
  restartEvery = Infinity,
): Promise<Followed> {
  const ledger = new Map<string, SeenEntry>();
  const result: Followed = { ids: [], pages: [] };
  let saved: SavedFeed = {};
  while (service.clock.now() < until) {
    let count = 0;
    for await (const page of service.connect().activities.follow({ startFrom: start, ...options, saved })) {
      result.pages.push(page);
      result.ids.push(...page.items.map(({ _id }) => _id));
      for (const entry of page.delta.add) ledger.set(entry.id, entry);
      for (const id of page.delta.expire) ledger.delete(id);
      saved = { cursor: page.cursor, seen: [...ledger.values()] };
      count += 1;
      if (count >= restartEvery || service.clock.now() >= until) break;
    }
  }
  return result;
}

describe('activities.follow', () => {
  it('hands over a position at the start, also when nothing ever happens', async () => {
    const service = createScanService([], {}, now);
    const { pages } = await follow(service, now + 1, { startFrom: 'now' });
    expect(pages[0]).toMatchObject({ items: [], gaps: [], late: 0 });
    expect(pages[0]?.delta.cursor).toBe(pages[0]?.cursor);
    // Another process begins where this one did, not at its own now.
    service.clock.advance(hour);
    service.records = [record('while away', now + minute)];
    const saved = { cursor: pages[0]?.cursor ?? '' };
    const found: string[] = [];
    for await (const page of service.connect().activities.follow({ startFrom: 'now', saved })) {
      found.push(...page.items.map(({ _id }) => _id));
      if (found.length > 0) break;
    }
    expect(found).toEqual(['while away']);
  });

  it('waits out an outage of any length, with pauses of at most five minutes', async () => {
    const retries: FollowRetry[] = [];
    const outage = now + 6 * hour;
    const failing = createScanService([record('a', now)], { downUntil: outage }, now);
    const { ids } = await follow(failing, outage + hour, { onRetry: (retry) => void retries.push(retry) });
    expect(ids).toEqual(['a']);
    expect(retries.length).toBeGreaterThan(60);
    expect(Math.max(...retries.map(({ delayInMs }) => delayInMs))).toBeLessThanOrEqual(5 * minute);
  });

  it('ends on what no waiting heals', async () => {
    const service = createScanService([], { refuses: true }, now);
    expect(await captureError(follow(service, now + hour))).toBeInstanceOf(AuthenticationError);
  });

  it('finds records that show up to an hour late, each once, over restarts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(120), fc.nat(44)), { minLength: 1, maxLength: 120 }),
        fc.constantFrom(2, 3, Infinity),
        async (entries, restartEvery) => {
          const records = entries.map(([saved, lag], index) => ({
            ...record(`r${index}`, start + saved * minute),
            visibleAt: start + (saved + lag) * minute,
          }));
          const { ids } = await follow(createLateService(records), start + 5 * hour, {}, restartEvery);
          expect(ids.toSorted()).toEqual(records.map(({ _id }) => _id).toSorted());
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  it('says what is certain, and it is true', async () => {
    const records = Array.from({ length: 300 }, (_, index) => ({
      ...record(`r${index}`, start + index * 20_000),
      visibleAt: start + index * 20_000 + (index % 50 === 0 ? 40 * minute : (index % 7) * minute),
    }));
    const service = createLateService(records);
    const { pages } = await follow(service, start + 4 * hour, {});
    const handedOut = new Set<string>();
    for (const { items, completeUntil } of pages) {
      for (const { _id } of items) handedOut.add(_id);
      if (!completeUntil) continue;
      const time = Date.parse(completeUntil.time);
      for (const { _id, created, visibleAt } of records)
        if (created < time && visibleAt - created <= completeUntil.latenessInMs)
          expect(handedOut.has(_id), `${_id} before ${completeUntil.time}`).toBe(true);
    }
    expect(handedOut.size).toBe(300);
    expect(pages.reduce((sum, { late }) => sum + late, 0)).toBe(6);
    expect(pages.at(-1)?.reachInMs).toBeGreaterThan(hour);
  });

  it('takes at most a tenth of the requests for sweeps when nothing happens', async () => {
    const service = createScanService([], {}, now);
    await follow(service, now + 6 * hour);
    const sweeps = service.bodies.filter(({ filters }) => {
      const { gte, lt } = filters['created'] ?? {};
      return Number(lt) - Number(gte) > 10 * minute;
    });
    expect(sweeps.length).toBeGreaterThan(10);
    expect(sweeps.length).toBeLessThan(service.bodies.length / 10);
  });

  it('reaches less far back rather than read what its ledger has lost', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => record(`r${index}`, start + index * 1000));
    const { ids, pages } = await follow(createScanService(many, {}, now), start + 3 * hour, {
      maxSweptIds: 1000,
    });
    expect(ids).toHaveLength(3000);
    const last = pages.findLast(({ items }) => items.length > 0);
    expect(last?.reachInMs).toBeLessThan(30 * minute);
  });

  it('names a millisecond that cannot be read, once, and goes on behind it', async () => {
    const crowd = Array.from({ length: 300 }, (_, index) => ({
      ...record(`c${index}`, start + 5 * minute),
      timestamp: start,
    }));
    const service = createScanService([...crowd, record('behind', start + 6 * minute)], {}, now);
    const { ids, pages } = await follow(service, now + 10 * minute, { sweepReachInMs: 0 });
    expect(ids.filter((id) => id === 'behind')).toHaveLength(1);
    expect(new Set(ids).size).toBe(ids.length);
    const gaps: Gap[] = pages.flatMap((page) => page.gaps);
    expect(gaps[0]).toMatchObject({ from: new Date(start + 5 * minute).toISOString() });
  });

  it('refuses wrong options and a cursor of other filters', async () => {
    const service = createScanService([], {}, now);
    const { pages } = await follow(service, now + 1);
    const { cursor = '' } = pages[0] ?? {};
    for (const options of [
      { overlapInMs: -1 },
      { pollIntervalInMs: 10 },
      { startFrom: 12 },
      { startTime: now },
      { settleDelay: 5, settleDelayInMs: Number.NaN },
      { saved: { cursor: 'x' } },
      { saved: { cursor }, filters: { service: { eq: 1 } } },
      { filters: { created: { gte: now } } },
      { onRetry: 'x' },
    ]) {
      const walk = service.connect().activities.follow(options as never);
      expect(await captureError(walk), JSON.stringify(options)).toBeInstanceOf(ArgumentError);
    }
  });
});
