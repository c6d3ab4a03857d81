import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { withSnippets } from './snippets.js';
import { describeSourceTree, withSourceTree } from './source-tree.js';

const tree = describeSourceTree('.');

for (const file of execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean)) {
  const before = readFileSync(file, 'utf8');
  const after = withSourceTree(
    withSnippets(before, (path) => readFileSync(path, 'utf8')),
    tree,
  );
  if (after !== before) writeFileSync(file, after);
}
