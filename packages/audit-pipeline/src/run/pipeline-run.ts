import type { Clock, Gap } from '@repo/client-core';
import type { SavedState, SourceRun, Unit } from '../ports.js';
import { completeUntil } from '../report.js';
import type { PipelineReport } from '../report.js';
import { createDedupeKeys } from '../state/dedupe-keys.js';
import { CommitQueue } from './commit-queue.js';
import { createDestinationBreaker } from './destination-breaker.js';
import type { DestinationBreaker } from './destination-breaker.js';
import type { PipelineOptions } from './pipeline-options.js';
import { raceDue } from './race-due.js';
import { RunSignals } from './run-signals.js';
import { RowsInDoubt, runEnded, runStarted, savedSuspects, unitsInDoubt } from './run-record.js';
import { UnitRunner } from './unit-runner.js';

/** A quiet source's cursor is saved this often. */
const checkpointInMs = 3_600_000;

interface RunResult {
  report: PipelineReport;
  failure: { error: unknown } | undefined;
  firstDeferral: { error: unknown } | undefined;
}

type Options<U extends Unit, R, Row> = PipelineOptions<U, R, Row> & { concurrency: number; clock: Clock };

/** One run, from the lock to its release. */
export class PipelineRun<U extends Unit, R, Row> {
  readonly #options: Options<U, R, Row>;
  readonly #clock: Clock;
  readonly #source: SourceRun<U, R>;
  readonly #signals: RunSignals;
  readonly #commits: CommitQueue;
  readonly #runner: UnitRunner<U, R, Row>;
  readonly #breaker: DestinationBreaker;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #inDoubt: RowsInDoubt;
  #savedAt = -Infinity;
  #closed = false;
  #units: AsyncIterator<U> | undefined;
  /** Asked for, and not there yet. */
  #coming: Promise<IteratorResult<U, unknown>> | undefined;
  #ended = false;

  constructor(options: Options<U, R, Row>, saved: SavedState) {
    const { clock } = options;
    this.#options = options;
    this.#clock = clock;
    this.#inDoubt = new RowsInDoubt(unitsInDoubt(saved));
    this.#signals = new RunSignals(options);
    this.#breaker = options.breaker ?? createDestinationBreaker(savedSuspects(saved));
    this.#source = options.source.open(saved);
    this.#commits = new CommitQueue(options.state, (error) => this.#runner.fail(error));
    this.#runner = new UnitRunner(
      {
        options: { ...options, onProgress: () => this.#progressed() },
        run: this.#source,
        commits: this.#commits,
        dedupeKeys: createDedupeKeys(saved.keys, { ...options.dedupe, clock }),
        breaker: this.#breaker,
      },
      this.#signals,
      (reason) => this.#statusChanged(reason),
    );
  }

