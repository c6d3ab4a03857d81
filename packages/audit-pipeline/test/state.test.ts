import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StateLockedError, StateVersionError, memoryState, sqliteState } from '../src/index.js';
import type { State } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'audit-state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const freshFile = () => join(folder, `state-${count++}.db`);

const delta = (cursor: string, add: string[], expire: string[] = []) => ({
  cursor,
  add: add.map((id) => ({ id, expires: 1e15 })),
  expire,
});

describe.each<[string, () => Promise<State>]>([
  ['memoryState', async () => memoryState()],
  ['sqliteState', async () => sqliteState(freshFile())],
])('%s', (_name, open) => {
  it('starts empty', async () => {
    const state = await open();
    expect(await state.load()).toEqual({ seen: [], keys: [], attachments: [] });
    await state.close();
  });

  it('applies deltas and keys', async () => {
    const state = await open();
    await state.commit([{ id: 'a', delta: delta('1', ['a', 'b']), keys: [{ id: 'r1', expires: 1e15 }] }]);
    await state.commit([{ id: 'c', delta: delta('2', ['c'], ['a']) }]);
    const saved = await state.load();
    expect(saved.cursor).toBe('2');
    expect([...(saved.seen ?? [])].map((one) => one.id).toSorted()).toEqual(['b', 'c']);
    expect(saved.keys).toEqual([{ id: 'r1', expires: 1e15 }]);
    await state.close();
  });

  it('has one writer at a time', async () => {
    const state = await open();
    const lock = await state.lock();
    await expect(state.lock()).rejects.toThrow(StateLockedError);
    await lock.release();
    await (await state.lock()).release();
    await state.close();
  });
});

describe('sqliteState', () => {
  it('survives being reopened and refuses a second holder of the file', async () => {
    const file = freshFile();
    const first = await sqliteState(file);
    await first.lock();
    await first.commit([{ id: 'a', delta: delta('1', ['a']) }]);
    const second = await sqliteState(file);
    await expect(second.lock()).rejects.toThrow(/held by another process/);
    await first.close();
    await (await second.lock()).release();
    expect((await second.load()).cursor).toBe('1');
    await second.close();
  });

  it('can be read while another process holds it, and by nobody else locked', async () => {
    const file = freshFile();
    const collector = await sqliteState(file);
    await collector.lock();
    await collector.commit([{ id: 'a', delta: delta('1', ['a']), keys: [{ id: 'r', expires: 1e15 }] }]);
    const reader = await sqliteState(file);
    expect(await reader.load()).toEqual({
      cursor: '1',
      seen: [{ id: 'a', expires: 1e15 }],
      keys: [{ id: 'r', expires: 1e15 }],
      attachments: [],
    });
    await collector.commit([{ id: 'b', delta: delta('2', ['b']) }]);
    expect((await reader.load()).cursor).toBe('2');
    // To write it must still wait.
    await expect(reader.commit([{ id: 'c', delta: delta('3', ['c']) }])).rejects.toThrow(StateLockedError);
    await collector.close();
    // A collector can start while someone reads.
    const next = await sqliteState(file);
    const [lock, saved] = await Promise.all([next.lock(), reader.load()]);
    expect(saved.cursor).toBe('2');
    await lock.release();
    await Promise.all([next.close(), reader.close()]);
  });

  it('refuses a newer schema and leaves the file alone', async () => {
    const file = freshFile();
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version=99');
    db.close();
    await expect((await sqliteState(file)).lock()).rejects.toThrow(StateVersionError);
    await expect((await sqliteState(file)).load()).rejects.toThrow(/version 99.*knows 3/);
  });

  it('forgets keys whose time has passed', async () => {
    let now = 1000;
    const state = await sqliteState(freshFile(), { clock: { now: () => now, sleep: async () => {} } });
    await state.commit([{ id: 'a', delta: delta('1', []), keys: [{ id: 'old', expires: 1500 }] }]);
    now = 2000;
    await state.commit([{ id: 'b', delta: delta('2', []), keys: [{ id: 'new', expires: 3000 }] }]);
    expect((await state.load()).keys.map((key) => key.id)).toEqual(['new']);
    await state.close();
  });
});
