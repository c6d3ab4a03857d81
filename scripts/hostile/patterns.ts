/** No regular expression of the sources may backtrack: each is proven safe by recheck, or is on the list with a reason. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkPatterns, findPatterns } from './check-patterns.js';
import type { PartResult } from './part.js';

/** Patterns of a file or folder that are not proven safe, and why they do no harm; of paths only (`^/`) or all. */
interface Accepted {
  file: string;
  pattern?: string;
  reason: string;
}

export async function run(): Promise<PartResult> {
  const root = resolve(import.meta.dirname, '../..');
  const path = join(root, 'scripts/hostile/accepted-patterns.json');
  const accepted = JSON.parse(readFileSync(path, 'utf8')) as readonly Accepted[];
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'packages/*/src/*.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(Boolean);
  const verdicts = await checkPatterns(findPatterns(root, files));
  const unsafe = verdicts.filter(({ status }) => status !== 'safe');
  const covers = (one: Accepted, { file, source }: { file: string; source: string }): boolean =>
    file.startsWith(one.file) && (one.pattern === undefined || source.startsWith('^\\/'));
  const isAccepted = (verdict: { file: string; source: string }): boolean =>
    accepted.some((one) => covers(one, verdict));
  const unused = accepted.filter((one) => !unsafe.some((verdict) => covers(one, verdict)));
  return {
    figures: [
      `${verdicts.length} regular expressions, ${verdicts.length - unsafe.length} proven safe, ${unsafe.filter(isAccepted).length} accepted with a reason`,
    ],
    failures: [
      ...unsafe
        .filter((verdict) => !isAccepted(verdict))
        .map(
          ({ file, line, source, flags, status, detail }) =>
            `${file}:${line}: /${source}/${flags} is ${status} (${detail}): use a linear scan`,
        ),
      ...unused.map(({ file }) => `accepted-patterns.json: nothing of ${file} needs it any more: remove it`),
    ],
  };
}
