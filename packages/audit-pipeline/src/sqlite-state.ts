import type { DatabaseSync } from 'node:sqlite';
import type { SeenEntry } from '@repo/client-core';
import { systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import { StateLockedError, StateVersionError } from './errors.js';
import type { State } from './ports.js';

const schemaVersion = 1;

/**
 * Progress in a SQLite file on a local persistent disk; not on a network file system, whose locks do not hold.
 * Every commit is one transaction, on disk before it resolves (WAL, `synchronous=FULL`).
 */
export async function sqliteState(file: string, options: { clock?: Clock } = {}): Promise<State> {
  const { clock = systemClock } = options;
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(file);
  migrate(db, file);
  const insertSeen = db.prepare('INSERT OR REPLACE INTO seen (id, expires) VALUES (?, ?)');
  const deleteSeen = db.prepare('DELETE FROM seen WHERE id = ?');
  const insertMark = db.prepare('INSERT OR REPLACE INTO marks (id, expires) VALUES (?, ?)');
  const forgetMarks = db.prepare('DELETE FROM marks WHERE expires < ?');
  const setCursor = db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('cursor', ?)");
  const entries = (table: 'seen' | 'marks'): SeenEntry[] =>
    db.prepare(`SELECT id, expires FROM ${table}`).all() as unknown as SeenEntry[];
  let lockDb: DatabaseSync | undefined;

  return {
    load: async () => {
      const row = db.prepare("SELECT value FROM meta WHERE key = 'cursor'").get() as
        { value: string } | undefined;
      return { ...(row && { cursor: row.value }), seen: entries('seen'), marks: entries('marks') };
    },
    commit: async (_unitId, delta, marks) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        setCursor.run(delta.cursor);
        for (const { id, expires } of delta.add) insertSeen.run(id, expires);
        for (const id of delta.expire) deleteSeen.run(id);
        for (const { id, expires } of marks) insertMark.run(id, expires);
        forgetMarks.run(clock.now());
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    // An open transaction on a file of its own: the operating system ends it with the process, however that dies.
    lock: async () => {
      if (lockDb) throw new StateLockedError(file);
      const mine = new DatabaseSync(`${file}.lock`);
      try {
        mine.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
      } catch {
        mine.close();
        throw new StateLockedError(file);
      }
      lockDb = mine;
      return {
        release: async () => {
          mine.close();
          lockDb = undefined;
        },
      };
    },
    close: async () => {
      lockDb?.close();
      db.close();
    },
  };
}

function migrate(db: DatabaseSync, file: string): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > schemaVersion) {
    db.close();
    throw new StateVersionError(file, version, schemaVersion);
  }
  db.exec(`
    PRAGMA journal_mode=WAL;
    PRAGMA synchronous=FULL;
    CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, expires REAL NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS marks (id TEXT PRIMARY KEY, expires REAL NOT NULL) STRICT, WITHOUT ROWID;
    PRAGMA user_version=${schemaVersion};
  `);
}
