import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stateConformance } from '../src/conformance.js';
import { memoryState, sqliteState } from '../src/index.js';
import type { State } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'audit-conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('memoryState', () => {
  for (const { name, run } of stateConformance({ create: async () => memoryState() })) it(name, run);
});

describe('sqliteState', () => {
  const files = new Map<State, string>();
  const cases = stateConformance({
    create: async () => {
      const file = join(folder, `${files.size}.db`);
      const state = await sqliteState(file);
      files.set(state, file);
      return state;
    },
    reopen: (state) => sqliteState(files.get(state) as string),
  });
  for (const { name, run } of cases) it(name, run);
});

describe('a state that breaks its promise', () => {
  const broken: [string, Partial<State>][] = [
    ['forgets what it was told', { commit: async () => {} }],
    ['lets everyone write', { lock: async () => ({ release: async () => {} }) }],
    ['belongs to anyone', { identify: async () => {} }],
  ];
  it.each(broken)('is found out when it %s', async (_name, part) => {
    const cases = stateConformance({ create: async () => ({ ...memoryState(), ...part }) });
    const outcomes = await Promise.allSettled(cases.map(({ run }) => run()));
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
  });
});
