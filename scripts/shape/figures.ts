/**
 * Prints the shape of a checkout in a few numbers, to compare two commits:
 * `tsx scripts/shape/figures.ts [folder of a checkout]`.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { buildGraph, findCircles } from './import-graph.js';
import { readRepository } from './repository.js';

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '../..'));
const { files, packages, entries } = readRepository(root);
const sources = files.filter(({ file }) => /^packages\/[^/]+\/src\//.test(file));
const folders = new Map<string, number>();
for (const { file } of sources) {
  const folder = posix.dirname(file);
  folders.set(folder, (folders.get(folder) ?? 0) + 1);
}
const [largest = ['', 0]] = [...folders].toSorted(([, a], [, b]) => b - a);
const functions = sources.flatMap((source) => source.functions.map((one) => ({ ...one, file: source.file })));
const [longest] = functions.toSorted((a, b) => b.lines - a.lines);
const circles = findCircles(buildGraph(sources, entries));
const spreads = (list: typeof files): number => list.reduce((sum, one) => sum + one.conditionalSpreads, 0);
const texts = sources.map(({ file }) => readFileSync(join(root, file), 'utf8'));
const count = (pattern: RegExp): number =>
  texts.reduce((sum, text) => sum + [...text.matchAll(pattern)].length, 0);

console.log(`source files in packages/*/src             ${sources.length}`);
console.log(`files in the fullest folder                ${largest[1]} (${largest[0]})`);
console.log(
  `folders with more than 12 source files     ${[...folders.values()].filter((n) => n > 12).length}`,
);
console.log(
  `functions over 80 lines                    ${functions.filter(({ lines }) => lines > 80).length} (longest: ${longest?.name} ${longest?.lines})`,
);
console.log(
  `import circles, types counted              ${circles.length} (files in them: ${circles.flat().length})`,
);
console.log(`conditional spreads in packages/*/src      ${spreads(sources)}`);
console.log(
  `conditional spreads everywhere             ${spreads(files.filter(({ file }) => !file.includes('.generated.')))}`,
);
console.log(`classes that extend Error directly         ${count(/class \w+(?:<[^>]*>)? extends Error\b/g)}`);
console.log(`hand-written "static isInstance"           ${count(/static isInstance\b[^;{]*\{/g)}`);
console.log(
  `files that brand errors by a symbol        ${texts.filter((text) => text.includes('Symbol.for(') && /Error\b/.test(text)).length}`,
);
for (const name of packages)
  for (const report of findReports(name))
    console.log(`public names of ${report.padEnd(34)}${countNames(join(root, 'docs/api', report))}`);

function findReports(name: string): string[] {
  const folder = join(root, 'docs/api');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((file) => file.startsWith(`${name}.`));
}

/** Exported names of an API report; names that it only repeats from another entry count where they are declared. */
function countNames(path: string): number {
  const text = readFileSync(path, 'utf8');
  const declared = /^export (?:declare )?(?:abstract )?(?:class|const|function|interface|type|enum) (\w+)/gm;
  const passedOn = /^export \{ (\w+) \}/gm;
  return new Set([...text.matchAll(declared), ...text.matchAll(passedOn)].map(([, name]) => name)).size;
}
