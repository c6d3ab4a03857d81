import { bearerAuthorizer } from '../auth/bearer.js';
import type { TokenCredential } from '../auth/credential.js';
import { systemClock } from '../clock.js';
import { createHttp } from '../http/create-http.js';
import type { HttpCall, HttpSettings } from '../http/http-types.js';
import type { HttpReply } from '../http/reply.js';
import { withoutUndefined } from '../options/with-defaults.js';
import type { ClientOptions, Clock, OperationOptions } from '../types.js';
import { createRateLimiter } from './rate-limiter.js';
import { confirmServerTime, createServerClock } from './server-clock.js';

export interface ServiceHttpSettings {
  /** Name and version for User-Agent, for example `mcas-client/1.0.0`. */
  userAgent: string;
  /** Signs with tokens of this credential for this scope; or give `authorize`. */
  credential?: TokenCredential | undefined;
  scope?: string | undefined;
  /** Signs in another way. */
  authorize?: HttpSettings['authorize'] | undefined;
  /** Requests a minute, unless the options say otherwise. Default: no limit. */
  quotaPerMinute?: number | undefined;
  /** Length of the service's minute, in milliseconds. Default 61,000: requests arrive less regularly than they leave. */
  quotaWindowInMs?: number | undefined;
  describeError?: HttpSettings['describeError'];
  /** Deadline of an attempt unless the options say otherwise, in milliseconds. Default 60,000. */
  timeoutInMs?: number | undefined;
}

/** HTTP for one service: options, limiter, credential, errors and the server's clock, wired together. */
export interface ServiceHttp {
  readonly clock: Clock;
  /** Attempts after the first of a call that does not say otherwise. */
  readonly maxRetries: number;
  send(call: HttpCall): Promise<HttpReply>;
  /** The server's time as known now, without asking: milliseconds since the epoch. */
  now(): number;
  /** Whether the server's time is confirmed. */
  readonly isTimeKnown: boolean;
  /** The server's time; calls `probe`, a cheap request, until it is confirmed (at most three times). */
  serverTime(probe: () => Promise<unknown>, options?: OperationOptions): Promise<Date>;
}

export function createServiceHttp(options: ClientOptions, settings: ServiceHttpSettings): ServiceHttp {
  const given = withoutUndefined(options);
  const { clock = systemClock, requestsPerMinute: limit = settings.quotaPerMinute } = given;
  const { userAgent, credential, scope = '', timeoutInMs, quotaWindowInMs: windowInMs = 61_000 } = settings;
  const serverClock = createServerClock(clock);
  const limiter =
    given.limiter ?? (limit === undefined ? undefined : createRateLimiter({ limit, windowInMs, clock }));
  const authorize =
    settings.authorize ??
    (credential ? bearerAuthorizer(credential, scope, clock) : async () => ({ headers: {} }));
  const http = createHttp({
    timeoutInMs,
    ...given,
    clock,
    limiter,
    userAgent,
    authorize,
    describeError: (reply) => {
      serverClock.learn(reply.headers);
      return settings.describeError?.(reply) ?? {};
    },
  });

  return {
    clock,
    maxRetries: given.retry?.maxRetries ?? 4,
    async send(call) {
      return http.send({
        ...call,
        check: (reply) => {
          serverClock.learn(reply.headers);
          call.check?.(reply);
        },
      });
    },
    now: () => serverClock.now(),
    get isTimeKnown() {
      return serverClock.isKnown;
    },
    async serverTime(probe, { abortSignal } = {}) {
      await confirmServerTime(serverClock, probe, abortSignal);
      return new Date(serverClock.now());
    },
  };
}
