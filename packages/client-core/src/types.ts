/** Anything that answers requests: `globalThis.fetch`, an undici adapter, an emulator. */
export type Fetch = (request: Request) => Promise<Response>;

/** Time as the clients see it. Waits go through `sleep`, so that a test can make them immediate. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's own reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Lets requests through at the pace a service allows. One limiter can serve several clients. */
export interface RateLimiter {
  /** Resolves when a request (or one of `cost` units) may be sent; rejects with the signal's reason. */
  acquire(options?: { cost?: number; abortSignal?: AbortSignal }): Promise<void>;
  /** Nobody passes before this time (ms since the epoch): the service has said that it is busy. */
  pauseUntil(ms: number): void;
}

/** One attempt of one call. Plain data: no bodies, no secrets. */
export interface AttemptEvent {
  /** What was called, for example `activities.scan`. */
  operation: string;
  method: string;
  /** Without query string. */
  url: string;
  /** 1 for the first attempt. */
  attempt: number;
  requestId?: string;
  /** Bytes of the request body on the wire. */
  requestBytes: number;
}

export interface ResponseEvent extends AttemptEvent {
  status: number;
  /** Milliseconds from sending to the last byte of the body. */
  durationInMs: number;
  responseBytes: number;
}

export interface RetryEvent extends AttemptEvent {
  /** Why: an HTTP status, or a code such as `timeout` or `reset`. */
  reason: number | string;
  /** Milliseconds before the next attempt. */
  delayInMs: number;
}

/** A call that is given up; its last attempt may have had no answer. */
export interface FailureEvent extends AttemptEvent {
  /** Why: an HTTP status, a code such as `timeout` or `reset`, or `aborted` by the caller. */
  reason: number | string;
}

export interface ThrottleEvent extends AttemptEvent {
  status: number;
  /** What the service asked for, in milliseconds; absent when it did not say. */
  retryAfterInMs?: number;
}

/** A call that changes something in the service: a subscription, an alert, an IP range. */
export interface ChangeEvent {
  operation: string;
  /** What was to be changed: a content type, alert ids, the id of a range. */
  target: string;
  requestId: string;
  /** The application that asked, where the credential says so. */
  clientId?: string;
  /** `refused`: not changed. `unknown`: sent, and no answer tells. */
  outcome: 'done' | 'refused' | 'unknown';
}

/** Callbacks for metrics and logs. What they throw is ignored: telemetry never breaks a call. */
export interface HttpEvents {
  onAttempt?(event: AttemptEvent): void;
  onResponse?(event: ResponseEvent): void;
  onRetry?(event: RetryEvent): void;
  onThrottle?(event: ThrottleEvent): void;
  /** No further attempt follows. */
  onFailure?(event: FailureEvent): void;
  /** Once per state-changing call, when its end is known. */
  onChange?(event: ChangeEvent): void;
}

export interface RetryOptions {
  /** Attempts after the first. Default 4. */
  maxRetries?: number;
  /** A longer Retry-After fails at once with `retryAfterInMs` on the error. Default 90,000. */
  maxRetryAfterInMs?: number;
}

/** Options every client takes. */
export interface ClientOptions {
  /** Replaces the transport. Default `globalThis.fetch`. */
  fetch?: Fetch;
  /** Shared by several clients, or one of your own. Default: one per client. */
  limiter?: RateLimiter;
  /** Caps this client's share of the service's quota. Ignored when `limiter` is given. */
  requestsPerMinute?: number;
  retry?: RetryOptions;
  /** Deadline of one attempt, from sending to the last byte of the body, in milliseconds. */
  timeoutInMs?: number;
  /** Default: the machine's clock. */
  clock?: Clock;
  events?: HttpEvents;
  /** Put before the client's own User-Agent. */
  userAgentPrefix?: string;
}

/** Options every call takes. */
export interface OperationOptions {
  /** Aborting rejects with the signal's own reason. */
  abortSignal?: AbortSignal;
  /** Overrides the client's deadline of one attempt. */
  timeoutInMs?: number;
  /** Overrides the client's `retry.maxRetries`. */
  maxRetries?: number;
  /** Sent as `x-ms-client-request-id` and put on events and errors. Default: a random GUID. */
  requestId?: string;
}

/** One page of a listing. */
export interface Page<T> {
  items: T[];
  /** Resume after this page; absent on the last. */
  continuationToken?: string;
}

/** `for await` walks the items, `byPage` the pages. */
export interface PagedAsyncIterable<T, P extends Page<T> = Page<T>> extends AsyncIterable<T> {
  byPage(options?: { continuationToken?: string }): AsyncIterable<P>;
}
