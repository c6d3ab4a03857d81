/**
 * Licenses, install scripts, number of packages and megabytes that a user's install of each published package brings,
 * against `scripts/dependencies/budget.json`. Reads what is installed; needs no network.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { listInstalled } from './installed.js';

interface Budget {
  licenses: readonly string[];
  /** Packages whose install scripts are accepted, with the reason. */
  installScripts: Readonly<Record<string, string>>;
  packages: Readonly<Record<string, { packages: number; megabytes: number }>>;
}

const root = resolve(import.meta.dirname, '../..');
const budget = JSON.parse(readFileSync(join(import.meta.dirname, 'budget.json'), 'utf8')) as Budget;
let failed = 0;
const fail = (message: string): void => {
  failed += 1;
  console.error(`FAIL ${message}`);
};

for (const folder of readdirSync(join(root, 'packages')).toSorted()) {
  const path = join(root, 'packages', folder);
  if (!existsSync(join(path, 'package.json'))) continue;
  const { name, private: isPrivate } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
    name: string;
    private?: boolean;
  };
  if (isPrivate) continue;
  const installed = listInstalled(path);
  const megabytes = installed.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  console.log(`     ${name}: ${installed.length} packages, ${megabytes.toFixed(1)} MB`);
  const allowed = budget.packages[name];
  if (!allowed) fail(`${name} has no budget: add it to scripts/dependencies/budget.json`);
  else if (installed.length > allowed.packages || megabytes > allowed.megabytes)
    fail(`${name} is over its budget of ${allowed.packages} packages and ${allowed.megabytes} MB`);
  for (const one of installed) {
    if (!budget.licenses.includes(one.license))
      fail(
        `${name}: ${one.name} has the license ${one.license}: replace it, or allow the license in budget.json`,
      );
    if (one.installScripts.length > 0 && !budget.installScripts[one.name])
      fail(
        `${name}: ${one.name} runs ${one.installScripts.join(', ')} at install: replace it, or give a reason in budget.json`,
      );
  }
}
console.log(failed === 0 ? 'ok   dependencies are within their budget' : `FAIL ${failed} over budget`);
process.exitCode = failed === 0 ? 0 : 1;
