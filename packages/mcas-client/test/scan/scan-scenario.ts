import fc from 'fast-check';
import { expect } from 'vitest';
import { emulated, now } from '../helpers.js';

type Fault = 'cut' | 503 | 429 | 'timeout';

export interface Scenario {
  times: number[];
  limit: number;
  sortField: 'date' | 'created';
  sortDirection: 'asc' | 'desc';
  shortPages: boolean;
  emptyPages: boolean;
  overfullMillisecond: 'empty' | 'repeat';
  resume: boolean;
  concurrency: number;
  ordered: boolean;
  spread: number;
  faults: (Fault | null)[];
}

/** Any records, page size, order, habit of the service and schedule of faults. */
export const scenarios = (maxLength: number): fc.Arbitrary<Scenario> =>
  fc.record({
    /** Many records share few milliseconds: boundaries are where records get lost. */
    times: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength, size: 'max' }),
    limit: fc.integer({ min: 1, max: 40 }).map((limit) => limit + 500),
    sortField: fc.constantFrom('date' as const, 'created' as const),
    sortDirection: fc.constantFrom('asc' as const, 'desc' as const),
    shortPages: fc.boolean(),
    emptyPages: fc.boolean(),
    overfullMillisecond: fc.constantFrom('empty' as const, 'repeat' as const),
    resume: fc.boolean(),
    concurrency: fc.constantFrom(1, 1, 3, 8),
    ordered: fc.boolean(),
    /** Slices are only cut where records are spread. */
    spread: fc.constantFrom(1, 1, 1000),
    faults: fc.array(fc.option(fc.constantFrom<Fault>('cut', 503, 429, 'timeout'), { freq: 3 }), {
      maxLength: 12,
    }),
  });

/** Scans it all; fails unless every record was found exactly once. */
export async function tryScan(given: Scenario): Promise<void> {
  const { emulator } = emulated();
  const { settings } = emulator.state.mcas;
  const { shortPages, emptyPages, overfullMillisecond, sortField, sortDirection, limit } = given;
  const sliced = given.concurrency > 1;
  Object.assign(settings, { shortPages, emptyPages, overfullMillisecond, requestsPerMinute: Infinity });
  emulator.state.mcas.activities = given.times.map((time, at) => ({
    _id: `r${at}`,
    timestamp: now - 100_000 - time * given.spread,
    created: now - 50_000 - time * given.spread,
  }));
  let asked = 0;
  const { mcas } = emulated({
    clock: emulator.clock,
    timeoutInMs: 600_000,
    fetch: async (request) => {
      const fault = given.faults[asked++];
      if (fault === 503 || fault === 429) return new Response('{"detail":"busy"}', { status: fault });
      if (fault === 'timeout') throw new DOMException('too slow', 'TimeoutError');
      const response = await emulator.fetch(request);
      if (fault !== 'cut') return response;
      const text = await response.text();
      return new Response(text.slice(0, Math.floor(text.length / 2)), response);
    },
    retry: { maxRetries: 15 },
  });
  const { concurrency, ordered } = given;
  const filters = sliced ? { [sortField]: { gte: now - 86_400_000 } } : { date: { gte_ndays: 1 } };
  const query = { filters, limit, sortField, sortDirection, concurrency, ordered };
  const found: string[] = [];
  let continuationToken: string | undefined;
  do {
    const pages = mcas.activities.scan(query).byPage(continuationToken ? { continuationToken } : {});
    continuationToken = undefined;
    for await (const page of pages) {
      found.push(...page.items.map(({ _id }) => _id));
      if (!given.resume) continue;
      continuationToken = page.continuationToken;
      break;
    }
  } while (continuationToken);
  expect(found.sort()).toEqual(given.times.map((_, at) => `r${at}`).sort());
}
