/**
 * Sizes, import circles, import rules and unused exports of the whole repository. The limits and the list of known
 * violations are in `scripts/shape.json`. `--shrink` removes from the list what has been repaired.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareWithRatchet, shrinkRatchet, type Ratchet } from './ratchet.js';
import { readRepository } from './repository.js';
import { findViolations, type ShapeLimits } from './violations.js';

const root = resolve(import.meta.dirname, '../..');
const path = join(root, 'scripts/shape.json');
const settings = JSON.parse(readFileSync(path, 'utf8')) as { limits: ShapeLimits; known: Ratchet };
const repository = readRepository(root);
const violations = findViolations(repository, settings.limits);
if (process.argv.includes('--shrink')) {
  settings.known = shrinkRatchet(violations, settings.known);
  writeFileSync(path, `${JSON.stringify(settings, undefined, 2)}\n`);
}
const { failures, stale } = compareWithRatchet(violations, settings.known);
for (const { message } of failures) console.error(message);
if (stale.length > 0)
  console.log(
    `${stale.length} known violations are repaired: run "pnpm lint:shape --shrink" and commit scripts/shape.json`,
  );
console.log(
  `shape: ${repository.files.length} files, ${failures.length} violations, ${Object.keys(settings.known).length} known ones left`,
);
process.exitCode = failures.length > 0 ? 1 : 0;
