export { runPipeline } from './run.js';
export type { PipelineOptions } from './run.js';
export { memoryState } from './memory-state.js';
export { sqliteState } from './sqlite-state.js';
export { DeliveryError, StateLockedError, StateVersionError, UnitUnreadableError } from './errors.js';
export type {
  DeadLetters,
  PipelineReport,
  SavedState,
  Sink,
  Source,
  SourceRun,
  State,
  Unit,
  WriteResult,
} from './ports.js';
export type { Clock, Delta, Gap, SavedFeed, SeenEntry } from '@repo/client-core';
