import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileDeadLetters, sqliteState } from 'audit-pipeline';
import type { FileDeadLetters, PipelineReport, State } from 'audit-pipeline';

export interface Durable {
  state: State;
  deadLetters: FileDeadLetters<unknown>;
  drainSignal: AbortSignal;
  abortSignal: AbortSignal;
}

/**
 * State and dead letters below one folder on a local persistent disk, and the signals of a collector: the first SIGINT
 * or SIGTERM drains within the deadline, the second stops at once. Both are safe: what is not committed is read again.
 */
export async function durable(folder: string, deadlineInMs: number): Promise<Durable> {
  await mkdir(folder, { recursive: true });
  const drain = new AbortController();
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (drain.signal.aborted) abort.abort(new Error(`Stopped by a second ${name}.`));
      else console.error('\nFinishing what is in flight; a second signal stops at once.');
      drain.abort(new Error(`Draining after ${name}.`));
      setTimeout(() => abort.abort(new Error('The deadline of the drain has passed.')), deadlineInMs).unref();
    });
  return {
    state: await sqliteState(join(folder, 'state.db')),
    deadLetters: await fileDeadLetters(join(folder, 'dead-letters')),
    drainSignal: drain.signal,
    abortSignal: abort.signal,
  };
}

/** One line on a run, for people and logs. */
export function summary({ units, records, gaps }: PipelineReport): string {
  // Each has been named when it was found.
  const lost = gaps.length > 0 ? `, ${gaps.length} spans lost` : '';
  return `${units.committed} units, ${records.read} records: ${records.accepted} accepted, ${records.duplicates} duplicates, ${records.filtered} filtered, ${records.deadLettered} dead letters, ${units.failed} unreadable units, ${units.deferred} deferred${lost}`;
}
