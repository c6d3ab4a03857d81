import { createHttp, createServerClock, systemClock } from '@repo/client-core';
import type { HttpCall, HttpReply, HttpSettings, OperationOptions, RetryEvent } from '@repo/client-core';

/** One call of the API, relative to the portal. */
export interface ApiCall<T> {
  operation: string;
  method: HttpCall['method'];
  /** Begins with a slash. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  idempotent: boolean;
  /** What a state-changing call is about to change; told to `onChange`. */
  change?: string;
  /** Runs inside the retried unit: throws ResponseFormatError for an answer that is not what it should be. */
  parse(reply: HttpReply): T;
  /** Hears of each retry; what it returns ends the call with that error instead. */
  onRetry?(event: RetryEvent): Error | undefined;
  /** Just before a request leaves. */
  onAttempt?(): void;
}

export interface Transport {
  /**
   * The service's time: this machine's, put right by the Date of the last answer where the two are more than a minute
   * apart. Ms since the epoch.
   */
  now(): number;
  /** The service's time minus this machine's, in ms; 0 before the first response, and within a minute. */
  offset(): number;
  send<T>(call: ApiCall<T>, options?: OperationOptions): Promise<T>;
}

/** JSON over client-core's HTTP. */
export function createTransport(endpoint: string, settings: HttpSettings): Transport {
  const clock = settings.clock ?? systemClock;
  const time = createServerClock(clock);
  const http = createHttp({
    ...settings,
    describeError: (answer) => {
      time.learn(answer.headers);
      return settings.describeError?.(answer) ?? {};
    },
  });
  return {
    now: () => time.now(),
    offset: () => time.now() - clock.now(),
    async send(call, options = {}) {
      const { operation, method, path, body, idempotent, change, parse, onRetry, onAttempt } = call;
      let result: { value: ReturnType<typeof parse> } | undefined;
      const stop = new AbortController();
      const abortSignal = onRetry
        ? AbortSignal.any([stop.signal, ...(options.abortSignal ? [options.abortSignal] : [])])
        : options.abortSignal;
      await http.send({
        ...options,
        ...(abortSignal && { abortSignal }),
        operation,
        method,
        idempotent,
        ...(change !== undefined && { change }),
        url: `${endpoint}${path}`,
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
        ...(onAttempt && { onAttempt }),
        ...(onRetry && {
          onRetry: (event: RetryEvent) => {
            const instead = onRetry(event);
            if (instead) stop.abort(instead);
          },
        }),
        check: (reply) => {
          time.learn(reply.headers);
          result = { value: parse(reply) };
        },
      });
      return (result as { value: ReturnType<typeof parse> }).value;
    },
  };
}
