import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { withSnippets } from './snippets.js';

for (const file of execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean)) {
  const before = readFileSync(file, 'utf8');
  const after = withSnippets(before, (path) => readFileSync(path, 'utf8'));
  if (after !== before) writeFileSync(file, after);
}
