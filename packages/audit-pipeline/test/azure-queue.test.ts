import { collect } from '@repo/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  abandonMessage,
  azureState,
  blobDeadLetters,
  deliverMessage,
  runPlanner,
  runWorker,
} from '../src/azure.js';
import { DeadLettersFullError, StateVersionError, UnitUnreadableError, createHealth } from '../src/index.js';
import type { DeadLetter, Sink } from '../src/index.js';
import { createAccount } from './azure/account.js';
import type { Account } from './azure/account.js';
import { startAzurite } from './azure/azurite.js';
import type { Azurite } from './azure/azurite.js';
import { listSource, memorySink } from './parts.js';
import type { ListUnit } from './parts.js';

type Plain = { id: string };
let azurite: Azurite;
let count = 0;

beforeAll(async () => {
  azurite = await startAzurite();
}, 40_000);
afterAll(() => azurite.stop());

const unitsOf = (total: number): ListUnit<Plain>[] =>
  Array.from({ length: total }, (_, unit) => ({
    id: `unit-${unit}`,
    records: [{ id: `${unit}/0` }, { id: `${unit}/1` }],
  }));
const at = (text: unknown): string => Buffer.from(JSON.stringify(text)).toString('base64');

async function setup(units = unitsOf(6)) {
  const name = `queue${count++}`;
  const account: Account = await createAccount(azurite.connectionString, name);
  const { sink, rows } = memorySink();
  const dead: DeadLetter[] = [];
  const deadLetters = { add: async (entry: DeadLetter) => void dead.push(entry) };
  const drain = new AbortController();
  const shared = { tables: account.tables, name, queue: account.queue, deadLetters };
  const state = azureState({ ...account, name });
  const planner = { ...shared, source: listSource(units), state, pollIntervalInMs: 50 };
  const worker = {
    ...shared,
    poisonQueue: account.poison,
    read: listSource(units).open({}).read,
    transform: (record: Plain) => ({ Id: record.id }),
    sink,
    pollIntervalInMs: 20,
    retryDelayInMs: 1,
    drainSignal: drain.signal,
  };
  const waiting = async () => (await account.queue.getProperties()).approximateMessagesCount;
  return { account, planner, worker, rows, dead, drain, state, waiting };
}

