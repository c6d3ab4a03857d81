import { ArgumentError, AuthenticationError } from '@repo/client-core';
import { DeadLettersFullError, DeadLettersWriteError } from '../errors.js';

/** How a unit that fails is tried again. The clients have retried their calls before a unit fails. */
export interface RetryPlan {
  /** Retries of one unit before it is deferred. Default 4. */
  maxRetries?: number;
  /** Pause after the first failure, doubled after each further one, in milliseconds. Default 1,000. */
  delayInMs?: number;
  /** Longest pause. Default 60,000. */
  maxDelayInMs?: number;
  /** When a deferred unit is tried again by a run that still goes on. Default 15 minutes. */
  deferralDelayInMs?: number;
  /** So many units deferred with none committed in between stop the run. Default 8. */
  maxConsecutiveDeferrals?: number;
}

/** What no repetition cures, wherever it is in the chain of causes. */
export function isFatal(thrown: unknown): boolean {
  if (isLasting(thrown)) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isFatal(thrown.cause);
}

function isLasting(thrown: unknown): boolean {
  return (
    AuthenticationError.isInstance(thrown) ||
    ArgumentError.isInstance(thrown) ||
    DeadLettersFullError.isInstance(thrown) ||
    DeadLettersWriteError.isInstance(thrown)
  );
}
