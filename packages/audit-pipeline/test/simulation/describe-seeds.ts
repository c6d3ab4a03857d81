import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.js';

const perTest = 10;

/** The question of every seed, for `count` seeds from `from` on. */
export function describeSeeds(from: number, count: number): void {
  const firsts = Array.from({ length: Math.ceil(count / perTest) }, (_, index) => from + index * perTest);
  describe('every record is in the table, or named in gaps or dead letters', () => {
    it.each(firsts)(`in ${perTest} seeds from %i on`, { timeout: 120_000 }, async (first) => {
      for (let seed = first; seed < first + perTest; seed += 1) {
        const { problems } = await simulate(seed);
        expect(problems, `seed ${seed}`).toEqual([]);
      }
    });
  });
}