describe('planner and workers', () => {
  it('deliver every record and leave nothing on the queue or in the ledger', async () => {
    const { account, planner, worker, rows, drain, state, waiting } = await setup();
    const workers = [runWorker(worker), runWorker(worker)];
    const report = await runPlanner({ ...planner, unitsPerMinute: 60_000 });
    drain.abort();
    const done = await Promise.all(workers);
    expect(report).toMatchObject({ queued: 6, committed: 6, failed: 0 });
    expect(done.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(6);
    expect(rows.map(({ Id }) => Id).toSorted()).toEqual(
      unitsOf(6).flatMap(({ records }) => records.map(({ id }) => id)),
    );
    expect([...((await state.load()).seen ?? [])]).toHaveLength(6);
    const kept = await collect(account.tables.listEntities());
    const open = kept.filter((row) => row.partitionKey?.startsWith('queued-') || row['settled'] === false);
    expect(open).toEqual([]);
    expect(await waiting()).toBe(0);
  });

  it('the planner’s health counts what the workers have done', async () => {
    const { planner, worker, drain } = await setup();
    const health = createHealth({ collector: 'one' });
    const read = async function* (unit: ListUnit<Plain>) {
      if (unit.id === 'unit-2') throw new UnitUnreadableError('expired');
      yield unit.records;
    };
    const transform = ({ id }: Plain) => {
      if (id === '4/0') throw new Error('no row');
      return { Id: id };
    };
    const working = runWorker({ ...worker, read, transform });
    const watched = health.track({ tenantId: 't', source: 'list' }).watch(planner);
    await runPlanner({ ...watched, unitsPerMinute: 60_000 });
    drain.abort();
    await working;
    // Five units of two rows less the one without a row; that one and the unit that cannot be read.
    expect(health.report()).toMatchObject([{ accepted: 9, deadLettered: 2, backlog: 0 }]);
  });

  it('never past an unread unit: what is queued and not done is not committed, nor queued twice', async () => {
    const { planner, worker, state, waiting, rows, drain } = await setup();
    const first = await runPlanner({ ...planner, once: true, unitsPerMinute: 60_000 });
    expect(first).toMatchObject({ queued: 6, committed: 0 });
    expect((await state.load()).cursor).toBeUndefined();
    const second = await runPlanner({ ...planner, once: true });
    expect(second).toMatchObject({ queued: 0, committed: 0 });
    expect(await waiting()).toBe(6);
    const working = runWorker({ ...worker, onDelivered: () => rows.length >= 12 && drain.abort() });
    await working;
    expect(await runPlanner({ ...planner, once: true })).toMatchObject({ queued: 0, committed: 6 });
  });

  it('paces: messages become visible one after another, at the rate of the tenant', async () => {
    const { planner, account } = await setup();
    await runPlanner({ ...planner, once: true, unitsPerMinute: 6 });
    const { receivedMessageItems } = await account.queue.receiveMessages({ numberOfMessages: 32 });
    // The first slot is ten seconds after the start of time: now. The other five are later.
    expect(receivedMessageItems).toHaveLength(1);
    const rows = await collect(account.tables.listEntities<{ visibleAt: string }>());
    const times = rows
      .filter((row) => row.partitionKey?.startsWith('queued-'))
      .map((row) => Number(row.visibleAt))
      .toSorted((a, b) => a - b);
    expect(times.slice(1).map((time, n) => time - (times[n] ?? 0))).toEqual([
      10_000, 10_000, 10_000, 10_000, 10_000,
    ]);
  });

  it('puts a unit that can never be read into the dead letters, and the state moves on', async () => {
    const { planner, worker, dead, drain } = await setup();
    const read = async function* (unit: ListUnit<Plain>) {
      if (unit.id === 'unit-2') throw new UnitUnreadableError('expired');
      yield unit.records;
    };
    const working = runWorker({ ...worker, read });
    const report = await runPlanner({ ...planner, unitsPerMinute: 60_000 });
    drain.abort();
    await working;
    expect(report).toMatchObject({ committed: 5, failed: 1 });
    expect(dead.map(({ unit, reason }) => [unit.id, reason])).toEqual([['unit-2', 'expired']]);
  });

  it('puts a unit on the queue again whose message is lost, also while it follows', async () => {
    const { account, planner, worker, drain } = await setup(unitsOf(1));
    let early = 0;
    let working: Promise<unknown> | undefined;
    const clock = {
      now: () => Date.now() + early,
      sleep: async (_ms: number, signal?: AbortSignal) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        signal?.throwIfAborted();
        if (early === 0) {
          early = 26 * 3_600_000;
          await account.queue.clearMessages();
          return;
        }
        // Only now: a worker that ran beside the clearing could still receive the message that is to be lost.
        working ??= runWorker({ ...worker, onDelivered: () => drain.abort() });
      },
    };
    const state = azureState({ ...account, name: planner.name });
    const report = await runPlanner({ ...planner, state, clock, unitsPerMinute: 60_000 });
    await working;
    expect(report).toMatchObject({ queued: 2, committed: 1 });
  });

  it('commits nothing before the dead letter of a gap is kept', async () => {
    const { planner, worker, drain, state } = await setup(unitsOf(1));
    const source = {
      ...planner.source,
      open: (saved: object) => {
        const run = planner.source.open(saved);
        return {
          ...run,
          async *discover(how: { onGap?(gap: { from: string; to: string; reason: string }): void }) {
            how.onGap?.({ from: 'a', to: 'b', reason: 'too old' });
            yield* run.discover(how);
          },
        };
      },
    };
    const deadLetters = { add: () => Promise.reject(new Error('storage is down')) };
    const working = runWorker({ ...worker, onDelivered: () => drain.abort() });
    await expect(runPlanner({ ...planner, source, deadLetters, unitsPerMinute: 60_000 })).rejects.toThrow(
      'storage is down',
    );
    drain.abort();
    await working;
    expect((await state.load()).cursor).toBeUndefined();
  });

  it('gives a poisonous unit up after some tries: poison queue, dead letters, the others delivered', async () => {
    const { planner, worker, dead, drain, account, rows } = await setup();
    const tries: string[] = [];
    const read = async function* (unit: ListUnit<Plain>) {
      if (unit.id === 'unit-1') {
        tries.push(unit.id);
        throw new Error('breaks');
      }
      yield unit.records;
    };
    const working = runWorker({ ...worker, read, maxRetries: 1 });
    const report = await runPlanner({ ...planner, unitsPerMinute: 60_000 });
    drain.abort();
    expect(await working).toMatchObject({ delivered: 5, failed: 2, poisoned: 1 });
    expect(tries).toHaveLength(2);
    expect(report).toMatchObject({ committed: 5, failed: 1 });
    expect(dead.map(({ unit }) => unit.id)).toEqual(['unit-1']);
    expect((await account.poison.getProperties()).approximateMessagesCount).toBe(1);
    expect(rows).toHaveLength(10);
  }, 20_000);

  it('rejects when nothing can be delivered any more, and keeps every message', async () => {
    const { planner, worker, waiting } = await setup();
    await runPlanner({ ...planner, once: true, unitsPerMinute: 60_000 });
    const refusing: Sink<{ Id: string }> = {
      write: () => Promise.reject(new Error('down')),
      close: async () => {},
    };
    await expect(runWorker({ ...worker, sink: refusing, maxConsecutiveFailures: 3 })).rejects.toThrow('down');
    expect(await waiting()).toBe(6);
  });

  it('renews the message of a unit that takes longer than its visibility', async () => {
    const { planner, worker, rows, drain } = await setup(unitsOf(1));
    const read = async function* (unit: ListUnit<Plain>) {
      await new Promise((resolve) => setTimeout(resolve, 2500));
      yield unit.records;
    };
    const slow = { ...worker, read, visibilityInMs: 1000 };
    const workers = [runWorker(slow), runWorker(slow)];
    await runPlanner({ ...planner, unitsPerMinute: 60_000 });
    drain.abort();
    await Promise.all(workers);
    expect(rows).toHaveLength(2);
  }, 15_000);
});

