import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '@repo/client-core';
import type { Clock, SeenEntry } from '@repo/client-core';
import { byExpiry } from '../by-expiry.js';
import { StateIdentityError, StateLockedError, StateWriteError } from '../../errors.js';
import type { SavedState, State } from '../../ports.js';
import { checkLocalDisk, checkPlace } from './sqlite-disk.js';
import { takeLock } from './sqlite-lock.js';
import { isDamage, openDatabase, openToRead, setAside } from './sqlite-open.js';

export interface SqliteStateOptions {
  /** What a second process does: `throw` a StateLockedError (default), or `wait` for the first to end. */
  onLocked?: 'throw' | 'wait';
  /** How many dedupe keys are kept; the oldest go first. Default 1,000,000. */
  maxKeys?: number;
  /** Accepts a file on a network file system. Default false. */
  allowNetworkFileSystem?: boolean;
  clock?: Clock;
}

/**
 * Progress in a SQLite file on a local persistent disk. Every commit is one transaction, on disk before it resolves
 * (WAL, `synchronous=FULL`). The file is opened by the first use. A file of an older version is migrated after a backup
 * copy (`.v1.bak`); a newer one throws StateVersionError and is not touched; a damaged one is set aside (`.damaged`)
 * with a StateCorruptError, and no run starts until someone has decided. A write that fails is a StateWriteError. `load`
 * without the lock reads beside the process that holds it.
 */
export async function sqliteState(file: string, options: SqliteStateOptions = {}): Promise<State> {
  const { clock = systemClock, onLocked = 'throw', maxKeys = 1_000_000 } = options;
  await checkPlace(file);
  if (!options.allowNetworkFileSystem) await checkLocalDisk(file);
  const sqlite = await import('node:sqlite').catch((cause: unknown) => {
    throw new Error(`sqliteState needs Node 22.19 or newer, this is ${process.version}.`, { cause });
  });
  let opened: Statements | undefined;
  let lock: DatabaseSync | undefined;
  let locking = false;
  let commits = 0;

  /** Opening may change the schema, for which the lock is needed; who does not hold it takes it for a moment. */
  async function open(): Promise<Statements> {
    if (opened) return opened;
    const brief = lock ? undefined : await takeLock(sqlite, file, { wait: onLocked === 'wait', clock });
    try {
      return (opened ??= prepare(openDatabase(sqlite, file)));
    } finally {
      brief?.close();
    }
  }

  return {
    load: async () => {
      const reader = opened || lock ? undefined : openToRead(sqlite, file);
      if (reader)
        try {
          // One moment of it, while the other commits.
          reader.exec('BEGIN');
          return loaded(prepare(reader));
        } catch (error) {
          if (!isDamage(error) && !(error instanceof SyntaxError)) throw error;
        } finally {
          reader.close();
        }
      const statements = await open();
      try {
        return loaded(statements);
      } catch (error) {
        if (!isDamage(error) && !(error instanceof SyntaxError)) throw error;
        opened?.db.close();
        opened = undefined;
        throw setAside(file, error);
      }
    },
    identify: async (identity) => {
      const { owner, setOwner } = await open();
      writing(file, () => setOwner.run(identity));
      const { value } = owner.get() as { value: string };
      if (value !== identity) throw new StateIdentityError(file, value, identity);
    },
    commit: async (_unitId, delta, keys) => {
      const statements = await open();
      const { db } = statements;
      writing(file, () => {
        try {
          db.exec('BEGIN IMMEDIATE');
          statements.setCursor.run(delta.cursor);
          for (const { id, expires } of delta.add) statements.addSeen.run(id, expires);
          for (const id of delta.expire) statements.dropSeen.run(id);
          for (const [expires, ids] of byExpiry(keys))
            statements.addKeys.run(expires, ids.length, JSON.stringify(ids));
          statements.expireKeys.run(clock.now());
          commits += 1;
          if (commits % 64 === 0) statements.trimKeys.run(maxKeys);
          db.exec('COMMIT');
        } catch (error) {
          if (db.isTransaction) db.exec('ROLLBACK');
          throw error;
        }
      });
    },
    lock: async (lockOptions = {}) => {
      if (lock || locking) throw new StateLockedError(file);
      locking = true;
      try {
        const held = await takeLock(sqlite, file, { wait: onLocked === 'wait', clock, ...lockOptions });
        lock = held;
        await open().catch((error: unknown) => {
          held.close();
          lock = undefined;
          throw error;
        });
        return {
          release: async () => {
            if (lock !== held) return;
            held.close();
            lock = undefined;
          },
        };
      } finally {
        locking = false;
      }
    },
    close: async () => {
      lock?.close();
      lock = undefined;
      opened?.db.close();
      opened = undefined;
    },
  };
}

type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  return {
    db,
    cursor: db.prepare("SELECT value FROM meta WHERE key = 'cursor'"),
    setCursor: db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('cursor', ?)"),
    owner: db.prepare("SELECT value FROM meta WHERE key = 'identity'"),
    setOwner: db.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('identity', ?)"),
    seen: db.prepare('SELECT id, expires FROM seen'),
    addSeen: db.prepare('INSERT OR REPLACE INTO seen (id, expires) VALUES (?, ?)'),
    dropSeen: db.prepare('DELETE FROM seen WHERE id = ?'),
    marks: db.prepare('SELECT expires, ids FROM marks ORDER BY id'),
    addKeys: db.prepare('INSERT INTO marks (expires, count, ids) VALUES (?, ?, ?)'),
    expireKeys: db.prepare(
      'DELETE FROM marks WHERE id IN (SELECT id FROM marks ORDER BY id LIMIT 16) AND expires < ?',
    ),
    trimKeys: db.prepare(
      `DELETE FROM marks WHERE id IN (
         SELECT id FROM (SELECT id, sum(count) OVER (ORDER BY id DESC) AS newer FROM marks) WHERE newer > ?)`,
    ),
  };
}

function loaded({ cursor, seen, marks }: Statements): SavedState {
  const row = cursor.get() as { value: string } | undefined;
  return {
    ...(row && { cursor: row.value }),
    seen: seen.all() as unknown as SeenEntry[],
    keys: (marks.all() as { expires: number; ids: string }[]).flatMap(({ expires, ids }) =>
      (JSON.parse(ids) as string[]).map((id) => ({ id, expires })),
    ),
  };
}

function writing(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new StateWriteError(file, error);
  }
}
