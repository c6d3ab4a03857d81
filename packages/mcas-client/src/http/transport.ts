import { checkOptions, createServiceHttp, operationOptionTable, withoutUndefined } from '@repo/client-core';
import type {
  Clock,
  ClientOptions,
  HttpCall,
  HttpReply,
  OperationOptions,
  RetryEvent,
  ServiceHttpSettings,
} from '@repo/client-core';

/** One call of the API, relative to the portal. */
export interface ApiCall<T> {
  /** The method's own path, for example `alerts.list`. */
  operation: string;
  method: HttpCall['method'];
  /** Begins with a slash. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  idempotent: boolean;
  /** What a state-changing call is about to change; told to `onChange`. */
  change?: string | undefined;
  /** Runs inside the retried unit: throws ResponseFormatError for an answer that is not what it should be. */
  parse(reply: HttpReply): T;
  /** Called before each retry; what it returns ends the call with that error instead. */
  onRetry?: ((event: RetryEvent) => Error | undefined) | undefined;
  /** Called just before a request leaves. */
  onAttempt?: (() => void) | undefined;
}

export interface Transport {
  readonly clock: Clock;
  /** The service's time as known now: this machine's, corrected by Date headers. Ms since the epoch. */
  now(): number;
  /** The service's time minus this machine's, in ms; 0 before the first response. */
  offset(): number;
  /** Whether the service's time is confirmed. */
  readonly isTimeKnown: boolean;
  /** Asks the service for its time until it is confirmed. */
  serverTime(options?: OperationOptions): Promise<Date>;
  send<T>(call: ApiCall<T>, options?: OperationOptions): Promise<T>;
}

const askAgainInMs = 600_000;

/** JSON over client-core's HTTP. */
export function createTransport(
  endpoint: string,
  options: ClientOptions,
  settings: ServiceHttpSettings,
): Transport {
  const http = createServiceHttp(options, settings);
  const { clock } = http;
  let askedAt = -Infinity;

  async function send<T>(call: ApiCall<T>, callOptions?: OperationOptions): Promise<T> {
    const { path, body, parse, onRetry, ...rest } = call;
    checkOptions(callOptions, operationOptionTable);
    const { abortSignal, timeoutInMs, maxRetries, requestId } = withoutUndefined(callOptions);
    const stop = new AbortController();
    const signals = [...(onRetry ? [stop.signal] : []), ...(abortSignal ? [abortSignal] : [])];
    let result: { value: T } | undefined;
    await http.send({
      ...rest,
      abortSignal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
      timeoutInMs,
      maxRetries,
      requestId,
      url: `${endpoint}${path}`,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: body === undefined ? undefined : { 'content-type': 'application/json' },
      onRetry: onRetry && ((event) => stopWith(stop, onRetry(event))),
      check: (reply) => void (result = { value: parse(reply) }),
    });
    return (result as unknown as { value: T }).value;
  }

  return {
    clock,
    now: () => http.now(),
    offset: () => http.now() - clock.now(),
    get isTimeKnown() {
      return http.isTimeKnown;
    },
    serverTime: async (callOptions) => {
      // A service that sends no usable Date is not asked with every call.
      if (!http.isTimeKnown && clock.now() < askedAt + askAgainInMs) return new Date(http.now());
      askedAt = clock.now();
      return http.serverTime(
        // The smallest list there is; a refusal tells the time too.
        () =>
          send(
            {
              operation: 'serverTime',
              method: 'POST',
              path: '/api/v1/alerts/',
              body: { filters: {}, skip: 0, limit: 1 },
              idempotent: true,
              parse: () => undefined,
            },
            callOptions,
          ),
        callOptions,
      );
    },
    send,
  };
}

function stopWith(stop: AbortController, reason: Error | undefined): void {
  if (reason) stop.abort(reason);
}
