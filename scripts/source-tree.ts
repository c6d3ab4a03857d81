import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders below each package's `src`, a line per package, as docs/architecture.md shows them. */
export function describeSourceTree(root: string): string {
  const packages = readdirSync(join(root, 'packages')).filter((name) =>
    existsSync(join(root, 'packages', name, 'src')),
  );
  return packages
    .toSorted()
    .map((name) => {
      const folders = getFolders(join(root, 'packages', name, 'src')).map((folder) => `${folder}/`);
      return `${`${name}/src`.padEnd(26)}${folders.join(' ')}`.trimEnd();
    })
    .join('\n');
}

function getFolders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

const pattern = /(<!-- source tree -->\n+```\n).*?(```)/s;

/** The same text with the current tree after its mark. */
export function withSourceTree(markdown: string, tree: string): string {
  return markdown.replace(pattern, (_all, start: string, end: string) => `${start}${tree}\n${end}`);
}
