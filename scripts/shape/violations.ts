import { posix } from 'node:path';
import { checkImport, getPackage } from './arrows.js';
import { buildGraph, findCircles, findUnusedExports } from './import-graph.js';
import type { Repository } from './repository.js';
import type { SourceFile } from './source-file.js';

export interface ShapeLimits {
  filesPerFolder: number;
  linesPerFile: number;
  linesPerFunction: number;
  /** Path prefixes and suffixes (`*.generated.ts`) of data tables and generated files: no limit of lines. */
  dataFiles: readonly string[];
}

/**
 * `key` is the same after a file moved to another folder of its package, so that the ratchet survives moves; `size` is
 * what must not grow.
 */
export interface Violation {
  key: string;
  size: number;
  message: string;
}

/** Everything in the repository that is over a limit, sorted by key. */
export function findViolations(repository: Repository, limits: ShapeLimits): Violation[] {
  const { files, packages, entries, roots } = repository;
  const sources = files.filter(({ file }) => isSource(file));
  return [
    ...checkFolders(sources, limits),
    ...sources.flatMap((source) => checkLengths(source, limits)),
    ...findCircles(buildGraph(files, entries)).map(describeCircle),
    ...files.flatMap(({ file, imports }) =>
      imports.flatMap(({ specifier }) => {
        const wrong = checkImport(file, specifier, packages);
        return wrong
          ? [{ key: `import ${getPackage(file)} ${specifier}`, size: 1, message: `${file}: ${wrong}` }]
          : [];
      }),
    ),
    ...findUnusedExports(files, entries, roots).map(({ file, name }) => ({
      key: `unused-export ${getPackage(file)} ${name}`,
      size: 1,
      message: `${file}: nobody imports ${name}: drop "export", or delete it`,
    })),
  ].toSorted((a, b) => a.key.localeCompare(b.key));
}

/** Limits of size hold for what is shipped or run, not for tests. */
function isSource(file: string): boolean {
  return !/(^|\/)test\//.test(file) && /^(packages\/[^/]+\/src|scripts|examples)\//.test(file);
}

function isData(file: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.startsWith('*') ? file.endsWith(pattern.slice(1)) : file.startsWith(pattern),
  );
}

function checkFolders(sources: readonly SourceFile[], { filesPerFolder }: ShapeLimits): Violation[] {
  const counts = new Map<string, number>();
  for (const { file } of sources) {
    const folder = posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > filesPerFolder)
    .map(([folder, count]) => ({
      key: `folder ${folder}`,
      size: count,
      message: `${folder}: ${count} source files, at most ${filesPerFolder}: move files that share an idea into a folder named after it`,
    }));
}

function checkLengths(source: SourceFile, limits: ShapeLimits): Violation[] {
  const { file, lines, functions } = source;
  if (isData(file, limits.dataFiles)) return [];
  const violations: Violation[] = [];
  if (lines > limits.linesPerFile)
    violations.push({
      key: `file ${getPackage(file)} ${posix.basename(file)}`,
      size: lines,
      message: `${file}: ${lines} lines, at most ${limits.linesPerFile}: split it, one idea per file (a data table goes on the list "dataFiles")`,
    });
  for (const { name, line, lines: length } of functions)
    if (length > limits.linesPerFunction)
      violations.push({
        key: `function ${getPackage(file)} ${name}`,
        size: length,
        message: `${file}:${line}: ${name} has ${length} lines, at most ${limits.linesPerFunction}: extract named steps, or make the shared variables a class`,
      });
  return violations;
}

function describeCircle(circle: readonly string[]): Violation {
  return {
    key: `circles ${getPackage(circle[0] ?? '')}`,
    size: circle.length,
    message: `import circle (types counted): ${circle.join(', ')}: move what they share into a file of its own`,
  };
}