  async run(): Promise<RunResult> {
    const { concurrency } = this.#options;
    this.#statusChanged();
    void this.#commits
      .commit(() => ({ id: 'run', attachments: [runStarted(Math.max(concurrency, this.#inDoubt.units))] }))
      .catch(() => {});
    try {
      await this.#deliverAll();
    } catch (thrown) {
      // A listing that fails ends the run, but what is in flight may finish.
      if (!this.#signals.pauses.aborted) this.#runner.fail(thrown);
    }
    await this.#finish();
    const { failure, firstDeferral } = this.#runner;
    return { report: this.#report(), failure, firstDeferral };
  }

  async #deliverAll(): Promise<void> {
    const { concurrency } = this.#options;
    this.#units = this.#discover();
    while (!this.#signals.pauses.aborted) {
      if (this.#runner.outage.since !== undefined) {
        if (!(await this.#probe())) return;
      } else if (this.#inFlight.size >= concurrency) {
        await Promise.race(this.#inFlight);
      } else {
        const unit = this.#runner.takeDue() ?? (await this.#next());
        if (unit === 'ended') return;
        if (unit !== 'due') this.#start(unit);
      }
    }
  }

  /** Asks a source or destination that is out of order by one unit at a time. False when the run has waited enough. */
  async #probe(): Promise<boolean> {
    const { outage } = this.#runner;
    const { follow, retry } = this.#options;
    if (this.#inFlight.size > 0) {
      await Promise.race(this.#inFlight);
      return true;
    }
    const deadline = follow ? Infinity : (outage.since ?? 0) + (retry?.maxWaitInMs ?? 300_000);
    if (this.#clock.now() >= deadline) return false;
    // New units too: a unit that no destination takes must not be the only one that is tried.
    const room = this.#runner.deferredCount < (retry?.maxConsecutiveDeferrals ?? 8);
    const dueAt = Math.min(outage.nextProbeAt, deadline);
    const unit = room && !this.#ended ? await this.#next(dueAt) : await this.#pause(dueAt);
    if (unit === 'ended' && this.#signals.pauses.aborted) return false;
    if (typeof unit !== 'string') {
      this.#runner.park(unit);
      return true;
    }
    if (this.#clock.now() < outage.nextProbeAt) return true;
    const probe = this.#runner.takeDue({ anyway: true });
    if (probe) this.#start(probe);
    else outage.end();
    return true;
  }

  /** The source's next unit; `due` when a deferred one is, `ended` when there is no more. */
  async #next(dueAt = this.#runner.nextDue): Promise<U | 'due' | 'ended'> {
    if (this.#ended || !this.#units) return 'ended';
    this.#coming ??= this.#units.next();
    const step = await raceDue(dueAt, this.#clock, this.#signals.pauses, this.#coming);
    if (step === 'ended' || step === 'due') return step;
    this.#coming = undefined;
    if (!step.done) return step.value;
    this.#ended = true;
    return 'ended';
  }

  async #pause(until: number): Promise<'due'> {
    await this.#clock.sleep(Math.max(0, until - this.#clock.now()), this.#signals.pauses).catch(() => {});
    return 'due';
  }

  #start(unit: U): void {
    const work = this.#runner
      .work(unit)
      .then((accepted) => this.#inDoubt.add(accepted))
      .finally(() => this.#inFlight.delete(work));
    this.#inFlight.add(work);
  }

  #discover(): AsyncIterator<U> {
    const units = this.#source.discover({
      abortSignal: this.#signals.pauses,
      follow: this.#options.follow,
      onGap: (gap) => this.#lost(gap),
      onListed: () => this.#checkpoint(checkpointInMs),
      onPosition: () => this.#checkpoint(0),
    });
    return units[Symbol.asyncIterator]();
  }

  #lost(gap: Gap): void {
    this.#runner.report.gaps.push(gap);
    const { from, to, reason } = gap;
    const unit = { id: `gap:${from}/${to}` };
    this.#commits.before(() => this.#options.deadLetters.add({ unit, reason })).catch(() => {});
    this.#options.onGap?.(gap);
  }

  /** Saves the position when the last time is so long ago. */
  #checkpoint(afterInMs: number): void {
    if (this.#closed || !this.#source.checkpoint || this.#clock.now() - this.#savedAt < afterInMs) return;
    this.#savedAt = this.#clock.now();
    this.#commits
      .commit(() => {
        const delta = this.#source.checkpoint?.();
        return delta && { id: 'checkpoint', delta };
      })
      .catch(() => {});
  }

  /** What is in flight ends; then the position is saved, and nothing after it. */
  async #finish(): Promise<void> {
    const ended = this.#signals.pauses.aborted;
    // The source may be waiting: it is told by its signal, and nobody waits for it.
    this.#coming?.catch(() => {});
    await Promise.all(this.#inFlight);
    const closing = this.#coming ? undefined : this.#units?.return?.().catch(() => {});
    // A drain does not wait for a source that hangs.
    if (!ended) await closing;
    await this.#commits.settled();
    this.#closed = true;
    const isWhole = this.#ended && this.#runner.deferredCount === 0;
    await this.#commits
      .commit(() => {
        const delta = this.#source.checkpoint?.();
        return {
          id: 'run',
          delta,
          attachments: runEnded(this.#breaker.suspects(), this.#inDoubt.remaining({ isWhole })),
        };
      })
      .catch(() => {});
    // A source may still be at work: the state is another's from here on.
    this.#commits.close();
    this.#signals.finish();
  }

  #progressed(): void {
    this.#savedAt = this.#clock.now();
    this.#options.onProgress?.(this.#report());
  }

  #report(): PipelineReport {
    const { report } = this.#runner;
    report.progress = this.#source.progress?.() ?? [];
    report.completeUntil = completeUntil(report.progress);
    const { records } = report;
    return {
      ...report,
      records: { ...records, possibleDuplicates: records.possibleDuplicates + this.#inDoubt.bound },
    };
  }

  #statusChanged(reason?: string): void {
    this.#options.onStatus?.(reason === undefined ? { state: 'RUNNING' } : { state: 'WAITING', reason });
  }
}
