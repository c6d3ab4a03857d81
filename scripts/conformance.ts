/**
 * Holds what this repository generates against public material that it must not contain. `--data <folder>` has that
 * material; each suite names the part it needs and where the originals are. Exits 1 when something does not conform.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { armSchemas } from './conformance/arm-schemas.js';
import { sigmaM365 } from './conformance/sigma-m365.js';
import { sigmaSpecification } from './conformance/sigma-specification.js';
import type { Suite } from './conformance/suite.js';

const suites: readonly Suite[] = [armSchemas, sigmaM365, sigmaSpecification];

const { values } = parseArgs({ options: { data: { type: 'string' } } });
const { data } = values;
if (data === undefined || !existsSync(data)) {
  console.error('conformance: give the folder of the public material: pnpm conformance --data <folder>');
  process.exit(2);
}

let failed = 0;
let ran = 0;
for (const { name, folder, originals, run } of suites) {
  const path = join(data, folder);
  if (!existsSync(path)) {
    console.log(`${name}: not run, no ${folder} in the data (originals: ${originals})`);
    continue;
  }
  const { figures, problems } = await run(path);
  ran += 1;
  failed += problems.length;
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${figures}`);
  for (const problem of problems.slice(0, 50)) console.log(`     ${problem}`);
}
if (ran === 0) {
  console.error('conformance: the folder has none of the material that a suite needs.');
  process.exit(2);
}
process.exitCode = failed === 0 ? 0 : 1;
