import { systemClock } from '@repo/client-core';
import type { Delta, Gap, SeenEntry } from '@repo/client-core';
import { deliver } from './deliver.js';
import type { DedupeKeys } from '../state/dedupe-keys.js';
import type { PipelineReport, SourceRun, Unit } from '../ports.js';
import { isFatal } from './run-retry.js';
import type { PipelineOptions } from './run-pipeline.js';

/** What one run knows of its units. */
interface Worker<U extends Unit, R> {
  readonly run: SourceRun<U, R>;
  readonly report: PipelineReport;
  /** What stopped the run. */
  readonly failure: { error: unknown } | undefined;
  /** Why the first unit was deferred. */
  readonly firstDeferred: unknown;
  /** Delivers one unit, however many tries that takes. Never rejects. */
  work(unit: U): Promise<void>;
  /** A unit that was deferred and whose time has come. */
  due(): U | undefined;
  nextDue(): number | undefined;
  lost(gap: Gap): void;
  checkpoint(): void;
  failed(error: unknown): void;
  /** Resolves when everything to be saved is. */
  settled(): Promise<void>;
  /** Nothing is saved any more. */
  close(): void;
}

export function emptyReport(): PipelineReport {
  return {
    units: { committed: 0, failed: 0, deferred: 0 },
    records: { read: 0, duplicates: 0, filtered: 0, accepted: 0, deadLettered: 0 },
    gaps: [],
  };
}

/** A quiet source's cursor is saved this often. */
const checkpointInMs = 3_600_000;

export function createWorker<U extends Unit, R, Row>(
  run: SourceRun<U, R>,
  dedupeKeys: DedupeKeys,
  stop: AbortController,
  options: PipelineOptions<U, R, Row>,
): Worker<U, R> {
  const { state, deadLetters, clock = systemClock, abortSignal, drainSignal, retry = {} } = options;
  const { maxRetries = 4, delayInMs = 1000, maxDelayInMs = 60_000 } = retry;
  const { deferralDelayInMs = 900_000, maxConsecutiveDeferrals = 8 } = retry;
  const signal = AbortSignal.any([stop.signal, ...(abortSignal ? [abortSignal] : [])]);
  const pausing = AbortSignal.any([signal, ...(drainSignal ? [drainSignal] : [])]);
  const deferred = new Map<string, { unit: U; dueAt: number }>();
  const report = emptyReport();
  let failure: { error: unknown } | undefined;
  let unsaved: { error: unknown } | undefined;
  let firstDeferred: unknown;
  let consecutiveDeferrals = 0;
  let savedAt = clock.now();
  let saving: Promise<void> = Promise.resolve();
  let closed = false;

  function failed(error: unknown): void {
    failure ??= { error };
    stop.abort(error);
  }
  /** One at a time: a cursor must not be overwritten by an older one. After a failure nothing is saved any more. */
  function save(what: () => Promise<void>): Promise<void> {
    const mine = saving.then(async () => {
      if (unsaved) throw unsaved.error;
      if (closed) throw new Error('The run is over.');
      try {
        await what();
      } catch (error) {
        unsaved = { error };
        failed(error);
        throw error;
      }
    });
    saving = mine.catch(() => {});
    return mine;
  }
  function commit(unitId: string, delta: () => Delta, newKeys: readonly SeenEntry[]): Promise<void> {
    return save(async () => {
      await state.commit(unitId, delta(), newKeys);
      savedAt = clock.now();
    });
  }

  async function attempt(unit: U): Promise<void> {
    const done = await deliver(unit, {
      ...options,
      read: (one, readOptions) => run.read(one, readOptions),
      dedupeKeys,
      abortSignal: signal,
      commit: ({ failed: reason, keys: delivered }) =>
        commit(
          unit.id,
          () => (reason === undefined ? run.ack(unit.id) : run.fail(unit.id, reason)),
          delivered,
        ),
    });
    consecutiveDeferrals = 0;
    report.units[done.failed === undefined ? 'committed' : 'failed'] += 1;
    for (const key of ['read', 'duplicates', 'filtered', 'accepted', 'deadLettered'] as const)
      report.records[key] += done[key];
  }
  function defer(unit: U, error: unknown): void {
    firstDeferred ??= error;
    deferred.set(unit.id, { unit, dueAt: clock.now() + deferralDelayInMs });
    report.units.deferred = deferred.size;
    consecutiveDeferrals += 1;
    options.onDeferred?.(unit, error);
    if (consecutiveDeferrals >= maxConsecutiveDeferrals) stop.abort(error);
  }
  async function tryAll(unit: U): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(unit);
      } catch (error) {
        if (signal.aborted) return defer(unit, error);
        if (isFatal(error)) {
          failed(error);
          return defer(unit, error);
        }
        if (tries > maxRetries || drainSignal?.aborted) return defer(unit, error);
        const pause = clock.sleep(Math.min(maxDelayInMs, delayInMs * 2 ** (tries - 1)), pausing);
        if (!(await pause.then(() => true).catch(() => false))) return defer(unit, error);
      }
    }
  }

  return {
    run,
    report,
    get failure() {
      return failure;
    },
    get firstDeferred() {
      return firstDeferred;
    },
    work: (unit) =>
      tryAll(unit)
        .then(() => options.onProgress?.(report))
        .catch(failed),
    due() {
      const now = clock.now();
      for (const [id, { unit, dueAt }] of deferred) {
        if (dueAt > now) continue;
        deferred.delete(id);
        report.units.deferred = deferred.size;
        return unit;
      }
      return undefined;
    },
    nextDue: () =>
      deferred.size === 0 ? undefined : Math.min(...[...deferred.values()].map(({ dueAt }) => dueAt)),
    lost(gap) {
      report.gaps.push(gap);
      const { from, to, reason } = gap;
      save(() => deadLetters.add({ unit: { id: `gap:${from}/${to}` }, reason })).catch(() => {});
      options.onGap?.(gap);
    },
    checkpoint() {
      const { checkpoint } = run;
      if (closed || !checkpoint || clock.now() - savedAt < checkpointInMs) return;
      save(async () => {
        const delta = checkpoint.call(run);
        if (delta) await state.commit('checkpoint', delta, []);
        savedAt = clock.now();
      }).catch(() => {});
    },
    failed,
    settled: () => saving,
    close: () => void (closed = true),
  };
}
