import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import { StateIdentityError, StateLockedError, StateWriteError } from '../../errors.js';
import type { SavedState, State, UnitCommit } from '../../ports.js';
import { asPlainState } from '../as-plain-state.js';
import type { IfMissing } from '../if-missing.js';
import { checkLocalDisk, checkPlace } from './sqlite-disk.js';
import { takeLock } from './sqlite-lock.js';
import { isDamage, openDatabase, openToRead, setAside } from './sqlite-open.js';
import { prepareStatements, readState, writeUnits } from './sqlite-statements.js';
import type { Statements } from './sqlite-statements.js';

export interface SqliteStateOptions {
  /** What a second process does: `throw` a StateLockedError (default), or `wait` for the first to end. */
  onLocked?: 'throw' | 'wait' | undefined;
  /**
   * What happens when the file has vanished although its marker says that it was there: `throw` a StateMissingError
   * (default), or `start` again at the source's stated start.
   */
  ifMissing?: IfMissing | undefined;
  /**
   * The marker's path. Default `{file}.marker`: beside the file, so that it vanishes with an ephemeral disk. Name a place
   * that outlives the file to notice that too.
   */
  marker?: string | undefined;
  /** How many dedupe keys are kept; the oldest go first. Default 1,000,000. */
  maxKeys?: number | undefined;
  /** Accepts a file on a network file system. Default false. */
  allowNetworkFileSystem?: boolean | undefined;
  clock?: Clock | undefined;
}

/**
 * Progress in a SQLite file on a local persistent disk, readable by its owner only. Every commit is one transaction, on
 * disk before it resolves (WAL, `synchronous=FULL`). The file is opened by the first use. A file of an older version is
 * migrated after a backup copy (`.v1.bak`); a newer one throws StateVersionError and is not touched; a damaged one is
 * set aside (`.damaged`) with a StateCorruptError, and no run starts until someone has decided; one that has vanished
 * throws StateMissingError. A failed write is a StateWriteError. `load` without the lock reads beside the process that
 * holds it.
 */
export async function sqliteState(file: string, options: SqliteStateOptions = {}): Promise<State> {
  await checkPlace(file);
  if (!options.allowNetworkFileSystem) await checkLocalDisk(file);
  const sqlite = await import('node:sqlite').catch((cause: unknown) => {
    throw new Error(`sqliteState needs Node 22.19 or newer, this is ${process.version}.`, { cause });
  });
  return asPlainState(new SqliteState(sqlite, file, options));
}

type Sqlite = typeof import('node:sqlite');

class SqliteState implements State {
  readonly #sqlite: Sqlite;
  readonly #file: string;
  readonly #options: SqliteStateOptions;
  readonly #clock: Clock;
  #opened: Statements | undefined;
  #lock: DatabaseSync | undefined;
  #locking = false;
  #commits = 0;

  constructor(sqlite: Sqlite, file: string, options: SqliteStateOptions) {
    this.#sqlite = sqlite;
    this.#file = file;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Opening may change the schema, which needs the lock; a reader without it takes it for a moment. */
  async #open(): Promise<Statements> {
    if (this.#opened) return this.#opened;
    const brief = this.#lock ? undefined : await this.#takeLock();
    try {
      const { marker = `${this.#file}.marker`, ifMissing = 'throw' } = this.#options;
      return (this.#opened ??= prepareStatements(
        openDatabase(this.#sqlite, this.#file, { marker, ifMissing }),
      ));
    } finally {
      brief?.close();
    }
  }

  #takeLock(abortSignal?: AbortSignal): Promise<DatabaseSync> {
    const wait = this.#options.onLocked === 'wait';
    return takeLock(this.#sqlite, this.#file, { wait, clock: this.#clock, abortSignal });
  }

  async load(): Promise<SavedState> {
    const reader = this.#opened || this.#lock ? undefined : openToRead(this.#sqlite, this.#file);
    if (reader)
      try {
        // One moment of it, while the other commits.
        reader.exec('BEGIN');
        return readState(prepareStatements(reader));
      } catch (error) {
        if (!isDamage(error) && !(error instanceof SyntaxError)) throw error;
      } finally {
        reader.close();
      }
    const statements = await this.#open();
    try {
      return readState(statements);
    } catch (error) {
      if (!isDamage(error) && !(error instanceof SyntaxError)) throw error;
      this.#opened?.db.close();
      this.#opened = undefined;
      throw setAside(this.#file, error);
    }
  }

  async identify(identity: string): Promise<void> {
    const { owner, setOwner } = await this.#open();
    this.#write(() => setOwner.run(identity));
    const { value } = owner.get() as { value: string };
    if (value !== identity) throw new StateIdentityError(this.#file, value, identity);
  }

  async commit(units: readonly UnitCommit[]): Promise<void> {
    const statements = await this.#open();
    this.#commits += 1;
    const { maxKeys = 1_000_000 } = this.#options;
    const trimTo = this.#commits % 64 === 0 ? maxKeys : undefined;
    this.#write(() => writeUnits(statements, units, { now: this.#clock.now(), trimTo }));
  }

  async lock({ abortSignal }: { abortSignal?: AbortSignal | undefined } = {}): Promise<{
    release(): Promise<void>;
  }> {
    if (this.#lock || this.#locking) throw new StateLockedError(this.#file);
    this.#locking = true;
    try {
      const held = await this.#takeLock(abortSignal);
      this.#lock = held;
      await this.#open().catch((error: unknown) => {
        held.close();
        this.#lock = undefined;
        throw error;
      });
      return {
        release: async () => {
          if (this.#lock !== held) return;
          held.close();
          this.#lock = undefined;
        },
      };
    } finally {
      this.#locking = false;
    }
  }

  async close(): Promise<void> {
    this.#lock?.close();
    this.#lock = undefined;
    this.#opened?.db.close();
    this.#opened = undefined;
  }

  #write(write: () => void): void {
    try {
      write();
    } catch (error) {
      throw new StateWriteError(this.#file, error);
    }
  }
}
