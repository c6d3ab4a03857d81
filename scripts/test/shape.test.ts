import { describe, expect, it } from 'vitest';
import { compareWithRatchet, shrinkRatchet } from '../shape/ratchet.js';
import { parseSourceFile } from '../shape/source-file.js';
import { findViolations } from '../shape/violations.js';

const limits = { filesPerFolder: 2, linesPerFile: 10, linesPerFunction: 4, dataFiles: ['*.generated.ts'] };
const folder = 'packages/mcas-client/src';

function find(texts: Record<string, string>, roots: string[] = Object.keys(texts)): string[] {
  const files = Object.entries(texts).map(([file, text]) => parseSourceFile(file, text));
  const entries = new Map([['@repo/client-core', 'packages/client-core/src/index.ts']]);
  const repository = { files, packages: ['mcas-client', 'client-core'], entries, roots: new Set(roots) };
  return findViolations(repository, limits).map(({ key }) => key);
}

describe('shape check', () => {
  it('counts source files per folder, not tests', () => {
    const names = ['a', 'b', 'c'];
    expect(find(Object.fromEntries(names.map((name) => [`${folder}/${name}.ts`, ''])))).toEqual([
      `folder ${folder}`,
    ]);
    expect(
      find(Object.fromEntries(names.map((name) => [`packages/mcas-client/test/${name}.test.ts`, '']))),
    ).toEqual([]);
  });

  it('counts lines per file, except of generated ones', () => {
    const long = '// line\n'.repeat(11);
    expect(find({ [`${folder}/a.ts`]: long })).toEqual(['file mcas-client a.ts']);
    expect(find({ [`${folder}/a.ts`]: '// line\n'.repeat(10) })).toEqual([]);
    expect(find({ [`${folder}/a.generated.ts`]: long })).toEqual([]);
  });

  it.each([
    ['function f() {\n\n\n\n}', 'f'],
    ['const f = () => {\n\n\n\n};', 'f'],
    ['const o = { f: function () {\n\n\n\n} };', 'f'],
    ['class C { m() {\n\n\n\n} }', 'm'],
    ['class C { constructor() {\n\n\n\n} }', 'C.constructor'],
    ['call(async () => {\n\n\n\n});', 'call()'],
  ])('measures %j', (text, name) => {
    expect(find({ [`${folder}/a.ts`]: text })).toEqual([`function mcas-client ${name}`]);
    expect(find({ [`${folder}/a.ts`]: text.replace('\n', '') })).toEqual([]);
  });

  it.each([
    ["import type { B } from './b.js';", "import { A } from './a.js';"],
    ["export { B } from './b.js';", "export type X = import('./a.js').A;"],
    ["export * from './b.js';", "const a = await import('./a.js');"],
  ])('finds a circle of %j and %j', (a, b) => {
    expect(find({ [`${folder}/a.ts`]: a, [`${folder}/b.ts`]: b })).toEqual(['circles mcas-client']);
  });

  it('finds exports that nobody imports', () => {
    const text = 'export const used = 1; export const unused = 2; export interface Unused {}';
    const found = find(
      { [`${folder}/a.ts`]: text, [`${folder}/index.ts`]: "export { used } from './a.js';" },
      [`${folder}/index.ts`],
    );
    expect(found).toEqual(['unused-export mcas-client unused', 'unused-export mcas-client Unused']);
  });

  it('counts an export as used through export *, a namespace, a dynamic import and a package entry', () => {
    const main = [
      "export * from './b.js'; import * as c from './c.js'; const { d } = await import('./d.js');",
      "import { e } from '@repo/client-core';",
    ].join('');
    const files: Record<string, string> = {
      [`${folder}/index.ts`]: main,
      'packages/mcas-client/src/x/b.ts': 'export const unused = 1;',
    };
    for (const name of ['b', 'c', 'd']) files[`${folder}/${name}.ts`] = `export const ${name} = 1;`;
    files['packages/client-core/src/index.ts'] = "export { e, f } from './e.js';";
    files['packages/client-core/src/e.ts'] = 'export const e = 1, f = 2;';
    expect(find(files, [`${folder}/index.ts`])).toEqual([
      `folder ${folder}`,
      'unused-export client-core f',
      'unused-export mcas-client unused',
    ]);
  });

  it('reports an import that the rules refuse', () => {
    expect(find({ 'packages/client-core/src/a.ts': "import { x } from 'mcas-client';" })).toEqual([
      'import client-core mcas-client',
    ]);
  });
});

describe('list of known violations', () => {
  const violation = (key: string, size: number) => ({ key, size, message: key });

  it('lets pass what it knows, and fails what is new or has grown', () => {
    const { failures, stale } = compareWithRatchet(
      [violation('known', 3), violation('grown', 5), violation('new', 1)],
      { known: 3, grown: 4, repaired: 2 },
    );
    expect(failures.map(({ key }) => key)).toEqual(['grown', 'new']);
    expect(stale).toEqual(['repaired']);
  });

  it('counts violations of one key together', () => {
    const two = [violation('circles a', 2), violation('circles a', 3)];
    expect(compareWithRatchet(two, { 'circles a': 5 }).failures).toEqual([]);
    expect(compareWithRatchet(two, { 'circles a': 4 }).failures).toHaveLength(2);
  });

  it('only shrinks', () => {
    expect(
      shrinkRatchet([violation('smaller', 1), violation('grown', 9), violation('new', 1)], {
        smaller: 2,
        grown: 4,
        gone: 1,
      }),
    ).toEqual({ smaller: 1, grown: 4 });
  });
});