describe('messages', () => {
  it('of a newer version are left on the queue for a newer worker, and refused naming both versions', async () => {
    const { worker, account, waiting, drain } = await setup();
    await account.queue.sendMessage(at({ v: 2, unit: { id: 'new', records: [] } }));
    const errors: unknown[] = [];
    await runWorker({ ...worker, onFailed: (_unit, error) => (errors.push(error), drain.abort()) });
    expect(StateVersionError.isInstance(errors[0])).toBe(true);
    expect(String(errors[0])).toMatch(/version 2.*knows 1/);
    expect(await waiting()).toBe(1);
  });

  it('of a newer version are not worn out by the tries of old workers', async () => {
    const { worker, account, drain } = await setup();
    await account.queue.sendMessage(at({ v: 2, unit: { id: 'new', records: [] } }));
    let tries = 0;
    const report = await runWorker({
      ...worker,
      retryDelayInMs: 0,
      maxRetries: 1,
      onFailed: () => ++tries === 4 && drain.abort(),
    });
    expect(report).toMatchObject({ failed: 4, poisoned: 0 });
    const { receivedMessageItems } = await account.queue.receiveMessages();
    expect(receivedMessageItems).toMatchObject([{ dequeueCount: 1 }]);
  });

  it('that come back after the commit are not delivered again, until they are forgotten', async () => {
    const { account, planner, worker, rows, drain } = await setup(unitsOf(1));
    const message = { v: 1, unit: unitsOf(1)[0] };
    await runPlanner({ ...planner, once: true });
    await runWorker({ ...worker, onDelivered: () => drain.abort() });
    expect(await runPlanner({ ...planner, once: true })).toMatchObject({ committed: 1 });
    expect(await deliverMessage(message, worker)).toBeUndefined();
    expect(rows).toHaveLength(2);
    const doneRows = async () =>
      (await collect(account.tables.listEntities())).filter(({ partitionKey }) =>
        partitionKey?.startsWith('done-'),
      );
    expect(await doneRows()).toMatchObject([{ settled: true }]);
    const later = { now: () => Date.now() + 1_260_000, sleep: async () => {} };
    const state = azureState({ ...account, name: planner.name, clock: later });
    await runPlanner({ ...planner, state, once: true, clock: later });
    expect(await doneRows()).toEqual([]);
    // At least once: so late it is delivered again, and the row goes the same way.
    expect(await deliverMessage(message, worker)).toMatchObject({ accepted: 2 });
    expect(await doneRows()).toMatchObject([{ settled: false }]);
    await runPlanner({ ...planner, once: true });
    expect(await doneRows()).toMatchObject([{ settled: true }]);
  });

  it('that are no units go to the poison queue', async () => {
    const { worker, account, drain } = await setup();
    await account.queue.sendMessage('hello');
    await account.queue.sendMessage(at({ v: 1, unit: { id: 'u', records: [] } }));
    const report = await runWorker({ ...worker, concurrency: 1, onDelivered: () => drain.abort() });
    expect(report).toMatchObject({ delivered: 1, poisoned: 1 });
    expect((await account.poison.getProperties()).approximateMessagesCount).toBe(1);
  });

  it('are delivered once, as text or parsed, though a host hands them over twice', async () => {
    const { worker, rows, dead } = await setup();
    const message = { v: 1, unit: unitsOf(1)[0] };
    expect(await deliverMessage(at(message), worker)).toMatchObject({ accepted: 2 });
    expect(await deliverMessage(message, worker)).toBeUndefined();
    expect(await deliverMessage(JSON.stringify(message), worker)).toBeUndefined();
    await abandonMessage(message, 'late', worker);
    expect(rows).toHaveLength(2);
    expect(dead).toEqual([]);
  });
});

