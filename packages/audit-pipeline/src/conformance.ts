import type { Delta, SeenEntry } from '@repo/client-core';
import { StateIdentityError, StateLockedError } from './errors.js';
import type { State } from './ports.js';

export interface StateConformanceOptions {
  /** A new, empty state that nobody else uses. */
  create(): Promise<State>;
  /** What another process sees of that state after the first one has closed it. Leave out for a state in memory. */
  reopen?(state: State): Promise<State>;
}

export interface ConformanceCase {
  name: string;
  /** Rejects when the state does not keep its promise. */
  run(): Promise<void>;
}

const future = 4e12;

/**
 * What `runPipeline` relies on, as cases for any test runner:
 * `for (const { name, run } of stateConformance({ create })) it(name, run)`.
 */
export function stateConformance({ create, reopen }: StateConformanceOptions): ConformanceCase[] {
  const cases: ConformanceCase[] = [];
  function test(name: string, body: (state: State) => Promise<void>): void {
    cases.push({
      name,
      run: async () => {
        const state = await create();
        try {
          await body(state);
        } finally {
          await state.close();
        }
      },
    });
  }
  /** The same lock for the whole of a case, as a run holds it. */
  function locked(name: string, body: (state: State) => Promise<void>): void {
    test(name, async (state) => {
      const lock = await state.lock();
      try {
        await body(state);
      } finally {
        await lock.release();
      }
    });
  }

  locked('starts empty', async (state) => {
    const { cursor, seen, keys, attachments } = await state.load();
    same(cursor, undefined, 'the cursor');
    same([...(seen ?? [])], [], 'the ledger');
    same(keys, [], 'the keys');
    same(attachments, [], 'the attachments');
  });
  locked('applies deltas in order', async (state) => {
    await state.commit([{ id: 'a', delta: delta('1', ['a', 'b']), keys: [] }]);
    await state.commit([{ id: 'c', delta: delta('2', ['c'], ['a']), keys: [] }]);
    const saved = await state.load();
    same(saved.cursor, '2', 'the cursor');
    same(idsOf(saved.seen), ['b', 'c'], 'the ledger');
  });
  locked('keeps expiry times, and replaces an entry that comes again', async (state) => {
    await state.commit([
      { id: 'a', delta: { cursor: '1', add: [{ id: 'a', expires: 1 }], expire: [] }, keys: [] },
    ]);
    await state.commit([
      { id: 'a', delta: { cursor: '2', add: [{ id: 'a', expires: 2.5 }], expire: [] }, keys: [] },
    ]);
    same([...((await state.load()).seen ?? [])], [{ id: 'a', expires: 2.5 }], 'the ledger');
  });
  locked('forgets ledger entries only when told, however old', async (state) => {
    await state.commit([
      { id: 'a', delta: { cursor: '1', add: [{ id: 'a', expires: 1 }], expire: [] }, keys: [] },
    ]);
    await state.commit([{ id: 'b', delta: delta('2', ['b']), keys: [] }]);
    same(idsOf((await state.load()).seen), ['a', 'b'], 'the ledger');
  });
  locked('keeps keys until their time, and forgets them after', async (state) => {
    const keys = Array.from({ length: 1000 }, (_, n) => ({ id: `record ${n}`, expires: future }));
    await state.commit([{ id: 'a', delta: delta('1', []), keys: [{ id: 'gone', expires: 1 }] }]);
    await state.commit([{ id: 'b', delta: delta('2', []), keys }]);
    await state.commit([{ id: 'c', delta: delta('3', []), keys: [] }]);
    const ids = idsOf((await state.load()).keys);
    same(ids.includes('gone'), false, 'whether an expired key is kept');
    same(ids.length, 1000, 'the number of keys');
  });
  locked('takes any text as id and cursor', async (state) => {
    const odd = [`'); DROP TABLE seen;--`, 'a/b\\c#d?e%f', 'Ünïcødé 🦉', ' ', 'x'.repeat(2000)];
    await state.commit([{ id: 'odd', delta: delta(JSON.stringify(odd), odd), keys: entries(odd) }]);
    const saved = await state.load();
    same(saved.cursor, JSON.stringify(odd), 'the cursor');
    same(idsOf(saved.seen), odd.toSorted(), 'the ledger');
    same(idsOf(saved.keys), odd.toSorted(), 'the keys');
  });
  locked('commits several units as one, in their order', async (state) => {
    await state.commit([
      { id: 'a', delta: delta('1', ['a', 'b']), keys: entries(['r1']) },
      { id: 'b', delta: delta('2', ['c'], ['a']), keys: entries(['r2']) },
    ]);
    const saved = await state.load();
    same(saved.cursor, '2', 'the cursor');
    same(idsOf(saved.seen), ['b', 'c'], 'the ledger');
    same(idsOf(saved.keys), ['r1', 'r2'], 'the keys');
  });
  locked('keeps attachments by key, replaces and removes them', async (state) => {
    const attachment = (key: string, value: string | undefined, expires = future) => ({
      key,
      value,
      expires,
    });
    await state.commit([
      {
        id: 'a',
        delta: delta('1', ['a']),
        attachments: [attachment('x', '1'), attachment('y/ü', '{"n":1}')],
      },
      { id: 'b', delta: delta('2', ['b']), attachments: [attachment('x', '2'), attachment('old', '3', 1)] },
    ]);
    await state.commit([{ id: 'outbox', attachments: [attachment('y/ü', undefined)] }]);
    await state.commit([{ id: 'c', delta: delta('3', ['c']) }]);
    const saved = await state.load();
    same(saved.attachments, [{ key: 'x', value: '2', expires: future }], 'the attachments');
    same(idsOf(saved.seen), ['a', 'b', 'c'], 'the ledger');
  });
  locked('keeps the position when a commit has none', async (state) => {
    await state.commit([{ id: 'a', delta: delta('a long cursor', ['a']) }]);
    await state.commit([{ id: 'b', keys: entries(['r1']) }]);
    const saved = await state.load();
    same(saved.cursor, 'a long cursor', 'the cursor');
    same(idsOf(saved.keys), ['r1'], 'the keys');
  });
  test('belongs to one identity', async (state) => {
    await state.identify('o365:contoso');
    await state.identify('o365:contoso');
    await rejects(
      () => state.identify('o365:fabrikam'),
      (error: unknown) => StateIdentityError.isInstance(error),
      'another identity',
    );
  });
  test('has one writer at a time', async (state) => {
    const lock = await state.lock();
    await rejects(
      () => state.lock(),
      (error: unknown) => StateLockedError.isInstance(error),
      'a second lock',
    );
    await lock.release();
    await (await state.lock()).release();
  });
  if (reopen)
    cases.push({
      name: 'is all there when it is opened again',
      run: async () => {
        const first = await create();
        await first.identify('o365:contoso');
        const lock = await first.lock();
        await first.commit([{ id: 'a', delta: delta('1', ['a', 'b']), keys: entries(['r1', 'r2']) }]);
        await first.commit([
          { id: 'b', delta: delta('2', [], ['a']), attachments: [{ key: 'x', value: '1', expires: future }] },
        ]);
        await lock.release();
        await first.close();
        const second = await reopen(first);
        try {
          const saved = await second.load();
          same(saved.cursor, '2', 'the cursor');
          same(idsOf(saved.seen), ['b'], 'the ledger');
          same(idsOf(saved.keys), ['r1', 'r2'], 'the keys');
          same(saved.attachments, [{ key: 'x', value: '1', expires: future }], 'the attachments');
          await rejects(
            () => second.identify('o365:fabrikam'),
            (error: unknown) => StateIdentityError.isInstance(error),
            'another identity',
          );
          await (await second.lock()).release();
        } finally {
          await second.close();
        }
      },
    });
  return cases;
}

function entries(ids: readonly string[]): SeenEntry[] {
  return ids.map((id) => ({ id, expires: future }));
}

function delta(cursor: string, add: readonly string[], expire: string[] = []): Delta {
  return { cursor, add: entries(add), expire };
}

function idsOf(all: Iterable<SeenEntry> | undefined): string[] {
  return [...(all ?? [])].map(({ id }) => id).toSorted();
}

function same(found: unknown, wanted: unknown, what: string): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (is !== should) throw new Error(`${what} is ${is}, not ${should}`);
}

async function rejects(
  act: () => Promise<unknown>,
  expected: (error: unknown) => boolean,
  what: string,
): Promise<void> {
  const error: unknown = await act().then(
    () => undefined,
    (thrown: unknown) => thrown ?? 'nothing',
  );
  if (error === undefined) throw new Error(`${what} was not refused`);
  if (!expected(error)) throw new Error(`${what} was refused with another error`, { cause: error });
}

export type { Attachment, SavedAttachment, SavedState, State, UnitCommit } from './ports.js';
export type { Delta, SavedFeed, SeenEntry } from '@repo/client-core';
