import { posix } from 'node:path';
import type { SourceFile } from './source-file.js';

/** Where the specifiers of this repository's packages lead: `mcas-client/feed` → `packages/mcas-client/src/feed.ts`. */
export type PackageEntries = ReadonlyMap<string, string>;

/** The file a specifier of `file` names, or undefined when it is none of `known`. */
export function resolveSpecifier(
  file: string,
  specifier: string,
  known: ReadonlySet<string>,
  entries: PackageEntries,
): string | undefined {
  const entry = entries.get(specifier);
  if (entry) return entry;
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.normalize(posix.join(posix.dirname(file), specifier));
  return [path.replace(/\.js$/, '.ts'), path, `${path}.ts`].find((candidate) => known.has(candidate));
}

/** Groups of files that import each other, types included, each sorted. A file that imports itself is one too. */
export function findCircles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const reach = new Map([...graph.keys()].map((file) => [file, getReachable(graph, file)]));
  const grouped = new Set<string>();
  const circles: string[][] = [];
  for (const [file, reachable] of reach) {
    if (grouped.has(file) || !reachable.has(file)) continue;
    const circle = [...reachable].filter((other) => reach.get(other)?.has(file)).toSorted();
    for (const member of circle) grouped.add(member);
    circles.push(circle);
  }
  return circles;
}

function getReachable(graph: ReadonlyMap<string, readonly string[]>, start: string): Set<string> {
  const reached = new Set<string>();
  const pending = [...(graph.get(start) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...(graph.get(next) ?? []));
  }
  return reached;
}

/** Which file imports which, type-only imports included. */
export function buildGraph(
  files: readonly SourceFile[],
  entries: PackageEntries,
): ReadonlyMap<string, readonly string[]> {
  const known = new Set(files.map(({ file }) => file));
  return new Map(
    files.map(({ file, imports }) => [
      file,
      imports.flatMap(({ specifier }) => resolveSpecifier(file, specifier, known, entries) ?? []),
    ]),
  );
}

/** Exported names per file that no other file imports. Files of `roots` are entries: what they export is used. */
export function findUnusedExports(
  files: readonly SourceFile[],
  entries: PackageEntries,
  roots: ReadonlySet<string>,
): { file: string; name: string }[] {
  const byName = new Map(files.map((source) => [source.file, source]));
  const known = new Set(byName.keys());
  const used = new Map<string, Set<string>>();
  const use = (file: string, name: string): void => {
    const names = used.get(file) ?? new Set();
    if (names.has(name)) return;
    used.set(file, names.add(name));
    // What a file passes on with `export *` is used where the file's name is.
    for (const specifier of byName.get(file)?.passesAllOn ?? []) {
      const target = resolveSpecifier(file, specifier, known, entries);
      if (target) use(target, name);
    }
  };
  for (const source of files) {
    if (roots.has(source.file)) use(source.file, '*');
    for (const { specifier, names } of source.imports) {
      const target = resolveSpecifier(source.file, specifier, known, entries);
      if (!target || target === source.file) continue;
      const passed = source.passesAllOn.includes(specifier);
      for (const name of names) if (name !== '*' || !passed) use(target, name);
    }
  }
  return files.flatMap(({ file, exports }) => {
    const names = used.get(file);
    if (names?.has('*')) return [];
    return exports.filter((name) => !names?.has(name)).map((name) => ({ file, name }));
  });
}
