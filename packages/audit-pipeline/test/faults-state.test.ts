import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { testClock } from '@repo/test-kit';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
  ArgumentError,
  StateCorruptError,
  StateMissingError,
  StateIdentityError,
  StateLockedError,
  StateVersionError,
  StateWriteError,
  memoryState,
  runPipeline,
  sqliteState,
} from '../src/index.js';
import type { State } from '../src/index.js';
import { networkFileSystem } from '../src/state/sqlite/sqlite-disk.js';
import { listSource, memorySink } from './parts.js';

const folder = mkdtempSync(join(tmpdir(), 'audit-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const fresh = () => join(folder, `${count++}.db`);
const units = ['a', 'b', 'c', 'd'].map((id) => ({ id, records: [{ id: `${id}1` }, { id: `${id}2` }] }));

async function run(state: State, extra: object = {}) {
  const { sink, rows } = memorySink();
  const report = await runPipeline({
    source: { ...listSource(units), identity: 'o365:contoso' },
    transform: (record: { id: string }) => ({ Id: record.id }),
    recordId: (record: { id: string }) => record.id,
    sink,
    state,
    deadLetters: { add: async () => {} },
    clock: testClock(0),
    ...extra,
  });
  return { report, rows };
}

/** A file of this many commits, closed. */
async function filled(commits = 300): Promise<string> {
  const file = fresh();
  const state = await sqliteState(file);
  const lock = await state.lock();
  for (let n = 0; n < commits; n += 1)
    await state.commit([
      {
        id: `u${n}`,
        delta: { cursor: String(n), add: [{ id: `u${n}`, expires: 9e15 }], expire: [] },
        keys: [{ id: `record ${n}`, expires: 9e15 }],
      },
    ]);
  await lock.release();
  await state.close();
  return file;
}

describe('what is found at the start', () => {
  const damages: [string, (file: string) => void][] = [
    ['empty', (file) => truncateSync(file, 0)],
    ['half', (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
    ['garbage', (file) => writeFileSync(file, 'not a database at all '.repeat(1000))],
    [
      'overwritten in the middle',
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 4096, bytes.length - 4096);
        writeFileSync(file, bytes);
      },
    ],
  ];
  it.each(damages)(
    'fault 9: %s: set aside, said, and no new start until someone decides',
    async (_n, damage) => {
      const file = await filled();
      const good = readFileSync(file);
      damage(file);
      const { rows } = await run(await sqliteState(file)).catch((error: unknown) => {
        expect(StateCorruptError.isInstance(error)).toBe(true);
        return { rows: [] };
      });
      expect(rows).toEqual([]);
      expect(existsSync(file)).toBe(false);
      expect(existsSync(`${file}.damaged`)).toBe(true);
      // Again: still no silent new start.
      await expect(run(await sqliteState(file))).rejects.toSatisfy((error) =>
        StateCorruptError.isInstance(error),
      );
      writeFileSync(file, good);
      const state = await sqliteState(file);
      expect((await state.load()).cursor).toBe('299');
      await state.close();
    },
  );

  it('fault 9: what was set aside is deleted: a new start, by decision', async () => {
    const file = await filled(3);
    truncateSync(file, 0);
    await expect((await sqliteState(file)).load()).rejects.toSatisfy((error) =>
      StateCorruptError.isInstance(error),
    );
    rmSync(`${file}.damaged`);
    await expect((await sqliteState(file)).load()).rejects.toSatisfy((error) =>
      StateMissingError.isInstance(error),
    );
    const state = await sqliteState(file, { ifMissing: 'start' });
    expect((await run(state)).rows).toHaveLength(8);
    await state.close();
  });

  it('fault 9: an older schema is migrated, after a copy', async () => {
    const file = fresh();
    const db = new DatabaseSync(file);
    db.exec(`
      PRAGMA journal_mode=WAL;
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
      CREATE TABLE seen (id TEXT PRIMARY KEY, expires REAL NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE marks (id TEXT PRIMARY KEY, expires REAL NOT NULL) STRICT, WITHOUT ROWID;
      INSERT INTO meta VALUES ('cursor', 'old');
      INSERT INTO seen VALUES ('a', 9e15);
      INSERT INTO marks VALUES ('r1', 9e15), ('r2', 9e15), ('r3', 8e15);
      PRAGMA user_version=1;
    `);
    db.close();
    const state = await sqliteState(file);
    const saved = await state.load();
    expect(saved.cursor).toBe('old');
    expect([...(saved.seen ?? [])]).toEqual([{ id: 'a', expires: 9e15 }]);
    expect(saved.keys.map(({ id }) => id).toSorted()).toEqual(['r1', 'r2', 'r3']);
    await state.close();
    const backup = new DatabaseSync(`${file}.v1.bak`, { readOnly: true });
    expect(backup.prepare('SELECT count(*) AS n FROM marks').get()).toEqual({ n: 3 });
    expect(backup.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    backup.close();
  });

  it('fault 9: a newer schema, and the database of another program, are not touched', async () => {
    for (const [sql, refusal] of [
      ['PRAGMA user_version=77', (error: unknown) => StateVersionError.isInstance(error)],
      ['CREATE TABLE theirs (x); PRAGMA user_version=2', (error: unknown) => ArgumentError.isInstance(error)],
      ['CREATE TABLE theirs (x)', (error: unknown) => ArgumentError.isInstance(error)],
    ] as const) {
      const file = fresh();
      const db = new DatabaseSync(file);
      db.exec(sql);
      db.close();
      const before = readFileSync(file);
      await expect(run(await sqliteState(file))).rejects.toSatisfy(refusal);
      expect(readFileSync(file).equals(before)).toBe(true);
    }
  });

  it("fault 9: another tenant's state is refused", async () => {
    for (const state of [memoryState(), await sqliteState(fresh())]) {
      await run(state);
      const other = { ...listSource(units), identity: 'o365:fabrikam' };
      await expect(run(state, { source: other })).rejects.toSatisfy((error) =>
        StateIdentityError.isInstance(error),
      );
      await state.close();
    }
  });
});

describe('the disk', () => {
  it.each(['EIO: i/o error', 'attempt to write a readonly database'])(
    'fault 10: a state that cannot be written stops the run; units in flight are bounded (%s)',
    async (problem) => {
      const durable = memoryState();
      let commits = 0;
      const failing: State = {
        ...durable,
        commit: async (...commit) => {
          if (++commits > 2) throw new StateWriteError('state', new Error(problem));
          await durable.commit(...commit);
        },
      };
      const many = Array.from({ length: 50 }, (_, n) => ({ id: `u${n}`, records: [{ id: `r${n}` }] }));
      const { sink, rows } = memorySink();
      const source = listSource(many);
      await expect(run(failing, { source, sink, concurrency: 3 })).rejects.toSatisfy((error: unknown) =>
        StateWriteError.isInstance(error),
      );
      // Two that were saved, and what was in flight.
      expect(rows.length).toBeLessThanOrEqual(2 + 3 + 1);
      await run(durable, { source, sink });
      expect(new Set(rows.map(({ Id }) => Id)).size).toBe(50);
    },
  );

  it('fault 10: a disk that takes no more: it stops with an error, what was saved before is intact', async () => {
    const limit = 'ulimit -f 64; exec "$0" "$@"';
    const file = await filled(3);
    const child = fileURLToPath(new URL('faults-disk-child.ts', import.meta.url));
    const done = spawnSync(
      'bash',
      ['-c', limit, process.execPath, '--conditions=@repo/source', '--import', 'tsx', child],
      {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        env: { ...process.env, STATE: file },
        encoding: 'utf8',
      },
    );
    const said = /^StateWriteError (\d+)$/m.exec(done.stdout);
    expect(said, done.stdout + done.stderr).not.toBeNull();
    const state = await sqliteState(file);
    const { cursor, seen } = await state.load();
    expect(cursor).toBe(said?.[1]);
    expect([...(seen ?? [])].length).toBe(Number(said?.[1]) + 1);
    await state.close();
  });

  it('fault 10: network file systems are known by their number', () => {
    expect(networkFileSystem(0x6969)).toBe('NFS');
    expect(networkFileSystem(-11317950)).toBe('CIFS');
    expect(networkFileSystem(0xfe534d42n)).toBe('SMB2');
    expect(networkFileSystem(0x01021997)).toBe('9p');
    expect(networkFileSystem(0xef53)).toBeUndefined();
  });
});

/** Another process, with the lock. */
async function holderOf(file: string): Promise<ChildProcess> {
  const child = fileURLToPath(new URL('faults-lock-child.ts', import.meta.url));
  const holder = spawn(process.execPath, ['--conditions=@repo/source', '--import', 'tsx', child], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, STATE: file },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  return holder;
}

describe('two instances', () => {
  it('fault 11: a second process is refused, or waits until the first has ended', async () => {
    const file = fresh();
    const holder = await holderOf(file);
    await expect(run(await sqliteState(file))).rejects.toSatisfy((error) =>
      StateLockedError.isInstance(error),
    );
    let waits = 0;
    const state = await sqliteState(file, {
      onLocked: 'wait',
      clock: {
        now: () => Date.now(),
        sleep: async () => {
          // The fifth time, the holder is killed: fault 12, nobody has to judge a stale lock.
          if (++waits === 5) {
            holder.kill('SIGKILL');
            await once(holder, 'exit');
          }
        },
      },
    });
    expect((await run(state)).rows).toHaveLength(8);
    expect(waits).toBe(5);
    await state.close();
  });

  it('fault 12: the lock of a killed process does not outlive it, whoever has its pid now', async () => {
    const file = fresh();
    const holder = await holderOf(file);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    // The lock's file stays, and says nothing of who held it: it is the lock on it that counts.
    expect(statSync(`${file}.lock`).size).toBe(0);
    const state = await sqliteState(file);
    expect((await run(state)).rows).toHaveLength(8);
    await state.close();
  });

  it('fault 11: waiting ends with the abort signal', async () => {
    const file = fresh();
    const first = await sqliteState(file);
    const lock = await first.lock();
    const stop = new AbortController();
    const second = await sqliteState(file, {
      onLocked: 'wait',
      clock: {
        now: () => 0,
        sleep: async () => stop.abort(new Error('enough')),
      },
    });
    await expect(run(second, { abortSignal: stop.signal })).rejects.toThrow('enough');
    await lock.release();
    await first.close();
  });
});