describe('blobDeadLetters', () => {
  it('keeps rows and bytes for any process to read, and nothing over the limit', async () => {
    const { account } = await setup();
    const letters = blobDeadLetters(account.container, { maxBytes: 600 });
    await letters.add({ unit: { id: 'a' }, reason: 'too large', row: { Id: '1' } });
    await letters.add({ unit: { id: 'b' }, reason: 'cut', record: new Uint8Array([255, 0, 1]) });
    const full = letters.add({ unit: { id: 'c' }, reason: 'no', row: 'x'.repeat(600) });
    await expect(full).rejects.toThrow(DeadLettersFullError);
    const kept = await collect(blobDeadLetters(account.container).entries());
    expect(kept).toMatchObject([
      { unit: { id: 'a' }, reason: 'too large', row: { Id: '1' } },
      { unit: { id: 'b' }, reason: 'cut', record: new Uint8Array([255, 0, 1]) },
    ]);
  });

  it('forgets what is too old', async () => {
    const { account } = await setup();
    await blobDeadLetters(account.container).add({ unit: { id: 'old' }, reason: 'r' });
    const later = { now: () => Date.now() + 100 * 86_400_000, sleep: async () => {} };
    const letters = blobDeadLetters(account.container, { clock: later });
    await letters.add({ unit: { id: 'new' }, reason: 'r' });
    expect((await collect(letters.entries())).map(({ unit }) => unit.id)).toEqual(['new']);
  });
});
