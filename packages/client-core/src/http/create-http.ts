import { systemClock } from '../clock.js';
import { withoutUndefined } from '../options/with-defaults.js';
import { AttemptLoop } from './attempt-loop.js';
import type { HttpContext } from './attempt-loop.js';
import { withChangeEvents } from './change-events.js';
import type { Http, HttpSettings } from './http-types.js';

const defaultTimeoutInMs = 60_000;
const defaultMaxResponseBytes = 256 * 1024 * 1024;

/**
 * Calls with retries, each attempt waiting for the limiter and signed again, whole bodies, and typed errors. A signal
 * that fires rejects with its own reason.
 */
export function createHttp(settings: HttpSettings): Http {
  const given = withoutUndefined(settings);
  const retry = withoutUndefined(given.retry);
  const context: HttpContext = {
    fetch: given.fetch ?? ((request) => globalThis.fetch(request)),
    clock: given.clock ?? systemClock,
    limiter: given.limiter,
    events: given.events ?? {},
    maxRetries: retry.maxRetries ?? 4,
    maxRetryAfterInMs: retry.maxRetryAfterInMs ?? 90_000,
    timeoutInMs: given.timeoutInMs ?? defaultTimeoutInMs,
    maxResponseBytes: given.maxResponseBytes ?? defaultMaxResponseBytes,
    userAgent: [given.userAgentPrefix, given.userAgent].filter(Boolean).join(' '),
    random: given.random ?? Math.random,
    authorize: (attempt) => settings.authorize(attempt),
    describeError: (reply) => settings.describeError?.(reply) ?? {},
    clientId: undefined,
  };
  const http: Http = {
    send: (call) => new AttemptLoop(context, withoutUndefined(call) as typeof call).run(),
  };
  return withChangeEvents(http, context.events, () => context.clientId);
}
