import { captureError, collect } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResponseFormatError, getContinuationToken } from '../../src/index.js';
import type { Gap, ScanCertificate, ScanQuery } from '../../src/index.js';
import { now } from '../helpers.js';
import { createScanService } from './scan-service.js';
import type { ScanService, ServiceHabits, ServiceRecord } from './scan-service.js';

const hour = 3_600_000;

function makeRecords(count: number, spreadInMs = 20 * hour): ServiceRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    _id: `r${index}`,
    timestamp: now - 60_000 - Math.floor((index * spreadInMs) / count),
    // The order of saving is not that of happening.
    created: now - 30_000 - Math.floor((((index * 7919) % count) * spreadInMs) / count),
    appId: 20_890 + (index % 3),
  }));
}

const query: ScanQuery = { filters: { date: { gte: now - 24 * hour } } };
const byCreated: ScanQuery = { filters: { created: { gte: now - 24 * hour } }, sortField: 'created' };

async function scanIds(service: ScanService, asked: ScanQuery): Promise<string[]> {
  return (await collect(service.connect().activities.scan(asked))).map(({ _id }) => _id);
}

function expectExactly(ids: readonly string[], records: readonly ServiceRecord[]): void {
  expect(ids.toSorted()).toEqual(records.map(({ _id }) => _id).toSorted());
}

describe('a scan of a service that does not keep to what is asked', () => {
  const habits: [string, ServiceHabits][] = [
    ['as documented', {}],
    ['ignores sortField', { ignoresSortField: true }],
    ['ignores sortDirection', { ignoresSortDirection: true }],
    ['ignores both', { ignoresSortField: true, ignoresSortDirection: true }],
    ['unsorted pages', { unsortedPages: true }],
    ['times in 1970', { brokenTimes: true }],
    ['boundary records twice', { repeatsBoundary: true }],
    ['a cursor in other words', { rewritesCursor: true }],
    ['a cursor that is missing once', { missingCursorAt: [1, 4] }],
  ];
  it.each(habits)('%s: every record once, one after another and in parts', async (_, habit) => {
    const records = makeRecords(1937);
    for (const base of [query, byCreated])
      for (const sortDirection of ['asc', 'desc'] as const)
        for (const concurrency of [1, 4]) {
          const service = createScanService(records, habit, now);
          const ids = await scanIds(service, { ...base, sortDirection, concurrency });
          expectExactly(ids, records);
        }
  });

  it.each<[string, ServiceHabits, RegExp]>([
    ['drops a filter', { dropsFilter: 'service' }, /drops the filter service/],
    ['drops a bound', { dropsBound: true }, /widens the filter date/],
    ['gives no cursor, twice', { missingCursorAt: [1, 2] }, /gives no cursor/],
  ])('%s: an error with the token to go on from', async (_, habit, message) => {
    for (const concurrency of [1, 4]) {
      const service = createScanService(makeRecords(1000), habit, now);
      const filters = { date: { gte: now - 24 * hour }, service: { eq: [20_890, 20_891] } };
      const error = await captureError(scanIds(service, { filters, concurrency, ordered: true }));
      expect(ResponseFormatError.isInstance(error)).toBe(true);
      expect(String(error)).toMatch(message);
    }
    const service = createScanService(makeRecords(1000), { missingCursorAt: [3, 4] }, now);
    const before: string[] = [];
    const scan = service.connect().activities.scan(query);
    const error = await captureError(async () => {
      for await (const { _id } of scan) before.push(_id);
    });
    const continuationToken = getContinuationToken(error);
    expect(continuationToken).toBeDefined();
    const rest = await collect(scan.byPage({ continuationToken: continuationToken ?? '' }));
    expectExactly([...before, ...rest.flatMap(({ items }) => items.map(({ _id }) => _id))], service.records);
  });

  it('has no token on an error before the first page', async () => {
    const service = createScanService(makeRecords(1000), { missingCursorAt: [0, 1] }, now);
    expect(getContinuationToken(await captureError(scanIds(service, query)))).toBeUndefined();
    expect(getContinuationToken(undefined)).toBeUndefined();
  });
});

