import { systemClock } from '@repo/client-core';
import { checkConcurrency, checkParts } from '../check-options.js';
import { UnitsDeferredError } from '../errors.js';
import type { Unit } from '../ports.js';
import { emptyReport } from '../report.js';
import type { PipelineReport } from '../report.js';
import { checkClouds } from './check-clouds.js';
import { lockUnlessDrained } from './lock-unless-drained.js';
import type { PipelineOptions } from './pipeline-options.js';
import { PipelineRun } from './pipeline-run.js';

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
 * A unit that fails is tried again after a pause, in its own slot. After `retry.maxRetries` it is deferred: the cursor
 * stays before it, and it is tried again later. When units are deferred in a row, when a sign-in fails, or when the
 * destination refuses most rows of several units, source or destination is taken to be out of order: the run takes no
 * new units and tries one at a time, at most five minutes apart. A run that follows waits like that until it is drained;
 * another ends after `retry.maxWaitInMs` with UnitsDeferredError. What repeating cannot cure (state, dead letters, wrong
 * arguments) stops it immediately with its own error.
 */
export async function runPipeline<U extends Unit, R, Row>(
  options: PipelineOptions<U, R, Row>,
): Promise<PipelineReport> {
  const { source, state, concurrency = 4, abortSignal, drainSignal, clock = systemClock } = options;
  checkParts(options, runParts);
  checkConcurrency(concurrency);
  checkClouds(source, options.sink, options.allowCrossCloud);
  options.onStatus?.({ state: 'STARTING' });
  const lock = await lockUnlessDrained(state, options);
  // Drained while another process had it.
  if (!lock) return emptyReport();
  try {
    if (source.identity !== undefined) await state.identify(source.identity);
    const saved = await state.load();
    const run = new PipelineRun({ ...options, concurrency, clock }, saved);
    const { report, failure, firstDeferral } = await run.run();
    abortSignal?.throwIfAborted();
    if (failure) throw failure.error;
    if (report.units.deferred > 0 && !drainSignal?.aborted)
      throw new UnitsDeferredError(report, firstDeferral?.error);
    return report;
  } finally {
    await lock.release();
  }
}
