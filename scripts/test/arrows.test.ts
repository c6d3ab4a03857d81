import { describe, expect, it } from 'vitest';
import { arrows, wrongArrows } from '../arrows.js';

describe('arrows between packages', () => {
  it('have no circles', () => {
    const below = (room: string, path: string[] = []): void => {
      expect(path).not.toContain(room);
      for (const next of arrows[room] ?? []) below(next, [...path, room]);
    };
    for (const room of Object.keys(arrows)) below(room);
  });

  it.each([
    ['packages/mcas-client/src/a.ts', "import { x } from 'o365-activity-client';"],
    ['packages/client-core/src/a.ts', "import { x } from 'mcas-client';"],
    ['packages/audit-emulator/src/a.ts', "import { x } from '@repo/client-core';"],
    ['packages/audit-emulator/test/a.test.ts', "const x = await import('mcas-client');"],
    ['packages/mcas-client/src/a.ts', "export * from 'o365-activity-client/records';"],
    ['packages/mcas-client/src/a.ts', "import { x } from 'audit-emulator';"],
    ['packages/mcas-client/src/a.ts', "import { x } from '../../client-core/src/http.js';"],
  ])('%s with %s is wrong', (file, source) => {
    expect(wrongArrows(file, source)).not.toEqual([]);
  });

  it.each([
    ['packages/mcas-client/src/a.ts', "import { x } from '@repo/client-core';"],
    [
      'packages/mcas-client/test/a.test.ts',
      "import { x } from 'audit-emulator'; import { y } from '../src/y.js';",
    ],
    ['examples/demo/main.ts', "import { x } from 'mcas-client';"],
    ['packages/audit-pipeline/src/a.ts', "import ky from 'ky';"],
  ])('%s with %s is right', (file, source) => {
    expect(wrongArrows(file, source)).toEqual([]);
  });
});
