import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { azureState } from '../src/azure.js';
import { stateConformance } from '../src/conformance.js';
import { StateLockedError, StateVersionError } from '../src/index.js';
import type { State } from '../src/index.js';
import { createAccount } from './azure/account.js';
import type { Account } from './azure/account.js';
import { startAzurite } from './azure/azurite.js';
import type { Azurite } from './azure/azurite.js';

let azurite: Azurite;
let account: Account;
let count = 0;

beforeAll(async () => {
  azurite = await startAzurite();
  account = await createAccount(azurite.connectionString);
}, 40_000);
afterAll(() => azurite.stop());

const open = (name: string): State =>
  azureState({ tables: account.tables, container: account.container, name, leaseInSeconds: 15 });
const delta = (cursor: string, add: string[] = [], expire: string[] = []) => ({
  cursor,
  add: add.map((id) => ({ id, expires: 4e12 })),
  expire,
});
const idsOf = (all: Iterable<{ id: string }> | undefined) => [...(all ?? [])].map(({ id }) => id);

describe('azureState', () => {
  const names = new Map<State, string>();
  const cases = stateConformance({
    create: async () => {
      const name = `c${count++}`;
      const state = open(name);
      names.set(state, name);
      return state;
    },
    reopen: async (state) => open(names.get(state) as string),
  });
  for (const { name, run } of cases) it(name, run);

  it('saves a unit of more rows and records than one transaction takes', async () => {
    const state = open('large');
    const lock = await state.lock();
    const many = Array.from({ length: 250 }, (_, n) => `unit ${n}`);
    const keys = Array.from({ length: 30_000 }, (_, n) => ({
      id: `${n}-${'x'.repeat(40)}`,
      expires: 4e12,
    }));
    await state.commit([{ id: 'u', delta: delta('c'.repeat(100_000), many), keys }]);
    await state.commit([{ id: 'v', delta: delta('d', [], many.slice(0, 240)) }]);
    const saved = await state.load();
    expect(idsOf(saved.seen).toSorted()).toEqual(many.slice(240).toSorted());
    expect(saved.keys).toHaveLength(30_000);
    expect(saved.cursor).toBe('d');
    await lock.release();
  });

  it('fences a writer whose lease has been taken over: its commit changes nothing', async () => {
    const first = open('fenced');
    await first.lock();
    await first.commit([{ id: 'a', delta: delta('1', ['a']) }]);
    await account.container.getBlockBlobClient('fenced.lock').getBlobLeaseClient().breakLease(0);
    const second = open('fenced');
    const lock = await second.lock();
    await expect(first.commit([{ id: 'b', delta: delta('2', ['b']) }])).rejects.toThrow(StateLockedError);
    const saved = await second.load();
    expect([saved.cursor, idsOf(saved.seen)]).toEqual(['1', ['a']]);
    await second.commit([{ id: 'c', delta: delta('3', ['c']) }]);
    expect((await second.load()).cursor).toBe('3');
    await lock.release();
    await first.close();
  });

  it('stops before its next commit when the lease could not be renewed', async () => {
    let now = Date.now();
    const never = new Promise<void>(() => {});
    const state = azureState({
      ...account,
      tables: account.tables,
      name: 'late',
      clock: { now: () => now, sleep: (_ms, signal) => Promise.race([never, aborted(signal)]) },
    });
    const lock = await state.lock();
    await state.commit([{ id: 'a', delta: delta('1') }]);
    now += 30_000;
    await expect(state.commit([{ id: 'b', delta: delta('2') }])).rejects.toThrow(StateLockedError);
    expect((await state.load()).cursor).toBe('1');
    await lock.release();
  });

  it('waits as the passive one until the active one ends', async () => {
    const active = open('passive');
    const lock = await active.lock();
    let waits = 0;
    const passive = azureState({
      tables: account.tables,
      container: account.container,
      name: 'passive',
      onLocked: 'wait',
      clock: {
        now: () => Date.now(),
        sleep: async (ms, signal) => {
          // Its pauses while it waits; later ones keep the lease.
          if (ms !== 5000) return aborted(signal);
          waits += 1;
          if (waits === 2) await lock.release();
        },
      },
    });
    const second = await passive.lock();
    expect(waits).toBe(2);
    await second.release();
  });

  it('refuses a newer schema naming both versions, and leaves it alone', async () => {
    const row = { partitionKey: 'state-newer', rowKey: 'meta', schema: 9, epoch: 'other' };
    await account.tables.createEntity(row);
    const state = open('newer');
    await expect(state.lock()).rejects.toThrow(StateVersionError);
    await expect(state.load()).rejects.toThrow(/version 9.*knows 2/);
    expect(await account.tables.getEntity('state-newer', 'meta')).toMatchObject({ epoch: 'other' });
  });
});

function aborted(signal?: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
