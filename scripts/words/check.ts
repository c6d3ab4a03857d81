/**
 * The words of code and docs: spelling by cspell with the project's dictionary, and old names and phrases. What is still
 * known to be wrong is counted per package in `known.json`; `--shrink` lowers it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getPackage } from '../shape/arrows.js';
import { compareWithRatchet, shrinkRatchet, type Ratchet } from '../shape/ratchet.js';
import { findPhrases } from './phrases.js';

const root = resolve(import.meta.dirname, '../..');
const knownPath = join(root, 'scripts/words/known.json');
/** Quote old names on purpose, or are generated. */
const except =
  /^(docs\/api\/|scripts\/words\/)|\.generated\.ts$|\/(test|data)\/|CHANGELOG\.md$|\/options\/check-options\.ts$/;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file && !except.test(file) && existsSync(join(root, file)));
const violations = files.flatMap((file) =>
  findPhrases(readFileSync(join(root, file), 'utf8')).map(({ line, text, instead, phrase }) => ({
    key: `${getPackage(file)} ${phrase}`,
    size: 1,
    message: `${file}:${line}: "${text}": say ${instead} (scripts/words/phrases.ts)`,
  })),
);
let known = JSON.parse(readFileSync(knownPath, 'utf8')) as Ratchet;
if (process.argv.includes('--shrink')) {
  known = shrinkRatchet(violations, known);
  writeFileSync(knownPath, `${JSON.stringify(known, undefined, 2)}\n`);
}
const { failures } = compareWithRatchet(violations, known);
for (const { message } of failures) console.error(message);
const spelling = spawnSync(
  join(root, 'node_modules/.bin/cspell'),
  ['lint', '--no-progress', '--no-summary'],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
if (spelling.status !== 0) {
  console.error(spelling.stdout + spelling.stderr);
  console.error(
    'A word that is right goes into scripts/words/project-words.txt; American spelling otherwise.',
  );
}
console.log(
  `words: ${files.length} files, ${failures.length} phrases to replace, ${violations.length - failures.length} known ones left, spelling ${spelling.status === 0 ? 'right' : 'wrong'}`,
);
process.exitCode = failures.length > 0 || spelling.status !== 0 ? 1 : 0;
