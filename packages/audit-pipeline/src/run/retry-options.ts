import { ArgumentError, AuthenticationError } from '@repo/client-core';
import {
  DeadLettersFullError,
  DeadLettersWriteError,
  StateCorruptError,
  StateIdentityError,
  StateLockedError,
  StateVersionError,
  StateWriteError,
} from '../errors.js';
import { StateLogError, StateMissingError } from '../state/state-errors.js';

/** How a unit that fails is tried again. The clients have retried their calls before a unit fails. */
export interface RetryOptions {
  /** Retries of one unit before it is deferred. Default 4. */
  maxRetries?: number | undefined;
  /** Pause after the first failure, doubled after each further one, in milliseconds. Default 1,000. */
  delayInMs?: number | undefined;
  /** Longest pause between two tries of one unit. Default 60,000. */
  maxDelayInMs?: number | undefined;
  /** When a deferred unit is tried again by a run that still goes on. Default 15 minutes. */
  deferralDelayInMs?: number | undefined;
  /**
   * After so many deferred units with none committed in between, source or destination is taken to be out of order:
   * the run takes no new units and tries one at a time. Default 8.
   */
  maxConsecutiveDeferrals?: number | undefined;
  /**
   * How long a run that does not follow waits for a source or destination that is out of order before it ends with
   * UnitsDeferredError, in milliseconds. Default five minutes: an Azure Functions host stops a run after ten. A run that
   * follows waits until it is drained.
   */
  maxWaitInMs?: number | undefined;
}

type ErrorClass = { isInstance(value: unknown): boolean };

/** What no repetition cures: somebody has to look. */
const needsPerson: readonly ErrorClass[] = [
  ArgumentError,
  DeadLettersFullError,
  DeadLettersWriteError,
  StateCorruptError,
  StateIdentityError,
  StateLogError,
  StateMissingError,
  StateVersionError,
];

/** What a run cannot go on after; another run may succeed. */
const endsRun: readonly ErrorClass[] = [...needsPerson, StateLockedError, StateWriteError];

/** Whether somebody has to look before another run can succeed. */
export function needsAttention(thrown: unknown): boolean {
  return isCausedBy(thrown, needsPerson);
}

export function isFatal(thrown: unknown): boolean {
  return isCausedBy(thrown, endsRun);
}

/** A sign-in that fails says nothing of the unit. */
export function isSignIn(thrown: unknown): boolean {
  return isCausedBy(thrown, [AuthenticationError]);
}

function isCausedBy(thrown: unknown, classes: readonly ErrorClass[]): boolean {
  if (classes.some((one) => one.isInstance(thrown))) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isCausedBy(thrown.cause, classes);
}