describe('the window of a scan', () => {
  it.each([-hour, hour])('is that of the service’s clock, which is %i ms off', async (offsetInMs) => {
    const records = makeRecords(600).map((record) => ({
      ...record,
      timestamp: record.timestamp + offsetInMs,
      created: record.created + offsetInMs,
    }));
    const service = createScanService(records, { offsetInMs }, now);
    expectExactly(await scanIds(service, { filters: { date: { gte_ndays: 1 } } }), records);
    // One page more than without: the first is asked for again.
    expect(service.bodies[0]?.filters['date']?.['lte']).toBe(now);
    expect(Math.abs(Number(service.bodies[1]?.filters['date']?.['lte']) - now - offsetInMs)).toBeLessThan(
      2000,
    );
  });

  it('that is absolute is asked for once', async () => {
    const service = createScanService(makeRecords(10), { offsetInMs: hour }, now);
    await scanIds(service, { filters: { date: { gte: now - 24 * hour, lte: now } } });
    expect(service.bodies).toHaveLength(1);
  });
});

describe('the page size', () => {
  it('recovers after a 504', async () => {
    const plain = createScanService(makeRecords(1937), {}, now);
    expectExactly(await scanIds(plain, query), plain.records);
    const slow = createScanService(makeRecords(1937), { slowBefore: 1 }, now);
    expectExactly(await scanIds(slow, query), slow.records);
    expect(slow.bodies[1]?.limit).toBe(2500);
    expect(slow.bodies.at(-1)?.limit).toBe(5000);
    expect(slow.bodies.length).toBeLessThanOrEqual(plain.bodies.length + 4);
  });

  it('settles where pages succeed', async () => {
    const service = createScanService(makeRecords(1937), { slowAbove: 2000 }, now);
    expectExactly(await scanIds(service, query), service.records);
    const refused = service.bodies.filter(({ limit }) => limit > 2000).length;
    expect(refused).toBeLessThan(service.bodies.length / 5);
  });
});

describe('a millisecond with more records than a page', () => {
  const crowd = (count: number, more: (index: number) => Partial<ServiceRecord>): ServiceRecord[] => [
    ...makeRecords(100),
    ...Array.from({ length: count }, (_, index) => ({
      _id: `c${index}`,
      timestamp: now - 10 * hour,
      created: now - 10 * hour,
      appId: 1,
      ...more(index),
    })),
  ];

  it.each<[string, number, (index: number) => Partial<ServiceRecord>]>([
    ['at both ends', 90, () => ({})],
    ['by the other time', 400, (index) => ({ timestamp: now - 12 * hour + index })],
    ['by application', 140, (index) => ({ appId: index % 4 })],
  ])('is read %s', async (_, count, more) => {
    const records = crowd(count, more);
    for (const concurrency of [1, 3]) {
      const service = createScanService(records, { total: true }, now);
      expectExactly(await scanIds(service, { ...byCreated, concurrency }), records);
    }
  });

  it('is named when it cannot be read, and the rest goes on', async () => {
    const records = crowd(500, () => ({}));
    const gaps: Gap[] = [];
    const certificates: ScanCertificate[] = [];
    const service = createScanService(records, {}, now);
    const ids = await scanIds(service, {
      ...byCreated,
      onGap: (gap) => void gaps.push(gap),
      onComplete: (certificate) => void certificates.push(certificate),
    });
    expect(new Set(ids).size).toBe(ids.length);
    expect(records.filter(({ _id }) => !ids.includes(_id)).every(({ _id }) => _id.startsWith('c'))).toBe(
      true,
    );
    expect(gaps).toMatchObject([{ from: new Date(now - 10 * hour).toISOString() }]);
    expect(certificates).toMatchObject([{ gaps }]);
    const error = await captureError(scanIds(createScanService(records, {}, now), byCreated));
    expect(String(error)).toMatch(/more than 5000 records in one millisecond .* or give onGap/);
  });
});

