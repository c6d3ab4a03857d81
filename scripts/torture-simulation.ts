/**
 * Many seeds of the simulation, each some days of a tenant in virtual time:
 *
 *     pnpm torture:simulation [--seeds 5000] [--from 1] [--one 42] [--until-found]
 */
import { parseArgs } from 'node:util';
import { simulate } from '../packages/audit-pipeline/test/simulation/simulate.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5000' },
    from: { type: 'string', default: '1' },
    one: { type: 'string' },
    'until-found': { type: 'boolean', default: false },
  },
});
const from = Number(values.one ?? values.from);
const count = values.one === undefined ? Number(values.seeds) : 1;
const started = Date.now();
let [failed, rows, duplicates, runs, days] = [0, 0, 0, 0, 0];
for (let seed = from; seed < from + count; seed += 1) {
  try {
    const result = await simulate(seed);
    rows += result.rows;
    duplicates += result.duplicates;
    runs += result.runs;
    days += (result.plan.end - Date.UTC(2026, 4, 1)) / 86_400_000;
    if (values.one !== undefined) console.log(JSON.stringify(result, undefined, 1));
    if (result.problems.length === 0) continue;
    console.log(`seed ${seed}: ${result.problems.length} problems, ${result.problems[0]}`);
  } catch (error) {
    console.log(`seed ${seed}: ${String(error)}`);
  }
  failed += 1;
  if (values['until-found']) break;
}
const seconds = ((Date.now() - started) / 1000).toFixed(1);
console.log(
  `${count} seeds, ${days} days, ${runs} runs, ${rows} rows, ${duplicates} duplicates, ${failed} seeds with problems, ${seconds} s`,
);
process.exitCode = failed > 0 ? 1 : 0;
