import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { ArgumentError } from '@repo/client-core';
import { StateCorruptError, StateVersionError } from '../../errors.js';
import { StateLogError } from '../state-errors.js';
import { checkNotMissing } from '../if-missing.js';
import type { IfMissing } from '../if-missing.js';
import { migrations, schema, schemaVersion } from './sqlite-schema.js';

/** DedupeKeys a database as ours, in its header: "audi". */
const applicationId = 0x61756469;

type Sqlite = typeof import('node:sqlite');

/**
 * Opens the file, or makes it. The caller holds its lock: another version may not run while the schema changes. The
 * marker outlives a file that vanishes.
 */
export function openDatabase(
  sqlite: Sqlite,
  file: string,
  { marker, ifMissing }: { marker: string; ifMissing: IfMissing },
): DatabaseSync {
  if (!existsSync(file)) {
    const damaged = `${file}.damaged`;
    if (existsSync(damaged)) throw new StateCorruptError(file, damaged);
    checkNotMissing(file, { marked: existsSync(marker), marker, ifMissing });
    create(sqlite, file);
  }
  // What we make appears whole: an empty file is what is left of one.
  if (statSync(file).size === 0) throw setAside(file);
  checkLog(sqlite, file);
  const db = openChecked(sqlite, file);
  if (!existsSync(marker)) {
    writeFileSync(marker, `${file} was created here.\n`, { mode: 0o600, flush: true });
    syncFolder(dirname(marker));
  }
  return db;
}

/**
 * A backup that was put beside a newer log: the log would be written into the backup and destroy it. Tried on a copy,
 * and only after a run that did not end cleanly, which leaves a log behind.
 */
function checkLog(sqlite: Sqlite, file: string): void {
  const log = `${file}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) return;
  const copy = `${file}.check`;
  const ends = ['', '-wal', '-shm', '-journal'];
  const remove = (): void => ends.forEach((end) => rmSync(copy + end, { force: true }));
  const isSound = (withLog: boolean): boolean => {
    remove();
    copyFileSync(file, copy);
    if (withLog) copyFileSync(log, `${copy}-wal`);
    let db: DatabaseSync | undefined;
    try {
      db = new sqlite.DatabaseSync(copy);
      const { quick_check: verdict } = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
      return verdict === 'ok';
    } catch {
      return false;
    } finally {
      db?.close();
    }
  };
  try {
    if (!isSound(true) && isSound(false)) throw new StateLogError(file);
  } finally {
    remove();
  }
}

function openChecked(sqlite: Sqlite, file: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new sqlite.DatabaseSync(file);
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    const { application_id: owner } = db.prepare('PRAGMA application_id').get() as { application_id: number };
    if (version > schemaVersion) throw new StateVersionError(file, version, schemaVersion);
    const { quick_check: verdict } = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (verdict !== 'ok') throw new Damaged(verdict);
    if (version === 0 || (version > 1 && owner !== applicationId))
      throw new ArgumentError('file', `${file} is a database of another program`, 'Name another file.');
    chmodSync(file, 0o600);
    db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;');
    if (version < schemaVersion) migrate(db, file, version);
    return db;
  } catch (error) {
    db?.close();
    if (isDamage(error)) throw setAside(file, error);
    throw error;
  }
}

/**
 * For who only reads, beside whoever holds the lock. Undefined when there is anything to do first: to make, to migrate,
 * or to judge a damage, for all of which `openDatabase` and the lock are needed.
 */
export function openToRead(sqlite: Sqlite, file: string): DatabaseSync | undefined {
  if (!existsSync(file)) return undefined;
  let db: DatabaseSync | undefined;
  try {
    db = new sqlite.DatabaseSync(file, { readOnly: true, timeout: 5000 });
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    const { application_id: owner } = db.prepare('PRAGMA application_id').get() as { application_id: number };
    if (version === schemaVersion && owner === applicationId) return db;
  } catch {
    // Said by openDatabase, which looks closer.
  }
  db?.close();
  return undefined;
}

class Damaged extends Error {}

/** SQLITE_CORRUPT, SQLITE_NOTADB. */
export function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: number } | undefined)?.errcode ?? 0;
  return error instanceof Damaged || (code & 0xff) === 11 || (code & 0xff) === 26;
}

/** Makes the database beside its place and moves it there: a crash leaves a whole one or none. */
function create(sqlite: Sqlite, file: string): void {
  const made = `${file}.new`;
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(made + end, { force: true });
  writeFileSync(made, '', { mode: 0o600 });
  const db = new sqlite.DatabaseSync(made);
  db.exec(
    `BEGIN; ${schema} PRAGMA application_id=${applicationId}; PRAGMA user_version=${schemaVersion}; COMMIT;`,
  );
  db.close();
  renameSync(made, file);
  syncFolder(dirname(file));
}

function migrate(db: DatabaseSync, file: string, from: number): void {
  const backup = `${file}.v${from}.bak`;
  // A whole one appears by rename: half of one may be left by a crash.
  rmSync(`${backup}.new`, { force: true });
  db.prepare('VACUUM INTO ?').run(`${backup}.new`);
  renameSync(`${backup}.new`, backup);
  syncFolder(dirname(file));
  const steps = migrations.slice(from - 1).join('\n');
  db.exec(
    `BEGIN IMMEDIATE; ${steps} PRAGMA application_id=${applicationId}; PRAGMA user_version=${schemaVersion}; COMMIT;`,
  );
}

/** Out of the way, but kept: the next start must not take the empty place for a first run. */
export function setAside(file: string, cause?: unknown): StateCorruptError {
  const damaged = `${file}.damaged`;
  for (let n = 2; existsSync(damaged); n += 1)
    if (!existsSync(`${damaged}-${n}`)) renameSync(damaged, `${damaged}-${n}`);
  for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, damaged + end);
  syncFolder(dirname(file));
  return new StateCorruptError(file, damaged, cause === undefined ? undefined : { cause });
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder, and does not need to.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
