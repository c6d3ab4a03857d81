import { ApiError, ResponseFormatError, createHttp, systemClock } from '@repo/client-core';
import type { HttpSettings, RateLimiter } from '@repo/client-core';
import type { IngestEvents } from './events.js';
import type { SendOptions, SendResult } from './transport.js';
import { getRowStatus, isAboutRows, isTooLarge, leavesDoubt, getReason } from './classify-failure.js';
import type { Traces } from './classify-failure.js';

/** A body on its way, and what its client knows of the target. */
export interface Posting extends SendOptions {
  operation: string;
  url: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
  /** Before compression. */
  rawBytes: number;
  /** Until when (milliseconds since the epoch) answers of a rule that is not ready yet are no refusal. */
  warmUntil?(): number;
}

/** Between attempts at a rule that is not ready yet. */
const warmPauseInMs = 15_000;

/** Posts a body with retries and says what became of its rows. Never rejects. */
export async function sendBody(settings: HttpSettings, posting: Posting): Promise<SendResult> {
  const { clock = systemClock } = settings;
  const { abortSignal, body, operation, url, headers } = posting;
  const traces: Traces = { attempts: 0, open: false, doubt: false, status: undefined, page: false };
  const http = createHttp({ ...settings, events: traced(settings.events ?? {}, traces, posting) });
  for (;;) {
    try {
      await http.send({
        operation,
        method: 'POST',
        url,
        // Rows have no key against duplicates, but losing them is worse: unless the caller decides otherwise.
        idempotent: posting.idempotent,
        body,
        headers,
        ...(abortSignal && { abortSignal }),
        check: ({ status, headers: answered }) => {
          traces.page = /html/i.test(answered.get('content-type') ?? '');
          if (traces.page)
            throw new ResponseFormatError(
              `${operation} returned HTTP ${status}, but an HTML page: a proxy or a sign-in may be in between.`,
              { status },
            );
        },
      });
      return { status: 'accepted' };
    } catch (thrown) {
      // An abort may come between the answer and its reader.
      if (!traces.open && !traces.page && isTaken(traces.status)) return { status: 'accepted' };
      if (!isUnready(thrown) || clock.now() >= (posting.warmUntil?.() ?? 0))
        return refusal(thrown, traces, posting);
      try {
        await clock.sleep(warmPauseInMs, abortSignal);
      } catch (aborted) {
        return {
          status: traces.doubt ? 'unknown' : 'notSent',
          error: aborted,
          reason: 'aborted while its rule was not ready',
        };
      }
    }
  }
}

function refusal(error: unknown, traces: Traces, { rawBytes }: Posting): SendResult {
  const tooLarge = isTooLarge(error);
  return {
    status: getRowStatus(error, traces),
    error,
    reason: tooLarge ? 'the row is too large for one request' : getReason(error),
    ...((tooLarge || isAboutRows(error)) && { parts: 2 }),
    ...(tooLarge && { tooLarge: rawBytes >> 1 }),
  };
}

const isTaken = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status < 300;

/** What a new rule, stream or role is answered with while it propagates. */
function isUnready(thrown: unknown): boolean {
  if (!ApiError.isInstance(thrown)) return false;
  return thrown.status === 403 || thrown.status === 404 || thrown.code === 'InvalidStream';
}

function traced(events: IngestEvents, traces: Traces, { rawBytes, onAttempt }: Posting): IngestEvents {
  return {
    onAttempt: (event) => {
      traces.attempts += 1;
      traces.open = true;
      onAttempt(event.requestBytes);
      events.onAttempt?.({ ...event, rawBytes });
    },
    onResponse: (event) => {
      traces.open = false;
      traces.status = event.status;
      events.onResponse?.({ ...event, rawBytes });
    },
    onThrottle: (event) => events.onThrottle?.({ ...event, rawBytes }),
    onFailure: (event) => events.onFailure?.({ ...event, rawBytes }),
    onRetry: (event) => {
      traces.open = false;
      if (leavesDoubt(event.reason)) traces.doubt = true;
      events.onRetry?.({ ...event, rawBytes });
    },
  };
}

/** A limiter that spends a request and the body's bytes. */
export function spending(requests: RateLimiter, bytes: RateLimiter | undefined, cost: number): RateLimiter {
  return {
    async acquire(options = {}) {
      await requests.acquire(options);
      await bytes?.acquire({ ...options, cost });
    },
    pauseUntil: (ms) => requests.pauseUntil(ms),
  };
}
