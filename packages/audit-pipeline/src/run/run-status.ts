/** What a pipeline does. */
export type PipelineState = 'STARTING' | 'RUNNING' | 'WAITING' | 'SUSPENDED' | 'FAILED' | 'STOPPED';

/**
 * STARTING: takes the lock and opens the state. RUNNING: delivers, or waits for new records. WAITING: source or
 * destination is out of order, and is tried again by the run. SUSPENDED: the run ended with an error, and is started
 * again. FAILED: somebody has to look; it is tried again at long intervals. STOPPED: ended or drained.
 */
export interface PipelineStatus {
  state: PipelineState;
  /** Why it waits, is suspended or failed; never content, never a secret. */
  reason?: string | undefined;
}
