/**
 * Figures of the kill test at size: `tsx scripts/azure-kill.ts [seed] [rounds]`, and how the drain goes with one, two
 * and three workers. Exits 1 when a record is missing or changed, or duplicates pass the bound.
 */
import { killRun } from '../test/azure/kill-run.js';

const [seed = '1', rounds = '3'] = process.argv.slice(2);
const plan = { units: 400, recordsPerUnit: 100, concurrency: 4, readInMs: 100 };

for (const workers of [1, 2, 3]) {
  const { drainInMs, missing } = await killRun({
    ...plan,
    readInMs: 500,
    seed: 0,
    workers,
    workerKills: 0,
    plannerKills: 0,
  });
  console.log(`${workers} workers, no kill: ${plan.units} units in ${drainInMs} ms, ${missing} missing`);
}
for (let round = 0; round < Number(rounds); round += 1) {
  const one = Number(seed) + round;
  const outcome = await killRun({ ...plan, seed: one, workers: 3, workerKills: 20, plannerKills: 3 });
  console.log(`seed ${one}: ${JSON.stringify(outcome)}`);
  if (outcome.missing + outcome.changed > 0 || outcome.duplicates > outcome.bound || outcome.queued > 0)
    process.exitCode = 1;
}
