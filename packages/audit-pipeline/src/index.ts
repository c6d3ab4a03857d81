export { runPipeline } from './run/run-pipeline.js';
export type { PipelineOptions } from './run/pipeline-options.js';
export type { PipelineState, PipelineStatus } from './run/run-status.js';
export { createDestinationBreaker } from './run/destination-breaker.js';
export type { DestinationBreaker, UnitVerdict } from './run/destination-breaker.js';
export { finiteSource } from './sources/finite-source.js';
export type { FiniteSourceOptions } from './sources/finite-source.js';
export type { RetryOptions } from './run/retry-options.js';
export { deliver } from './run/deliver.js';
export type {
  DeliverOptions,
  Transform,
  TransformContext,
  UnitOutcome,
  UnitReport,
} from './run/deliver-options.js';
export { createDedupeKeys } from './state/dedupe-keys.js';
export type { Claims, DedupeKeys, DedupeKeysOptions, InFlight } from './state/dedupe-keys.js';
export { memoryState } from './state/memory-state.js';
export { sqliteState } from './state/sqlite/sqlite-state.js';
export type { SqliteStateOptions } from './state/sqlite/sqlite-state.js';
export { fileDeadLetters } from './dead-letters/file-dead-letters.js';
export type {
  FileDeadLetters,
  FileDeadLettersOptions,
  SavedDeadLetter,
} from './dead-letters/file-dead-letters.js';
export { supervise } from './supervise/supervise.js';
export { limiterPerTenant, supervisedPipeline } from './supervise/supervised-pipeline.js';
export type { RunContext, SupervisedOptions, SupervisedPipeline } from './supervise/supervised-pipeline.js';
export { createStopSignals } from './supervise/stop-signals.js';
export type { SignalEmitter, StopSignals } from './supervise/stop-signals.js';
export type { PipelineOutcome, SuperviseOptions } from './supervise/supervise.js';
export { backfill, reserveForLive } from './run/backfill.js';
export type { TimeSpan } from './run/backfill.js';
export { replay } from './dead-letters/replay.js';
export type { Replayed, ReplayOptions } from './dead-letters/replay.js';
export { tee } from './sinks/tee.js';
export { reconcile } from './reconcile/reconcile.js';
export type { Difference, ReconcileOptions, ReconcileReport } from './reconcile/reconcile.js';
export { reconcileRecords } from './reconcile/reconcile-records.js';
export type { ReconcileRecordsOptions, RecordsReport } from './reconcile/reconcile-records.js';
export { createHealth } from './health/health.js';
export type { Health, HealthEntry, HealthOptions, HealthSource } from './health/health.js';
export type { HealthTracker, Watched } from './health/health-tracker.js';
export type { HealthRow } from './health/health-row.js';
export { heartbeat, sendHealth } from './health/heartbeat.js';
export type { HeartbeatOptions, SendHealthOptions } from './health/heartbeat.js';
export {
  DeadLettersFullError,
  DeadLettersWriteError,
  DeliveryError,
  StateCorruptError,
  StateIdentityError,
  StateLockedError,
  StateVersionError,
  StateWriteError,
  UnitsDeferredError,
  UnitUnreadableError,
} from './errors.js';
export type { DoneUnit, PipelineReport } from './report.js';
export { StateLogError, StateMissingError } from './state/state-errors.js';
export type { IfMissing } from './state/if-missing.js';
export type { MemoryState } from './state/memory-state.js';
export type { TeeOptions } from './sinks/tee.js';
export type {
  Attachment,
  DeadLetter,
  DeadLetters,
  DiscoverOptions,
  SavedAttachment,
  SavedState,
  Sink,
  SinkOptions,
  Source,
  SourceProgress,
  SourceRun,
  State,
  UndeliverableStatus,
  Unit,
  UnitCommit,
  SinkResult,
} from './ports.js';
export { ApiError, ArgumentError, AuditSdkError } from '@repo/client-core';
export type {
  ApiErrorDetails,
  AuditSdkErrorDetails,
  Clock,
  Cloud,
  Delta,
  Gap,
  RateLimiter,
  SavedFeed,
  SeenEntry,
} from '@repo/client-core';
