import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emulated, now } from './helpers.js';

type Fault = 'cut' | 503 | 429 | 'timeout';

const scenario = fc.record({
  /** Many records share few milliseconds: boundaries are where records get lost. */
  times: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 1500 }),
  limit: fc.integer({ min: 1, max: 40 }).map((limit) => limit + 500),
  sortField: fc.constantFrom('date' as const, 'created' as const),
  sortDirection: fc.constantFrom('asc' as const, 'desc' as const),
  shortPages: fc.boolean(),
  emptyPages: fc.boolean(),
  overfullMillisecond: fc.constantFrom('empty' as const, 'repeat' as const),
  resume: fc.boolean(),
  faults: fc.array(fc.option(fc.constantFrom<Fault>('cut', 503, 429, 'timeout'), { freq: 3 }), {
    maxLength: 12,
  }),
});

describe('a scan, whatever happens', () => {
  it('yields exactly the records there are, each once', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { emulator } = emulated();
        const { options } = emulator.state.mcas;
        const { shortPages, emptyPages, overfullMillisecond, sortField, sortDirection, limit } = given;
        Object.assign(options, { shortPages, emptyPages, overfullMillisecond, requestsPerMinute: Infinity });
        emulator.state.mcas.activities = given.times.map((time, at) => ({
          _id: `r${at}`,
          timestamp: now - 100_000 - time,
          created: now - 50_000 - time,
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
        const query = { filters: { date: { gte_ndays: 1 } }, limit, sortField, sortDirection };
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
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
