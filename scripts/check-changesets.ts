import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { missingCarriers } from './changesets.js';

const base = process.argv[2] ?? 'origin/main';
const git = (...args: string[]): string =>
  execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

let changed: string[];
try {
  changed = git('diff', '--name-only', `${base}...HEAD`).split('\n');
} catch {
  console.log(`no ${base} to compare with: every change counts as new`);
  changed = git('ls-files').split('\n');
}
const changesets = readdirSync('.changeset')
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => readFileSync(`.changeset/${name}`, 'utf8'));
const missing = missingCarriers(changed, changesets);
if (missing.length > 0) {
  console.error(
    `packages/client-core/src changed, but no changeset names ${missing.join(', ')}. It is bundled into them: run "pnpm changeset" and name them.`,
  );
  process.exitCode = 1;
} else {
  console.log('changesets: ok');
}
