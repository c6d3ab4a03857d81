import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoff } from '../src/index.js';

it('doubles from the base to the maximum', () => {
  const waits = [1, 2, 3, 4, 5, 2000].map((attempt) =>
    backoff(attempt, { baseInMs: 1000, maxInMs: 5000, jitter: 0 }),
  );
  expect(waits).toEqual([1000, 2000, 4000, 5000, 5000, 5000]);
});

it('is random only in the part that jitter says, and never above the ceiling', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, jitter, random) => {
        const ceiling = Math.min(500 * 2 ** (attempt - 1), 60_000);
        const wait = backoff(attempt, { baseInMs: 500, maxInMs: 60_000, jitter, random: () => random });
        expect(wait).toBeLessThanOrEqual(ceiling);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(ceiling * (1 - jitter)));
      },
    ),
  );
});
