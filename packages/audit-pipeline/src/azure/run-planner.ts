import type { TableClient } from '@azure/data-tables';
import type { QueueClient } from '@azure/storage-queue';
import { ArgumentError, systemClock, untilAborted } from '@repo/client-core';
import type { Clock, Gap } from '@repo/client-core';
import { checkParts } from '../check-options.js';
import { lockUnlessDrained } from '../run/lock-unless-drained.js';
import type { DeadLetters, Source, State, Unit } from '../ports.js';
import type { DoneUnit } from '../report.js';
import { unitLedger } from './unit-ledger.js';
import { encodeMessage } from './messages.js';

export interface PlannerOptions<U extends Unit> {
  source: Source<U, unknown>;
  /** Its lock makes one planner at a time: `azureState`. */
  state: State;
  /** One queue for each `name`. Must exist. */
  queue: QueueClient;
  /** Where workers say what is done. May be the table of the state. */
  tables: TableClient;
  /** The same as the workers': tells the installations in one table apart. Letters, digits and hyphens. */
  name: string;
  /** Keeps gaps. */
  deadLetters: DeadLetters<never>;
  /** How many units become visible in a minute, for all workers together. Default 600. */
  unitsPerMinute?: number | undefined;
  /** How far ahead of their time units are put on the queue, in milliseconds. Default 60,000. */
  aheadInMs?: number | undefined;
  /** A unit whose message has been visible for so long is put on the queue again: it may be lost. Default one day. */
  requeueAfterInMs?: number | undefined;
  /**
   * For how long a committed unit is known as done, in milliseconds: a copy of its message that comes back in that time
   * is not delivered again. Longer than a message stays hidden after its worker died. Default 20 minutes.
   */
  doneKeptInMs?: number | undefined;
  /** How often the planner looks for what is done, in milliseconds. Default 5,000. */
  pollIntervalInMs?: number | undefined;
  /** Ends when what can be listed now is on the queue, as a timer needs it, instead of when all of it is done. */
  once?: boolean | undefined;
  clock?: Clock | undefined;
  /** Discover no more, save what is done, resolve. */
  drainSignal?: AbortSignal | undefined;
  /** Stop at once. Rejects with the signal's reason. */
  abortSignal?: AbortSignal | undefined;
  onGap?(gap: Gap): void;
  /** A worker has said what became of a unit; its commit is next. */
  onDone?(unit: DoneUnit): void;
}

export interface PlannerReport {
  queued: number;
  committed: number;
  /** Committed as never to be delivered: in the dead letters. */
  failed: number;
  gaps: Gap[];
}

const plannerParts = {
  source: 'open',
  state: 'lock',
  queue: 'sendMessage',
  tables: 'createEntity',
  deadLetters: 'add',
};

/**
 * Puts units on a queue at the tenant's pace, and commits what workers have done. Never past an unread unit: the
 * source's state moves only for a unit with a row that says done.
 *
 * A message is sent first and noted after: a crash between sends it again, and never loses it. A unit that is noted is
 * not sent again by the next planner. The pace is kept by the time at which each message becomes visible, also over a
 * restart; what piled up while no worker ran is visible at once, and then the workers' own concurrency is the limit.
 *
 * For sources whose units are the same whenever they are found, as content blobs; slices of Cloud App Security depend on
 * the time of looking, and one process reads them fast enough.
 */
