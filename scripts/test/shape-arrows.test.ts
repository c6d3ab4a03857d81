import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrows, checkImport } from '../shape/arrows.js';

const packages = Object.keys(arrows);
const root = join(import.meta.dirname, '../..');

describe('import rules between packages', () => {
  it('have no circles', () => {
    const walk = (name: string, path: string[] = []): void => {
      expect(path).not.toContain(name);
      for (const next of arrows[name.split('/')[0] ?? ''] ?? [])
        walk(next.split('/')[0] ?? '', [...path, name]);
    };
    for (const name of packages) walk(name);
  });

  it('have a row for every package', () => {
    expect(packages).toEqual(expect.arrayContaining(readdirSync(join(root, 'packages'))));
  });

  it('refuse a package without a row', () => {
    expect(checkImport('packages/newcomer/src/a.ts', 'node:fs', [...packages, 'newcomer'])).toMatch(
      /newcomer has no row: add one to scripts\/shape\/arrows.ts/,
    );
  });

  it.each([
    ['packages/mcas-client/src/a.ts', 'o365-activity-client'],
    ['packages/client-core/src/a.ts', 'mcas-client'],
    ['packages/audit-emulator/src/a.ts', '@repo/client-core'],
    ['packages/audit-emulator/test/a.test.ts', 'mcas-client'],
    ['packages/mcas-client/src/a.ts', 'o365-activity-client/records'],
    ['packages/mcas-client/src/a.ts', 'audit-emulator'],
    ['packages/mcas-client/src/a.ts', '@repo/test-kit'],
    ['packages/mcas-client/src/a.ts', '../../client-core/src/http.js'],
    ['packages/audit-rules/src/a.ts', 'o365-activity-client'],
    ['packages/audit-rules/src/a.ts', 'audit-pipeline'],
    ['packages/audit-pipeline/src/a.ts', 'audit-rules'],
    ['packages/test-kit/src/a.ts', 'mcas-client'],
  ])('%s may not import %s', (file, specifier) => {
    expect(checkImport(file, specifier, packages)).toContain(specifier);
  });

  it.each([
    ['packages/mcas-client/src/a.ts', '@repo/client-core'],
    ['packages/mcas-client/test/a.test.ts', 'audit-emulator'],
    ['packages/mcas-client/test/a.test.ts', '@repo/test-kit'],
    ['packages/mcas-client/test/a.test.ts', '../src/y.js'],
    ['packages/audit-rules/src/a.ts', 'o365-activity-client/records'],
    ['examples/demo/main.ts', 'mcas-client'],
    ['packages/audit-pipeline/src/a.ts', 'ky'],
  ])('%s may import %s', (file, specifier) => {
    expect(checkImport(file, specifier, packages)).toBeUndefined();
  });
});
