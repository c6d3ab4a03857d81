import type { Clock, Gap } from '@repo/client-core';
import type { DeadLetters, Sink, Source, State, Unit } from '../ports.js';
import type { PipelineReport } from '../report.js';
import type { Transform } from './deliver-options.js';
import type { DestinationBreaker } from './destination-breaker.js';
import type { RetryOptions } from './retry-options.js';
import type { PipelineStatus } from './run-status.js';

export interface PipelineOptions<U extends Unit, R, Row> {
  source: Source<U, R>;
  transform: Transform<R, U, Row>;
  sink: Sink<Row>;
  state: State;
  deadLetters: DeadLetters<Row>;
  /** Wait for more when everything up to now is delivered, until drained. Default false: end. */
  follow?: boolean | undefined;
  /** The record's own id, for skipping duplicates; without it every record is delivered. */
  recordId?: ((record: R) => string | undefined) | undefined;
  /** How long, and how many, record ids are remembered. Default one day and 200,000. */
  dedupe?: { windowInMs?: number | undefined; maxKeys?: number | undefined } | undefined;
  /** Units in flight: after a crash at most this many are delivered again. Default 4. */
  concurrency?: number | undefined;
  /** What happens to a unit that fails though it may be read and delivered later. */
  retry?: RetryOptions | undefined;
  /** Shared by pipelines that write to the same destination. Default: one of its own. */
  breaker?: DestinationBreaker | undefined;
  /** Lets data leave its cloud: a government tenant's into a public workspace. Default false. */
  allowCrossCloud?: boolean | undefined;
  clock?: Clock | undefined;
  /** Finish the units in flight, take no new ones, resolve with the report. */
  drainSignal?: AbortSignal | undefined;
  /** Units still in flight so long after `drainSignal` are canceled and read again later. Default 30 seconds. */
  drainTimeoutInMs?: number | undefined;
  /** Stops immediately. Uncommitted units are read again on the next run. Rejects with the signal's reason. */
  abortSignal?: AbortSignal | undefined;
  onProgress?: ((report: PipelineReport) => void) | undefined;
  /** Called with each change of state. */
  onStatus?: ((status: PipelineStatus) => void) | undefined;
  /** A span of time is lost. It is in the report and the dead letters too. */
  onGap?: ((gap: Gap) => void) | undefined;
  /** A unit is deferred: not delivered after several tries, tried again later. */
  onDeferred?: ((unit: Unit, error: unknown) => void) | undefined;
}
