import { ArgumentError, backoff, getReason, systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import type { PipelineReport } from '../report.js';
import { needsAttention } from '../run/retry-options.js';
import type { PipelineStatus } from '../run/run-status.js';
import type { SupervisedPipeline } from './supervised-pipeline.js';

export interface SuperviseOptions {
  /** Pause before a pipeline that failed is started again, in milliseconds, doubled up to `maxRestartDelayInMs`. Default one minute. */
  restartDelayInMs?: number | undefined;
  /** The longest pause; also that of a pipeline which somebody has to look at. Default one hour. */
  maxRestartDelayInMs?: number | undefined;
  /** Starts again after failures with nothing committed in between. Default: no limit. 0 for pipelines run by a timer. */
  maxRetries?: number | undefined;
  clock?: Clock | undefined;
  drainSignal?: AbortSignal | undefined;
  /** How long units in flight have to end after `drainSignal`, in milliseconds. Default 30,000. */
  drainTimeoutInMs?: number | undefined;
  abortSignal?: AbortSignal | undefined;
  onProgress?: ((name: string, report: PipelineReport) => void) | undefined;
  /** Called with each change of state of each pipeline. */
  onStatus?: ((name: string, status: PipelineStatus) => void) | undefined;
  /** Called with each run that failed. */
  onFailure?: ((name: string, error: unknown) => void) | undefined;
}

/** What has become of one pipeline. */
export interface PipelineOutcome {
  name: string;
  /** Of its last run; absent when that failed. */
  report?: PipelineReport | undefined;
  /** Why its last run failed. */
  error?: unknown;
}

/**
 * Many pipelines in one process, each by itself: one that fails, waits or is throttled delays no other, and is started
 * again after growing pauses until it is drained. Resolves when every pipeline has ended; rejects only for wrong
 * arguments, and with the reason of `abortSignal`.
 */
export async function supervise(
  pipelines: readonly SupervisedPipeline[],
  options: SuperviseOptions = {},
): Promise<PipelineOutcome[]> {
  checkUnique(
    pipelines.map(({ name }) => name),
    'name',
  );
  checkUnique(
    pipelines.map(({ state }) => state),
    'state',
  );
  const outcomes = await Promise.all(pipelines.map((one) => new Supervisor(one, options).run()));
  options.abortSignal?.throwIfAborted();
  return outcomes;
}

/** Of one pipeline. */
class Supervisor {
  readonly #pipeline: SupervisedPipeline;
  readonly #options: SuperviseOptions;
  readonly #ends: AbortSignal;
  #failures = 0;

  constructor(pipeline: SupervisedPipeline, options: SuperviseOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    const signals = [options.drainSignal, options.abortSignal];
    this.#ends = AbortSignal.any(signals.filter((signal) => signal !== undefined));
  }

  async run(): Promise<PipelineOutcome> {
    const { name } = this.#pipeline;
    for (;;) {
      const { report, error } = await this.#runOnce();
      if (report) {
        this.#setStatus({ state: 'STOPPED' });
        return { name, report };
      }
      guard(() => this.#options.onFailure?.(name, error));
      const { maxRetries = Infinity } = this.#options;
      const over = this.#ends.aborted || this.#failures > maxRetries;
      if (over || !(await this.#rest(error))) {
        this.#setStatus({ state: 'STOPPED', reason: getReason(error) });
        return { name, error };
      }
    }
  }

  async #runOnce(): Promise<{ report?: PipelineReport; error?: unknown }> {
    const { drainSignal, drainTimeoutInMs, abortSignal, onProgress } = this.#options;
    const { name } = this.#pipeline;
    let moved = false;
    try {
      const report = await this.#pipeline.run({
        drainSignal,
        drainTimeoutInMs,
        abortSignal,
        onStatus: (status) => guard(() => this.#options.onStatus?.(name, status)),
        onProgress: (progress) => {
          moved ||= progress.units.committed > 0;
          guard(() => onProgress?.(name, progress));
        },
      });
      return { report };
    } catch (error) {
      this.#failures = moved ? 1 : this.#failures + 1;
      return { error };
    }
  }

  /** False when the pause was ended from outside. */
  async #rest(error: unknown): Promise<boolean> {
    const { restartDelayInMs = 60_000, maxRestartDelayInMs = 3_600_000, clock = systemClock } = this.#options;
    const failed = needsAttention(error);
    this.#setStatus({ state: failed ? 'FAILED' : 'SUSPENDED', reason: getReason(error) });
    const pause = failed
      ? maxRestartDelayInMs
      : backoff(this.#failures, { baseInMs: restartDelayInMs, maxInMs: maxRestartDelayInMs, jitter: 0 });
    try {
      await clock.sleep(pause, this.#ends);
      return true;
    } catch {
      return false;
    }
  }

  #setStatus(status: PipelineStatus): void {
    guard(() => this.#pipeline.onStatus?.(status));
    guard(() => this.#options.onStatus?.(this.#pipeline.name, status));
  }
}

/** What a callback throws must not end the others. */
function guard(callback: () => void): void {
  try {
    callback();
  } catch {
    // Theirs.
  }
}

function checkUnique(values: readonly unknown[], what: string): void {
  if (new Set(values).size < values.length)
    throw new ArgumentError('pipelines', `two have the same ${what}`, 'Give each pipeline its own.');
}
