import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { snippetsOf, unmarkedCode, withSnippets } from '../snippets.js';
import { describeSourceTree, withSourceTree } from '../source-tree.js';

const root = resolve(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(
    (file) =>
      file &&
      !file.startsWith('.changeset/') &&
      !file.startsWith('docs/api/') &&
      existsSync(join(root, file)),
  );
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('snippets', () => {
  it('finds a marked fence and the unmarked ones', () => {
    const markdown = '<!-- snippet: a.ts -->\n\n```ts\nold\n```\n\n```ts\nloose\n```\n';
    expect(snippetsOf(markdown)).toEqual([{ path: 'a.ts', code: 'old\n' }]);
    expect(unmarkedCode(markdown)).toBe(1);
    expect(withSnippets(markdown, () => 'new\n')).toContain('```ts\nnew\n```');
  });
});

describe('docs/architecture.md', () => {
  it('shows the folders as they are (scripts/update-snippets.ts writes them)', () => {
    const markdown = read('docs/architecture.md');
    expect(markdown).toContain('<!-- source tree -->');
    expect(withSourceTree(markdown, describeSourceTree(root))).toBe(markdown);
    expect(withSourceTree(markdown, 'other')).not.toBe(markdown);
  });
});

describe.each(files)('%s', (file) => {
  const markdown = read(file);

  it('shows code as it is in its files, and none that nobody checks', () => {
    for (const { path, code } of snippetsOf(markdown)) expect(code, path).toBe(read(path));
    expect(unmarkedCode(markdown)).toBe(0);
  });

  it('links to files that exist', () => {
    const links = [...markdown.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
    for (const link of links) expect(existsSync(join(root, dirname(file), link)), link).toBe(true);
  });

  it('names root scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const builtIn = ['install', 'exec', 'changeset', 'add', 'dlx'];
    const named = [...markdown.matchAll(/\bpnpm(?:@12)? ([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    for (const name of named.filter((one) => !builtIn.includes(one)))
      expect(scripts, name).toHaveProperty([name]);
  });
});
