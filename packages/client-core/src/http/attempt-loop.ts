import { untilAborted } from '../abort.js';
import { backoff } from '../backoff.js';
import { ApiError } from '../errors.js';
import type { AttemptEvent, Clock, Fetch, HttpEvents, RateLimiter } from '../types.js';
import {
  AttemptFailure,
  createImpatientFailure,
  createReplyFailure,
  toAttemptFailure,
} from './attempt-failure.js';
import type { CallContext } from './attempt-failure.js';
import { emitEvent } from './emit-event.js';
import { exchange } from './exchange.js';
import type { Exchanged } from './exchange.js';
import type { Authorization, ErrorDescription, HttpCall, HttpSettings } from './http-types.js';
import { parseRetryAfter } from './parse-retry-after.js';
import { createRedactor, listSecrets } from '../auth/redactor.js';
import { toReply } from './reply.js';
import type { HttpReply } from './reply.js';
import { setHeader } from './set-header.js';

/** What all calls of one `createHttp` share. */
export interface HttpContext {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly limiter: RateLimiter | undefined;
  readonly events: HttpEvents;
  readonly maxRetries: number;
  readonly maxRetryAfterInMs: number;
  readonly timeoutInMs: number;
  readonly maxResponseBytes: number;
  readonly userAgent: string;
  readonly random: () => number;
  readonly authorize: HttpSettings['authorize'];
  readonly describeError: (reply: { status: number; headers: Headers; text: string }) => ErrorDescription;
  /** Of the last attempt: the application that signs. */
  clientId: string | undefined;
}

/** Texts of a service are truncated to this length, in characters, before anything looks at them. */
const maxErrorChars = 16 * 1024;

/** An error that is no failure of an attempt: thrown as it is, and never followed by another attempt. */
class Unexpected {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    this.thrown = thrown;
  }
}

/** One call: its attempts, and what is known between them. */
export class AttemptLoop {
  readonly #context: HttpContext;
  readonly #call: HttpCall;
  readonly #named: CallContext;
  readonly #requestId: string;
  readonly #requestBytes: number;
  #body: Uint8Array<ArrayBuffer> | undefined;
  /** Of every attempt: a response may quote an earlier token. */
  readonly #secrets = new Set<string>();
  #authorization: Authorization = { headers: {} };
  #attempt = 0;
  #failures = 0;
  #tokenRenewed = false;
  #onceUsed = false;
  #last: AttemptFailure | undefined;

  constructor(context: HttpContext, call: HttpCall) {
    this.#context = context;
    this.#call = call;
    const { operation, idempotent, contentType, url } = call;
    this.#named = { operation, idempotent, contentType, host: new URL(url).host };
    this.#requestId = call.requestId ?? crypto.randomUUID();
    this.#body = typeof call.body === 'string' ? new TextEncoder().encode(call.body) : call.body;
    this.#requestBytes = this.#body?.byteLength ?? 0;
  }

