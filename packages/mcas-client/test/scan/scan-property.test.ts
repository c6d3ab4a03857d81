import fc from 'fast-check';
import { describe, it } from 'vitest';
import { scenarios, tryScan } from './scan-scenario.js';

describe('a scan, whatever happens', () => {
  it('yields exactly the records there are, each once', async () => {
    await fc.assert(fc.asyncProperty(scenarios(1500), tryScan), { numRuns: 60 });
  }, 60_000);

  it('does so with thousands of records in one millisecond', async () => {
    await fc.assert(fc.asyncProperty(scenarios(5000), tryScan), {
      numRuns: 4,
      examples: [
        [
          {
            times: Array<number>(5000).fill(3),
            limit: 500,
            sortField: 'date',
            sortDirection: 'desc',
            shortPages: false,
            emptyPages: true,
            overfullMillisecond: 'repeat',
            resume: true,
            concurrency: 1,
            ordered: false,
            spread: 1,
            faults: ['cut', null, 503],
          },
        ],
      ],
    });
  }, 60_000);
});
