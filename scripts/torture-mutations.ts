/**
 * Puts repaired defects back, one at a time, and asks whether the simulation finds each:
 *
 *     pnpm torture:mutations [--seeds 200] [--only "late blob"]
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutations } from './torture/mutations.js';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, only: { type: 'string' } },
});
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
let survived = 0;
for (const { name } of mutations) {
  if (values.only !== undefined && values.only !== name) continue;
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--conditions=@repo/source',
      '--import=tsx',
      `--import=${file('./torture/apply-mutation.ts')}`,
      file('./torture-simulation.ts'),
      '--seeds',
      values.seeds,
      '--until-found',
    ],
    { encoding: 'utf8', env: { ...process.env, MUTATION: name } },
  );
  const found = /^seed \d+: .*/m.exec(stdout)?.[0];
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (status !== 1 || !found) survived += 1;
  console.log(`${name}: ${found ?? `NOT FOUND ${stderr.slice(-500)}`} (${seconds} s)`);
}
process.exitCode = survived > 0 ? 1 : 0;
