import { systemClock } from '@repo/client-core';
import type { Clock, Gap } from '@repo/client-core';
import { checkConcurrency, checkParts } from '../check-options.js';
import { checkClouds } from './check-clouds.js';
import type { Transform } from './deliver.js';
import { UnitsDeferredError } from '../errors.js';
import { lockUnlessDrained } from './lock-unless-drained.js';
import { createDedupeKeys } from '../state/dedupe-keys.js';
import type { DeadLetters, PipelineReport, Sink, Source, State, Unit } from '../ports.js';
import type { RetryPlan } from './run-retry.js';
import { createWorker, emptyReport } from './run-worker.js';

export interface PipelineOptions<U extends Unit, R, Row> {
  source: Source<U, R>;
  transform: Transform<R, U, Row>;
  sink: Sink<Row>;
  state: State;
  deadLetters: DeadLetters<Row>;
  /** The record's own id, for dropping repetitions; without it every record is delivered. */
  recordId?: ((record: R) => string | undefined) | undefined;
  /** How long, and how many, record ids are remembered. Default one day and 200,000. */
  dedupe?: { windowInMs?: number | undefined; maxKeys?: number | undefined } | undefined;
  /** Units in flight: after a crash at most this many are delivered again. Default 4. */
  concurrency?: number;
  /** What happens to a unit that fails though it may be read and delivered later. */
  retry?: RetryPlan;
  /** Lets data leave its cloud: a government tenant's into a public workspace. Default false. */
  allowCrossCloud?: boolean;
  clock?: Clock;
  /** Finish the units in flight, take no new ones, resolve with the report. */
  drainSignal?: AbortSignal;
  /** Stop at once; safe: what is not committed is read again. Rejects with the signal's reason. */
  abortSignal?: AbortSignal;
  onProgress?(report: PipelineReport): void;
  /** A span of time is lost. It is in the report and the dead letters too. */
  onGap?(gap: Gap): void;
  /** A unit is deferred: not delivered after several tries, tried again later. */
  onDeferred?(unit: Unit, error: unknown): void;
}

const runParts = {
  source: 'open',
  transform: undefined,
  sink: 'write',
  state: 'lock',
  deadLetters: 'add',
};

/**
 * discover → read → dedupe → transform → sink → commit, for as long as the source has units. At least once and never
 * past an unread unit: progress is saved only after the sink has accepted a unit's rows or the dead letters hold them.
 * Where a first run starts is for the source to say.
 *
 * A unit that fails is tried again after a pause, in its own slot, so that the others go on and a destination that is
 * down slows the whole run. After `retry.maxRetries` it is deferred, the cursor stays before it, and a source that follows
 * has it tried again later. The run stops with UnitsDeferredError when the source ends with units deferred, or when
 * `retry.maxConsecutiveDeferrals` were deferred with none committed between: then it is not the units. What repeating cannot cure
 * (state, dead letters, sign-in, wrong arguments) stops it at once with its own error.
 */
export async function runPipeline<U extends Unit, R, Row>(
  options: PipelineOptions<U, R, Row>,
): Promise<PipelineReport> {
  const { source, state, concurrency = 4, abortSignal, drainSignal, clock = systemClock } = options;
  checkParts(options, runParts);
  checkConcurrency(concurrency);
  checkClouds(source, options.sink, options.allowCrossCloud);
  const lock = await lockUnlessDrained(state, options);
  // Drained while another process had it.
  if (!lock) return emptyReport();
  try {
    if (source.identity !== undefined) await state.identify(source.identity);
    const saved = await state.load();
    const dedupeKeys = createDedupeKeys(saved.keys, {
      ...options.dedupe,
      clock,
    });
    const stop = new AbortController();
    const ends = AbortSignal.any([stop.signal, abortSignal, drainSignal].filter((one) => one !== undefined));
    const worker = createWorker(source.open(saved), dedupeKeys, stop, options);
    const { lost: onGap, checkpoint: onListed } = worker;
    const listing = worker.run.discover({ abortSignal: ends, onGap, onListed });
    const units = listing[Symbol.asyncIterator]();
    const inFlight = new Set<Promise<void>>();
    const start = (unit: U): void => {
      const work = worker.work(unit).finally(() => inFlight.delete(work));
      inFlight.add(work);
    };

    let coming: Promise<IteratorResult<U, unknown>> | undefined;
    try {
      while (!ends.aborted) {
        if (inFlight.size >= concurrency) {
          await Promise.race(inFlight);
          continue;
        }
        const again = worker.due();
        if (again) {
          start(again);
          continue;
        }
        coming ??= units.next();
        const step = await raceDue(worker.nextDue(), clock, ends, coming);
        if (step === 'ended') break;
        if (step === 'due') continue;
        coming = undefined;
        if (step.done) break;
        start(step.value);
      }
    } catch (thrown) {
      // A listing that fails ends the run, but what is in flight may finish.
      if (!ends.aborted) worker.failed(thrown);
    }
    // The source may be waiting: it is told by its signal, and nobody waits for it.
    coming?.catch(() => {});
    await Promise.all(inFlight);
    const closing = coming ? undefined : units.return?.().catch(() => {});
    // Who drains does not wait for a source that hangs.
    if (!ends.aborted) await closing;
    await worker.settled();
    // A source may still be at work, and speak of it: the state is another's from here on.
    worker.close();
    abortSignal?.throwIfAborted();
    if (worker.failure) throw worker.failure.error;
    if (worker.report.units.deferred > 0 && !drainSignal?.aborted)
      throw new UnitsDeferredError(worker.report, worker.firstDeferred);
    return worker.report;
  } finally {
    await lock.release();
  }
}

/** The source's next unit, or the time of a deferred one, or the end: whichever is first. */
async function raceDue<T>(
  dueAt: number | undefined,
  clock: Clock,
  ends: AbortSignal,
  coming: Promise<T>,
): Promise<T | 'ended' | 'due'> {
  const over = new AbortController();
  // A listener of its own that goes again: a promise that lives as long as the run would keep all that it has raced.
  const ended = new Promise<'ended'>((resolve) => {
    if (ends.aborted) resolve('ended');
    ends.addEventListener('abort', () => resolve('ended'), { once: true, signal: over.signal });
  });
  const due =
    dueAt === undefined
      ? []
      : [
          clock.sleep(Math.max(0, dueAt - clock.now()), over.signal).then(
            () => 'due' as const,
            () => 'ended' as const,
          ),
        ];
  try {
    return await Promise.race([coming, ended, ...due]);
  } finally {
    over.abort();
  }
}
