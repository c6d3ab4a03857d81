export { runPipeline } from './run.js';
export type { PipelineOptions } from './run.js';
export type { RetryPlan } from './run-retry.js';
export { deliver } from './deliver.js';
export type { DeliverOptions, Transform, TransformContext, UnitOutcome, UnitReport } from './deliver.js';
export { createMarks } from './marks.js';
export type { Marks, MarksOptions } from './marks.js';
export { memoryState } from './memory-state.js';
export { sqliteState } from './sqlite-state.js';
export type { SqliteStateOptions } from './sqlite-state.js';
export { fileDeadLetters } from './dead-letters.js';
export type { FileDeadLetters, FileDeadLettersOptions, SavedDeadLetter } from './dead-letters.js';
export { runTenants, tenant } from './tenants.js';
export type { Tenant, TenantOutcome, TenantsOptions } from './tenants.js';
export { backfill, reserveForLive } from './backfill.js';
export type { TimeSpan } from './backfill.js';
export { replay } from './replay.js';
export type { Replayed, ReplayOptions } from './replay.js';
export { tee } from './tee.js';
export { reconcile } from './reconcile.js';
export type { Difference, ReconcileOptions, ReconcileReport } from './reconcile.js';
export { reconcileRecords } from './reconcile-records.js';
export type { ReconcileRecordsOptions, RecordsReport } from './reconcile-records.js';
export { createHealth } from './health.js';
export type { Health, HealthEntry, HealthOptions, HealthSource } from './health.js';
export type { HealthTracker, Watched } from './health-tracker.js';
export type { HealthRow } from './health-row.js';
export { heartbeat, sendHealth } from './health-beat.js';
export type { HeartbeatOptions, SendHealthOptions } from './health-beat.js';
export {
  DeadLettersFullError,
  DeadLettersWriteError,
  DeliveryError,
  StateCorruptError,
  StateIdentityError,
  StateLockedError,
  StateVersionError,
  StateWriteError,
  UnitsLeftError,
  UnitUnreadableError,
} from './errors.js';
export type {
  DeadLetter,
  DeadLetters,
  DiscoverOptions,
  DoneUnit,
  PipelineReport,
  SavedState,
  Sink,
  Source,
  SourceRun,
  State,
  Unit,
  WriteResult,
} from './ports.js';
export { ApiError, ArgumentError } from '@repo/client-core';
export type {
  ApiErrorDetails,
  Clock,
  Cloud,
  Delta,
  Gap,
  RateLimiter,
  SavedFeed,
  SeenEntry,
} from '@repo/client-core';