export async function runPlanner<U extends Unit>(options: PlannerOptions<U>): Promise<PlannerReport> {
  const { state, queue, deadLetters, clock = systemClock, abortSignal, drainSignal } = options;
  const { unitsPerMinute = 600, aheadInMs = 60_000, pollIntervalInMs = 5000 } = options;
  const { requeueAfterInMs = 86_400_000, doneKeptInMs = 1_200_000 } = options;
  checkParts(options, plannerParts);
  if (!(unitsPerMinute > 0))
    throw new ArgumentError('options.unitsPerMinute', `is ${unitsPerMinute}`, 'Give a number above 0.');
  const ledger = unitLedger(options.tables, options.name);
  const report: PlannerReport = { queued: 0, committed: 0, failed: 0, gaps: [] };
  const lock = await lockUnlessDrained(state, options);
  // Drained while another planner had it.
  if (!lock) return report;
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(abortSignal ? [abortSignal] : [])]);
  /** No more can be listed: what is done is settled, and it ends. */
  const ended = new AbortController();
  const ends = AbortSignal.any([signal, ended.signal, ...(drainSignal ? [drainSignal] : [])]);
  try {
    if (options.source.identity !== undefined) await state.identify(options.source.identity);
    const saved = await state.load();
    /** By this planner and those before, as far as the source remembers. */
    const committed = new Set([...(saved.seen ?? [])].map(({ id }) => id));
    const run = options.source.open({ ...saved, seen: saved.seen ?? [] });
    const noted = new Map<string, number>();
    for await (const { unitId, visibleAt } of ledger.queued()) noted.set(unitId, visibleAt);
    let slot = 0;
    for (const visibleAt of noted.values()) slot = Math.max(slot, visibleAt);
    // No planner goes further; what is further is by a clock ahead of this one.
    slot = Math.min(slot, clock.now() + aheadInMs);
    /** Discovered, not yet committed. */
    const open = new Map<string, U>();
    /** Dead letters of gaps under way: no commit is ahead of them. */
    const gaps: Promise<void>[] = [];
    let savedAt = clock.now();
    let sweptAt = -Infinity;
    let discovered = false;

    async function send(unit: U): Promise<void> {
      open.set(unit.id, unit);
      const before = noted.get(unit.id);
      if (before !== undefined && clock.now() - before < requeueAfterInMs) return;
      await queueUp(unit);
    }
    async function queueUp(unit: U): Promise<void> {
      slot = Math.max(clock.now(), slot + 60_000 / unitsPerMinute);
      if (slot - clock.now() > aheadInMs) await clock.sleep(slot - clock.now() - aheadInMs, ends);
      const seconds = Math.max(0, Math.floor((slot - clock.now()) / 1000));
      // Without a time to live of its own a message is gone after seven days.
      await queue.sendMessage(encodeMessage(unit), { messageTimeToLive: -1, visibilityTimeout: seconds });
      await ledger.addQueued({ unitId: unit.id, visibleAt: slot });
      noted.set(unit.id, slot);
      report.queued += 1;
    }
    async function commitDone(): Promise<void> {
      const done: DoneUnit[] = [];
      for await (const one of ledger.done()) done.push(one);
      await Promise.all(gaps);
      for (const one of done) {
        const { unitId, failed } = one;
        signal.throwIfAborted();
        if (open.has(unitId)) {
          options.onDone?.(one);
          const delta = failed === undefined ? run.ack(unitId) : run.fail(unitId, failed);
          await state.commit([{ id: unitId, delta }]);
          for (const { id } of delta.add) committed.add(id);
          for (const id of delta.expire) committed.delete(id);
          open.delete(unitId);
          savedAt = clock.now();
          report[failed === undefined ? 'committed' : 'failed'] += 1;
        } else if (!committed.has(unitId)) continue; // Not listed yet by this planner.
        await ledger.settle(unitId);
        noted.delete(unitId);
      }
      if (clock.now() - sweptAt > doneKeptInMs / 4) {
        await ledger.sweep(clock.now() - doneKeptInMs);
        sweptAt = clock.now();
      }
      if (clock.now() - savedAt > 3_600_000) await saveCheckpoint();
    }
    async function saveCheckpoint(): Promise<void> {
      const delta = run.checkpoint?.();
      if (delta) await state.commit([{ id: 'checkpoint', delta }]);
      savedAt = clock.now();
    }
    async function discover(): Promise<void> {
      function onGap(gap: Gap): void {
        report.gaps.push(gap);
        const unit = { id: `gap:${gap.from}/${gap.to}` };
        const kept = deadLetters.add({ unit, reason: gap.reason });
        kept.catch((error: unknown) => stop.abort(error));
        gaps.push(kept);
        options.onGap?.(gap);
      }
      try {
        for await (const unit of run.discover({ abortSignal: ends, onGap })) {
          if (ends.aborted) break;
          await send(unit);
        }
      } catch (error) {
        if (!ends.aborted) throw error;
      }
      await Promise.all(gaps);
      discovered = true;
    }
    async function follow(): Promise<void> {
      while (!ends.aborted) {
        await commitDone();
        // A message may be lost, whatever the queue promises.
        for (const unit of open.values())
          if (clock.now() - (noted.get(unit.id) ?? clock.now()) >= requeueAfterInMs) await queueUp(unit);
        if (discovered && (options.once || open.size === 0)) return;
        await clock.sleep(pollIntervalInMs, ends).catch(() => {});
      }
    }

    if (options.once) {
      // What is done is settled, whatever cannot be listed.
      const failed = await discover().then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      await commitDone();
      if (failed) throw failed.error;
    } else {
      let listingFailed: { error: unknown } | undefined;
      const failed = (error: unknown): void => stop.abort(error);
      const cannotList = (error: unknown): void => {
        listingFailed = { error };
        ended.abort();
      };
      // A source may not hear the signal.
      const both = Promise.all([discover().catch(cannotList), follow().catch(failed)]);
      await untilAborted(both, signal).catch(() => {});
      // What was done until the drain.
      if (ends.aborted && !signal.aborted) await commitDone();
      if (listingFailed) throw listingFailed.error;
    }
    signal.throwIfAborted();
    await saveCheckpoint();
    return report;
  } finally {
    await lock.release();
  }
}