  async run(): Promise<HttpReply> {
    const { abortSignal } = this.#call;
    abortSignal?.throwIfAborted();
    try {
      for (;;) {
        const outcome = await this.#tryOnce();
        if (!(outcome instanceof AttemptFailure)) return outcome;
        abortSignal?.throwIfAborted();
        const delayInMs = this.#planRetry(outcome);
        if (delayInMs === undefined) throw (this.#last ?? outcome).error;
        this.#emitRetry(delayInMs);
        if (delayInMs > 0) await this.#context.clock.sleep(delayInMs, abortSignal);
      }
    } catch (thrown) {
      const reason = abortSignal?.aborted ? 'aborted' : this.#getReason();
      if (this.#attempt > 0) emitEvent(this.#context.events, 'onFailure', { ...this.#event(), reason });
      if (abortSignal?.aborted) throw abortSignal.reason;
      throw thrown instanceof Unexpected ? thrown.thrown : thrown;
    } finally {
      // Signals and requests may hold this object until the next full collection.
      this.#body = undefined;
    }
  }

  /** Waits for the limiter, signs, sends, reads and checks. Errors of limiter, credential and clock are thrown. */
  async #tryOnce(): Promise<HttpReply | AttemptFailure> {
    const headers = await this.#prepare();
    const startedAt = this.#context.clock.now();
    try {
      const { call, context } = { call: this.#call, context: this.#context };
      const exchanged = await exchange({
        fetch: context.fetch,
        url: call.url,
        method: call.method,
        headers,
        body: this.#body,
        timeoutInMs: call.timeoutInMs ?? context.timeoutInMs,
        maxBufferedBytes: call.maxBufferedBytes,
        maxResponseBytes: context.maxResponseBytes,
        abortSignal: call.abortSignal,
      });
      return this.#checkReply(exchanged, startedAt);
    } catch (thrown) {
      if (thrown instanceof Unexpected) throw thrown;
      return toAttemptFailure(thrown, this.#named, (text) => this.#redact(text));
    }
  }

  async #prepare(): Promise<Headers> {
    const { abortSignal } = this.#call;
    await this.#context.limiter?.acquire(abortSignal ? { abortSignal } : {});
    this.#attempt += 1;
    const signing = { attempt: this.#attempt, bodyBytes: this.#requestBytes, abortSignal };
    this.#authorization = await untilAborted(this.#context.authorize(signing), abortSignal);
    this.#context.clientId = this.#authorization.clientId;
    this.#rememberSecrets();
    const headers = new Headers({
      accept: 'application/json',
      'user-agent': this.#context.userAgent,
      'x-ms-client-request-id': this.#requestId,
      ...this.#call.headers,
    });
    for (const [name, value] of Object.entries(this.#authorization.headers)) setHeader(headers, name, value);
    emitEvent(this.#context.events, 'onAttempt', this.#event());
    this.#call.onAttempt?.();
    return headers;
  }

  #checkReply({ response, body, rest }: Exchanged, startedAt: number): HttpReply {
    emitEvent(this.#context.events, 'onResponse', {
      ...this.#event(),
      status: response.status,
      durationInMs: this.#context.clock.now() - startedAt,
      responseBytes: body.byteLength,
    });
    if (!response.ok) throw this.#refuse(response, body);
    const reply = toReply(this.#named, response, body, rest);
    try {
      this.#call.check?.(reply);
    } catch (thrown) {
      throw ApiError.isInstance(thrown) ? thrown : new Unexpected(thrown);
    }
    return reply;
  }

  #refuse({ status, headers }: Response, body: Uint8Array): AttemptFailure {
    const redact = createRedactor(this.#secrets);
    const text = redact(new TextDecoder().decode(body)).slice(0, maxErrorChars);
    const reply = {
      status,
      text,
      requestId: redact(headers.get('x-ms-request-id') ?? headers.get('request-id') ?? this.#requestId),
      retryAfterInMs: parseRetryAfter(headers, this.#context.clock.now()),
    };
    const description = this.#context.describeError({ status, headers, text });
    // What it says may come from a header, or from a text that was decoded once more.
    for (const name of ['code', 'message', 'hint', 'requestId'] as const)
      if (description[name] !== undefined) description[name] = redact(description[name]);
    return createReplyFailure(this.#named, reply, description);
  }

  #rememberSecrets(): void {
    const { headers, secrets = [] } = this.#authorization;
    const { url, secrets: ofCall = [] } = this.#call;
    for (const secret of [...listSecrets(url, headers), ...secrets, ...ofCall]) this.#secrets.add(secret);
  }

  #redact(text: string): string {
    return createRedactor(this.#secrets)(text);
  }

  /** How long to wait before the next attempt; undefined when none follows. */
  #planRetry(failure: AttemptFailure): number | undefined {
    this.#last = failure;
    const { error, throttled, retry } = failure;
    const { retryAfterInMs } = error;
    if (throttled)
      emitEvent(this.#context.events, 'onThrottle', {
        ...this.#event(),
        status: error.status ?? 0,
        ...(retryAfterInMs !== undefined && { retryAfterInMs }),
      });
    if (error.status === 401 && this.#authorization.refused && !this.#tokenRenewed) {
      this.#tokenRenewed = true;
      this.#authorization.refused();
      return 0;
    }
    if (!retry || (retry === 'once' && this.#onceUsed)) return undefined;
    this.#onceUsed ||= retry === 'once';
    this.#failures += 1;
    if (this.#failures > (this.#call.maxRetries ?? this.#context.maxRetries)) return undefined;
    if (retryAfterInMs !== undefined && retryAfterInMs > this.#context.maxRetryAfterInMs) {
      this.#last = createImpatientFailure(this.#named, failure, this.#context.maxRetryAfterInMs);
      return undefined;
    }
    const { random, limiter, clock } = this.#context;
    // A Retry-After of nothing, or of a moment ago, is no wait.
    const delayInMs = retryAfterInMs || backoff(this.#failures, { baseInMs: 1000, maxInMs: 30_000, random });
    if (throttled) limiter?.pauseUntil(clock.now() + delayInMs);
    return delayInMs;
  }

  #emitRetry(delayInMs: number): void {
    const event = { ...this.#event(), delayInMs, reason: this.#getReason() };
    emitEvent(this.#context.events, 'onRetry', event);
    this.#call.onRetry?.(event);
  }

  #getReason(): number | string {
    return this.#last?.error.status ?? this.#last?.error.code ?? 'unknown';
  }

  #event(): AttemptEvent {
    return {
      operation: this.#call.operation,
      method: this.#call.method,
      url: this.#call.url.replace(/\?.*$/s, ''),
      attempt: this.#attempt,
      requestId: this.#requestId,
      requestBytes: this.#requestBytes,
    };
  }
}