describe('the certificate of a scan', () => {
  it('is the same for the same records, whatever the way', async () => {
    const records = makeRecords(1500);
    const certificates: ScanCertificate[] = [];
    const onComplete = (certificate: ScanCertificate) => void certificates.push(certificate);
    for (const more of [{}, { concurrency: 4 }, { sortDirection: 'asc' as const, verify: true }])
      await scanIds(createScanService(records, { total: true }, now), { ...query, ...more, onComplete });
    const [first] = certificates;
    expect(first).toMatchObject({
      window: { from: now - 24 * hour, to: now },
      records: 1500,
      monotone: true,
      resumed: false,
      verified: false,
      totals: { first: 1500 },
    });
    expect(new Set(certificates.map(({ idsHash }) => idsHash)).size).toBe(1);
    expect(certificates[2]?.verified).toBe(true);
    await scanIds(createScanService(records.slice(1), {}, now), { ...query, onComplete });
    expect(certificates[3]?.idsHash).not.toBe(first?.idsHash);
  });

  it('says when the service did not sort', async () => {
    let certificate: ScanCertificate | undefined;
    const service = createScanService(makeRecords(500), { unsortedPages: true }, now);
    await scanIds(service, { ...query, onComplete: (given) => (certificate = given) });
    expect(certificate?.monotone).toBe(false);
  });

  it('is refused by verify when the other direction finds something else', async () => {
    const service = createScanService(makeRecords(500), {}, now);
    const all = service.records;
    const scan = service.connect().activities.scan({ ...query, verify: true });
    const error = await captureError(async () => {
      for await (const page of scan.byPage())
        if (page.continuationToken === undefined) service.records = all.slice(0, -1);
    });
    expect(String(error)).toMatch(/found 500 records, one in the other direction 499/);
    const token = captureError(scan.byPage({ continuationToken: 'x' }));
    expect(String(await token)).toMatch(/is given to a scan that verifies/);
  });
});

describe('any scan of any such service', () => {
  const scenarios = fc.record({
    times: fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 400, size: 'max' }),
    spread: fc.constantFrom(1, 1000, 60_000),
    sortField: fc.constantFrom('date' as const, 'created' as const),
    sortDirection: fc.constantFrom('asc' as const, 'desc' as const),
    concurrency: fc.constantFrom(1, 1, 3, 8),
    ordered: fc.boolean(),
    limit: fc.constantFrom(500, 1000, 5000),
    restartEvery: fc.constantFrom(0, 1, 3),
    habits: fc.record({
      ignoresSortField: fc.boolean(),
      ignoresSortDirection: fc.boolean(),
      unsortedPages: fc.boolean(),
      repeatsBoundary: fc.boolean(),
      brokenTimes: fc.boolean(),
      rewritesCursor: fc.boolean(),
      total: fc.boolean(),
    }),
  });

  it('hands out every record once, over restarts at any page', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (given) => {
        const records = given.times.map(([happened, saved], index) => ({
          _id: `r${index}`,
          timestamp: now - 100_000 - happened * given.spread,
          created: now - 50_000 - saved * given.spread,
          appId: index % 3,
        }));
        const field = given.sortField === 'date' ? 'timestamp' : 'created';
        // A millisecond that holds more than a page cannot always be read: that has tests of its own.
        const counts = new Map<number, number>();
        for (const key of [field, 'timestamp'] as const)
          for (const record of records) counts.set(record[key], (counts.get(record[key]) ?? 0) + 1);
        fc.pre(Math.max(0, ...counts.values()) <= 50);
        const service = createScanService(records, given.habits, now);
        const { limit, sortField, sortDirection, concurrency, ordered } = given;
        const asked: ScanQuery = {
          filters: { [sortField]: { gte: now - 24 * hour } },
          limit,
          sortField,
          sortDirection,
          concurrency,
          ordered,
        };
        const ids: string[] = [];
        let continuationToken: string | undefined;
        for (let more = true; more;) {
          let pages = 0;
          more = false;
          const scan = service.connect().activities.scan(asked);
          for await (const page of scan.byPage(continuationToken ? { continuationToken } : {})) {
            ids.push(...page.items.map(({ _id }) => _id));
            continuationToken = page.continuationToken;
            if (++pages !== given.restartEvery || continuationToken === undefined) continue;
            more = true;
            break;
          }
        }
        expectExactly(ids, records);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
