import { describe, expect, it } from 'vitest';
import { killRun } from './azure/kill-run.js';

describe('three workers and a planner, killed at random, clocks apart', () => {
  it(
    'every record arrives, duplicates within the bound, the queue ends empty',
    { timeout: 120_000 },
    async () => {
      const outcome = await killRun({
        seed: 7,
        units: 60,
        recordsPerUnit: 20,
        workers: 3,
        workerKills: 3,
        plannerKills: 1,
        concurrency: 3,
        readInMs: 30,
      });
      expect(outcome).toMatchObject({
        missing: 0,
        changed: 0,
        queued: 0,
        poisoned: 0,
        workerKills: 3,
        plannerKills: 1,
      });
      expect(outcome.records).toBe(1200);
      expect(outcome.duplicates).toBeLessThanOrEqual(outcome.bound);
      // Planner and workers end by themselves, drained.
      expect(outcome.exits).toEqual([0, 0, 0, 0]);
    },
  );
});
