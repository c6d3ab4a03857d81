import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '@repo/client-core';
import { StateLockedError } from '../../errors.js';

const pauseInMs = 1000;

/**
 * An open transaction on a file of its own: the operating system ends it with the process, however that dies, so that
 * there is no stale lock to judge.
 */
export async function takeLock(
  sqlite: typeof import('node:sqlite'),
  file: string,
  options: { wait: boolean; clock: Clock; abortSignal?: AbortSignal | undefined },
): Promise<DatabaseSync> {
  for (;;) {
    options.abortSignal?.throwIfAborted();
    const mine = new sqlite.DatabaseSync(`${file}.lock`);
    try {
      mine.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
      return mine;
    } catch (error) {
      mine.close();
      // SQLITE_BUSY. Anything else is no holder.
      if (((error as { errcode?: number }).errcode ?? 0) % 256 !== 5) throw error;
      if (!options.wait) throw new StateLockedError(file);
    }
    await options.clock.sleep(pauseInMs, options.abortSignal);
  }
}
