import { getReason, systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import { DeliveryError } from '../errors.js';
import type { SourceRun, Unit } from '../ports.js';
import { emptyReport } from '../report.js';
import type { PipelineReport } from '../report.js';
import type { DedupeKeys } from '../state/dedupe-keys.js';
import type { CommitQueue } from './commit-queue.js';
import { deliver } from './deliver.js';
import type { UnitReport } from './deliver-options.js';
import type { DestinationBreaker } from './destination-breaker.js';
import { Outage } from './outage.js';
import type { PipelineOptions } from './pipeline-options.js';
import type { RunSignals } from './run-signals.js';
import { isFatal, isSignIn } from './retry-options.js';

/** So many units of which most rows were refused, with none accepted in between, are the destination's fault. */
const refusedUnitsOfOutage = 3;

/** Delivers the units of one run: tries again, defers, and notices when source or destination is out of order. */
export class UnitRunner<U extends Unit, R, Row> {
  readonly report: PipelineReport = emptyReport();
  readonly outage: Outage;
  /** Why the first unit was deferred. */
  firstDeferral: { error: unknown } | undefined;
  /** What stopped the run. */
  failure: { error: unknown } | undefined;
  readonly #options: PipelineOptions<U, R, Row>;
  readonly #run: SourceRun<U, R>;
  readonly #commits: CommitQueue;
  readonly #dedupeKeys: DedupeKeys;
  readonly #breaker: DestinationBreaker;
  readonly #clock: Clock;
  readonly #signals: RunSignals;
  readonly #deferred = new Map<string, { unit: U; dueAt: number }>();
  /** Distinct units deferred since the last one that was committed. */
  #consecutive = new Set<string>();

  constructor(
    parts: {
      options: PipelineOptions<U, R, Row>;
      run: SourceRun<U, R>;
      commits: CommitQueue;
      dedupeKeys: DedupeKeys;
      breaker: DestinationBreaker;
    },
    signals: RunSignals,
    onOutage: (reason: string | undefined) => void,
  ) {
    this.#options = parts.options;
    this.#run = parts.run;
    this.#commits = parts.commits;
    this.#dedupeKeys = parts.dedupeKeys;
    this.#breaker = parts.breaker;
    this.#clock = parts.options.clock ?? systemClock;
    this.#signals = signals;
    this.outage = new Outage(onOutage, this.#clock);
  }

  get deferredCount(): number {
    return this.#deferred.size;
  }

  /** When the next deferred unit is due, ms since the epoch. */
  get nextDue(): number | undefined {
    if (this.#deferred.size === 0) return undefined;
    return Math.min(...[...this.#deferred.values()].map(({ dueAt }) => dueAt));
  }

  /** The deferred unit whose time has come; with `anyway`, the one that is due first. */
  takeDue({ anyway = false }: { anyway?: boolean } = {}): U | undefined {
    const due = this.nextDue;
    if (due === undefined || (!anyway && due > this.#clock.now())) return undefined;
    for (const [id, { unit, dueAt }] of this.#deferred) {
      if (dueAt !== due) continue;
      this.#deferred.delete(id);
      this.report.units.deferred = this.#deferred.size;
      return unit;
    }
    return undefined;
  }

  /** Keeps a unit for later that was not tried: the destination is out of order. */
  park(unit: U): void {
    this.#deferred.set(unit.id, { unit, dueAt: this.#clock.now() });
    this.report.units.deferred = this.#deferred.size;
  }

  /** Delivers one unit, however many tries that takes, or defers it. Gives its accepted rows. Never rejects. */
  async work(unit: U): Promise<number> {
    try {
      const accepted = await this.#tryAll(unit);
      this.#options.onProgress?.(this.report);
      return accepted;
    } catch (error) {
      this.fail(error);
      return 0;
    }
  }

  /** Ends the run with this error. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.#signals.stop(error);
  }

  async #tryAll(unit: U): Promise<number> {
    const { maxRetries = 4, delayInMs = 1000, maxDelayInMs = 60_000 } = this.#options.retry ?? {};
    for (let failures = 1; ; failures += 1) {
      try {
        const { accepted } = await this.#attempt(unit);
        this.#succeeded();
        return accepted;
      } catch (error) {
        if (this.#signals.attempts.aborted) return this.#defer(unit, error);
        if (isFatal(error)) this.fail(error);
        else this.#noticeOutage(error);
        const over = failures > maxRetries || this.outage.since !== undefined;
        if (this.failure || over || this.#signals.pauses.aborted) return this.#defer(unit, error);
        const pause = Math.min(maxDelayInMs, delayInMs * 2 ** (failures - 1));
        const rested = await this.#clock.sleep(pause, this.#signals.pauses).then(
          () => true,
          () => false,
        );
        if (!rested) return this.#defer(unit, error);
      }
    }
  }

  async #attempt(unit: U): Promise<UnitReport> {
    const done = await deliver(unit, {
      ...this.#options,
      read: (one, readOptions) => this.#run.read(one, readOptions),
      dedupeKeys: this.#dedupeKeys,
      breaker: this.#breaker,
      abortSignal: this.#signals.attempts,
      onIncomplete: ({ accepted, unknown }) => {
        this.report.records.duplicatesSent += accepted;
        this.report.records.possibleDuplicates += unknown;
      },
      commit: ({ failed, keys, attachments }) =>
        this.#commits.commit(() => ({
          id: unit.id,
          delta: failed === undefined ? this.#run.ack(unit.id) : this.#run.fail(unit.id, failed),
          keys,
          attachments,
        })),
    });
    this.report.units[done.failed === undefined ? 'committed' : 'failed'] += 1;
    for (const key of ['read', 'duplicates', 'filtered', 'accepted', 'deadLettered'] as const)
      this.report.records[key] += done[key];
    return done;
  }

  #succeeded(): void {
    this.#consecutive = new Set();
    if (this.outage.since === undefined) return;
    this.outage.end();
    const now = this.#clock.now();
    for (const entry of this.#deferred.values()) entry.dueAt = now;
  }

  /** A sign-in that fails, or rows of every unit refused, are no fault of this unit. */
  #noticeOutage(error: unknown): void {
    if (this.outage.since !== undefined || isSignIn(error)) this.outage.failed(getReason(error));
    else if (this.#breaker.refusedUnits >= refusedUnitsOfOutage && DeliveryError.isInstance(error))
      this.outage.failed(`the destination refuses most rows of every unit: ${getReason(error)}`);
  }

  #defer(unit: U, error: unknown): 0 {
    const { deferralDelayInMs = 900_000, maxConsecutiveDeferrals = 8 } = this.#options.retry ?? {};
    this.firstDeferral ??= { error };
    this.#deferred.set(unit.id, { unit, dueAt: this.#clock.now() + deferralDelayInMs });
    this.report.units.deferred = this.#deferred.size;
    this.#options.onDeferred?.(unit, error);
    if (this.#signals.attempts.aborted) return 0;
    this.#consecutive.add(unit.id);
    if (this.outage.since === undefined && this.#consecutive.size >= maxConsecutiveDeferrals)
      this.outage.failed(getReason(error));
    return 0;
  }
}
