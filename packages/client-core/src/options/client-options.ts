import type { ClientOptions, HttpEvents, OperationOptions, RetryOptions } from '../types.js';
import { isOptions } from './check-options.js';
import type { OptionTable } from './check-options.js';
import {
  hasMethods,
  isAbortSignal,
  isCallback,
  isDelay,
  isHeaderText,
  isNumber,
  isText,
  isTimeout,
} from './option-rules.js';

const maxRetries = isNumber({ whole: true });

const retryTable: OptionTable<RetryOptions> = { maxRetries, maxRetryAfterInMs: isDelay };

/** Rules of the callbacks every client calls: spread it where a client has more. */
export const eventsTable: OptionTable<HttpEvents> = {
  onAttempt: isCallback,
  onResponse: isCallback,
  onRetry: isCallback,
  onThrottle: isCallback,
  onFailure: isCallback,
  onChange: isCallback,
};

/** Rules of the options every client takes: spread it into the table of a client. */
export const clientOptionTable: OptionTable<ClientOptions> = {
  fetch: isCallback,
  limiter: hasMethods('acquire', 'pauseUntil'),
  requestsPerMinute: isNumber({ exclusive: true }),
  retry: isOptions(retryTable),
  timeoutInMs: isTimeout,
  maxResponseBytes: isNumber({ exclusive: true }),
  clock: hasMethods('now', 'sleep'),
  events: isOptions(eventsTable),
  userAgentPrefix: isHeaderText,
};

/** Rules of the options every call takes. */
export const operationOptionTable: OptionTable<OperationOptions> = {
  abortSignal: isAbortSignal,
  timeoutInMs: isTimeout,
  maxRetries,
  requestId: isText,
};
