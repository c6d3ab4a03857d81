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
  acquire(options?: { cost?: number | undefined; abortSignal?: AbortSignal | undefined }): Promise<void>;
  /** No request passes before this time (ms since the epoch): the service has said that it is busy. */
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

/** A call that has failed; its last attempt may have had no response. */
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
  /** What it would change: a content type, alert ids, the id of a range. */
  target: string;
  requestId: string;
  /** The application that asked, where the credential knows it. */
  clientId?: string;
  /** `refused`: not changed. `unknown`: sent, without a response that says. */
  outcome: 'done' | 'refused' | 'unknown';
}

/** Called with an event. Written as a method, so that a client may call it with more than the event says. */
export type EventCallback<E> = { call(event: E): void }['call'];

/** Callbacks for metrics and logs. What they throw is ignored: telemetry never breaks a call. */
export interface HttpEvents {
  onAttempt?: EventCallback<AttemptEvent> | undefined;
  onResponse?: EventCallback<ResponseEvent> | undefined;
  onRetry?: EventCallback<RetryEvent> | undefined;
  onThrottle?: EventCallback<ThrottleEvent> | undefined;
  /** No further attempt follows. */
  onFailure?: EventCallback<FailureEvent> | undefined;
  /** Once per state-changing call, when its end is known. */
  onChange?: EventCallback<ChangeEvent> | undefined;
}

export interface RetryOptions {
  /** Attempts after the first. Default 4. */
  maxRetries?: number | undefined;
  /** A longer Retry-After fails immediately with `retryAfterInMs` on the error. Default 90,000. */
  maxRetryAfterInMs?: number | undefined;
}

/** Options every client takes. */
export interface ClientOptions {
  /** Replaces the transport. Default `globalThis.fetch`. */
  fetch?: Fetch | undefined;
  /** Shared by several clients, or one of your own. Default: one per client. */
  limiter?: RateLimiter | undefined;
  /** Caps this client's share of the service's quota. Ignored when `limiter` is given. */
  requestsPerMinute?: number | undefined;
  retry?: RetryOptions | undefined;
  /** Deadline of one attempt, from sending to the last byte of the body, in milliseconds. */
  timeoutInMs?: number | undefined;
  /**
   * Largest response that is read whole, after decompression, in bytes; a longer one is a ResponseFormatError with code
   * `ResponseTooLarge`. Default 256 MiB.
   */
  maxResponseBytes?: number | undefined;
  /** Default: the machine's clock. */
  clock?: Clock | undefined;
  events?: HttpEvents | undefined;
  /** Put before the client's own User-Agent. */
  userAgentPrefix?: string | undefined;
}

/** Options every call takes. */
export interface OperationOptions {
  /** Aborting rejects with the signal's own reason. */
  abortSignal?: AbortSignal | undefined;
  /** Overrides the client's deadline of one attempt. */
  timeoutInMs?: number | undefined;
  /** Overrides the client's `retry.maxRetries`. */
  maxRetries?: number | undefined;
  /** Sent as `x-ms-client-request-id` and put on events and errors. Default: a random GUID. */
  requestId?: string | undefined;
}

/** One page of a listing. */
export interface Page<T> {
  items: T[];
  /** Resume after this page; absent on the last. */
  continuationToken?: string;
}

/** `for await` walks the items, `byPage` the pages. */
export interface PagedAsyncIterable<T, P extends Page<T> = Page<T>> extends AsyncIterable<T> {
  byPage(options?: { continuationToken?: string | undefined }): AsyncIterable<P>;
}
