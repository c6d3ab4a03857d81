import ky from 'ky';
import { backoff } from '../backoff.js';
import { untilAborted } from '../abort.js';
import { AttemptFailure, failureOfReply, failureOfThrow, isKys, tooLong } from './attempt.js';
import { readBody } from './body.js';
import { withChanges } from './changes.js';
import { systemClock } from '../clock.js';
import { ApiError } from '../errors.js';
import { emit } from './events.js';
import { setHeader } from './headers.js';
import type { Authorization, Http, HttpCall, HttpSettings } from './http-types.js';
import { toReply } from './reply.js';
import type { HttpReply } from './reply.js';
import { retryAfterInMs } from './retry-after.js';
import type { AttemptEvent } from '../types.js';

export type { AttemptContext, Authorization, Http, HttpCall, HttpSettings } from './http-types.js';
export type { HttpReply } from './reply.js';

interface Exchanged {
  response: Response;
  body: Uint8Array;
  rest?: AsyncIterable<Uint8Array>;
}

const defaultTimeoutInMs = 60_000;

const reasonOf = (failure: AttemptFailure | undefined): number | string =>
  failure?.error.status ?? failure?.error.code ?? 'unknown';

/** ky with our rules around it: limiter and token per attempt, whole bodies inside the retry, typed errors. */
export function createHttp(settings: HttpSettings): Http {
  const { clock = systemClock, random = Math.random, limiter, events = {} } = settings;
  const fetchOne = settings.fetch ?? ((request: Request) => globalThis.fetch(request));
  const { maxRetries: defaultRetries = 4, maxRetryAfterInMs = 90_000 } = settings.retry ?? {};
  let clientId: string | undefined;
  const userAgent = [settings.userAgentPrefix, settings.userAgent].filter(Boolean).join(' ');

  async function send(call: HttpCall): Promise<HttpReply> {
    // Signals and requests outlive the call, until the next full collection, and what the closures below mention with
    // them: that is why they mention neither `call` nor, in the end, bodies.
    const { operation, idempotent, method, url, check, abortSignal, maxRetries = defaultRetries } = call;
    const { maxBufferedBytes = Infinity } = call;
    abortSignal?.throwIfAborted();
    let bytes = typeof call.body === 'string' ? new TextEncoder().encode(call.body) : call.body;
    const requestBytes = bytes?.byteLength ?? 0;
    const requestId = call.requestId ?? crypto.randomUUID();
    let authorization: Authorization = { headers: {} };
    let renewed = false;
    let retriedOnce = false;
    let attempt = 0;
    let failures = 0;
    let last: AttemptFailure | undefined;
    let delayInMs = 0;
    let reply: HttpReply | undefined;
    let bug: { thrown: unknown } | undefined;

    const event = (): AttemptEvent => ({
      operation,
      method,
      url: url.replace(/\?.*$/s, ''),
      attempt,
      requestId,
      requestBytes,
    });

    async function prepare(headers: Headers): Promise<void> {
      await limiter?.acquire(abortSignal ? { abortSignal } : {});
      attempt += 1;
      authorization = await settings.authorize({ attempt, bodyBytes: requestBytes, abortSignal });
      clientId = authorization.clientId;
      for (const [name, value] of Object.entries(authorization.headers)) setHeader(headers, name, value);
      emit(events, 'onAttempt', event());
      call.onAttempt?.();
    }

    async function fetchAttempt(input: Request): Promise<Response> {
      const started = clock.now();
      // An attempt that comes late must not go without its body.
      if (requestBytes > 0 && !bytes) throw new TypeError('the call is over');
      // ky never sees the body: it would clone it for every attempt.
      const request = bytes ? new Request(input, { body: bytes, duplex: 'half' } as RequestInit) : input;
      const { response, body, rest } = await exchange(request);
      emit(events, 'onResponse', {
        ...event(),
        status: response.status,
        durationInMs: clock.now() - started,
        responseBytes: body.byteLength,
      });
      if (!response.ok) throw refuse(response, body);
      reply = toReply(operation, response, body, rest);
      try {
        check?.(reply);
      } catch (thrown) {
        if (!ApiError.isInstance(thrown)) bug = { thrown };
        throw thrown;
      }
      return new Response(null, { status: 204 });
    }

    async function exchange(request: Request): Promise<Exchanged> {
      try {
        // A transport may not hear its signal.
        const answering = fetchOne(request);
        // What comes after all is let go of.
        const letGo = (): void => void answering.then((late) => late.body?.cancel()).catch(() => {});
        const response = await untilAborted(answering, request.signal).catch((thrown: unknown) => {
          letGo();
          throw thrown;
        });
        const limit = response.ok ? maxBufferedBytes : Infinity;
        return { response, ...(await readBody(response, limit, request.signal)) };
      } catch (thrown) {
        // A transport of the caller's may throw anything; ky knows only what fetch throws.
        throw request.signal.aborted ? thrown : failureOfThrow(thrown, operation, idempotent);
      }
    }

    function refuse(response: Response, body: Uint8Array): AttemptFailure {
      const { status, headers } = response;
      const text = new TextDecoder().decode(body);
      return failureOfReply(
        {
          operation,
          status,
          text,
          idempotent,
          requestId: headers.get('x-ms-request-id') ?? headers.get('request-id') ?? requestId,
          retryAfterInMs: retryAfterInMs(headers, clock.now()),
        },
        settings.describeError?.({ status, headers, text }) ?? {},
      );
    }

    /** Whether another attempt follows, and after which wait. */
    function mayRetry(thrown: unknown): boolean {
      if (abortSignal?.aborted || bug) return false;
      last = failureOfThrow(thrown, operation, idempotent);
      const { error, throttled } = last;
      const wanted = error.retryAfterInMs;
      if (throttled)
        emit(events, 'onThrottle', {
          ...event(),
          status: error.status ?? 0,
          ...(wanted !== undefined && { retryAfterInMs: wanted }),
        });
      if (error.status === 401 && authorization.refused && !renewed) {
        renewed = true;
        authorization.refused();
        delayInMs = 0;
        return true;
      }
      if (!last.retry || (last.retry === 'once' && retriedOnce)) return false;
      retriedOnce ||= last.retry === 'once';
      failures += 1;
      if (failures > maxRetries) return false;
      if (wanted !== undefined && wanted > maxRetryAfterInMs) {
        last = new AttemptFailure(tooLong(operation, last, maxRetryAfterInMs), false);
        return false;
      }
      // A Retry-After of nothing, or of a moment ago, is no wait.
      delayInMs = wanted || backoff(failures, { baseInMs: 1000, maxInMs: 30_000, random });
      if (throttled) limiter?.pauseUntil(clock.now() + delayInMs);
      return true;
    }

    try {
      await ky(url, {
        method,
        headers: {
          accept: 'application/json',
          'user-agent': userAgent,
          'x-ms-client-request-id': requestId,
          ...call.headers,
        },
        redirect: 'manual',
        ...(abortSignal && { signal: abortSignal }),
        timeout: call.timeoutInMs ?? settings.timeoutInMs ?? defaultTimeoutInMs,
        throwHttpErrors: false,
        fetch: (input) => fetchAttempt(input as Request),
        retry: {
          // Counted here: a renewed token is not a retry.
          limit: Number.MAX_SAFE_INTEGER,
          methods: ['get', 'post', 'put', 'delete', 'patch'],
          afterStatusCodes: [],
          delay: () => 0,
          jitter: false,
          shouldRetry: ({ error }) => mayRetry(error),
        },
        hooks: {
          beforeRequest: [({ request }) => prepare(request.headers)],
          beforeRetry: [
            async ({ request }) => {
              const retry = { ...event(), delayInMs, reason: reasonOf(last) };
              emit(events, 'onRetry', retry);
              call.onRetry?.(retry);
              if (delayInMs > 0) await clock.sleep(delayInMs, abortSignal);
              await prepare(request.headers);
            },
          ],
        },
      });
    } catch (thrown) {
      const reason = abortSignal?.aborted ? 'aborted' : reasonOf(last);
      if (attempt > 0) emit(events, 'onFailure', { ...event(), reason });
      if (abortSignal?.aborted) throw abortSignal.reason;
      if (bug) throw bug.thrown;
      // What ky throws is never kept: it prints the request with its token.
      throw isKys(thrown) ? (last ?? failureOfThrow(thrown, operation, idempotent)).error : thrown;
    } finally {
      bytes = undefined;
    }
    const done = reply as unknown as HttpReply;
    reply = undefined;
    return done;
  }

  return withChanges({ send }, events, () => clientId);
}
