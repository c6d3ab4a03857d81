import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { PackageEntries } from './import-graph.js';
import { parseSourceFile, type SourceFile } from './source-file.js';

export interface Repository {
  files: readonly SourceFile[];
  /** Folder names below `packages`. */
  packages: readonly string[];
  entries: PackageEntries;
  /** Files that somebody outside imports or runs: what they export is used. */
  roots: ReadonlySet<string>;
}

interface Manifest {
  name: string;
  private?: boolean;
  exports?: Record<string, string | Record<string, string>>;
}

/** Reads every TypeScript file of a checkout that git knows or would add. */
export function readRepository(root: string): Repository {
  const paths = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
    .split('\n')
    .filter((path) => /^(packages|examples|scripts)\//.test(path) && existsSync(join(root, path)));
  const files = paths.map((path) => parseSourceFile(path, readFileSync(join(root, path), 'utf8')));
  const packages = [
    ...new Set(paths.flatMap((path) => /^packages\/([^/]+)\//.exec(path)?.[1] ?? [])),
  ].toSorted();
  const entries = new Map<string, string>();
  const roots = new Set<string>();
  for (const name of packages) readManifest(root, name, entries, roots);
  for (const path of paths) if (path.endsWith('tsup.config.ts')) addBuiltFiles(root, path, roots);
  // Snippets are shown in the docs, not imported.
  for (const { file } of files)
    if (file.endsWith('.config.ts') || file.startsWith('examples/snippets/')) roots.add(file);
  return { files, packages, entries, roots };
}

function readManifest(root: string, folder: string, entries: Map<string, string>, roots: Set<string>): void {
  const path = join(root, 'packages', folder, 'package.json');
  if (!existsSync(path)) return;
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  for (const [entry, value] of Object.entries(manifest.exports ?? {})) {
    const source = typeof value === 'string' ? value : value['@repo/source'];
    if (!source?.endsWith('.ts')) continue;
    const file = posix.join('packages', folder, source);
    entries.set(posix.join(manifest.name, entry), file);
    // A private package has no users outside: its entries must be used inside.
    if (!manifest.private) roots.add(file);
  }
}

function addBuiltFiles(root: string, path: string, roots: Set<string>): void {
  for (const [, file = ''] of readFileSync(join(root, path), 'utf8').matchAll(/'(src\/[^']+\.ts)'/g))
    roots.add(posix.join(posix.dirname(path), file));
}
