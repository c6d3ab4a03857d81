import ky from 'ky';
import { untilAborted } from '../abort.js';
import type { Fetch } from '../types.js';
import { readBody, readErrorBody } from './read-body.js';

interface ExchangeRequest {
  fetch: Fetch;
  url: string;
  method: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | undefined;
  /** Deadline from sending to the last byte of the body, in milliseconds. */
  timeoutInMs: number;
  /** Of a 2xx response: what follows these bytes is handed over unread. Without it the body is read whole. */
  maxBufferedBytes: number | undefined;
  /** Of a 2xx response that is read whole: a longer one is a ResponseTooLarge. */
  maxResponseBytes: number;
  abortSignal: AbortSignal | undefined;
}

export interface Exchanged {
  response: Response;
  body: Uint8Array;
  /** What follows `body` and has not been read. */
  rest?: AsyncIterable<Uint8Array>;
}

/**
 * One request and its response with the whole body, by exactly one attempt of ky, which keeps the deadline. The body is
 * read inside of it: one that is truncated or stalls is a failure of the attempt.
 */
export async function exchange(request: ExchangeRequest): Promise<Exchanged> {
  const { fetch, url, method, headers, timeoutInMs, abortSignal } = request;
  let { body } = request;
  let exchanged: Exchanged | undefined;
  let failure: { thrown: unknown } | undefined;
  try {
    await ky(url, {
      method,
      headers,
      redirect: 'manual',
      ...(abortSignal && { signal: abortSignal }),
      timeout: timeoutInMs,
      throwHttpErrors: false,
      retry: 0,
      fetch: async (input) => {
        // ky never sees the body: it would clone it.
        const outgoing = new Request(input, body ? ({ body, duplex: 'half' } as RequestInit) : {});
        try {
          exchanged = await fetchWhole(fetch, outgoing, request);
        } catch (thrown) {
          // Thrown below, not to ky: it knows only what fetch throws, and a caller's transport may throw anything.
          failure = { thrown };
        }
        return new Response(null, { status: 204 });
      },
    });
  } finally {
    // Requests and signals outlive the call until the next full collection, and this closure with them.
    body = undefined;
  }
  if (failure) throw failure.thrown;
  return exchanged as unknown as Exchanged;
}

/** A response is longer than it may be. Internal: `toAttemptFailure` makes a ResponseFormatError of it. */
export class ResponseTooLarge extends Error {
  readonly limitInBytes: number;

  constructor(limitInBytes: number) {
    super('response too large');
    this.limitInBytes = limitInBytes;
  }
}

async function fetchWhole(
  fetch: Fetch,
  request: Request,
  { maxBufferedBytes = Infinity, maxResponseBytes }: ExchangeRequest,
): Promise<Exchanged> {
  const pending = fetch(request);
  // Not every transport listens to its signal. What it gives after all is released.
  const release = (): void => void pending.then((late) => late.body?.cancel()).catch(() => {});
  const response = await untilAborted(pending, request.signal).catch((thrown: unknown) => {
    release();
    throw thrown;
  });
  if (!response.ok) return { response, body: await readErrorBody(response, request.signal) };
  const limit = maxBufferedBytes === Infinity ? maxResponseBytes : maxBufferedBytes;
  const { body, rest } = await readBody(response, limit, request.signal);
  if (!rest) return { response, body };
  if (maxBufferedBytes !== Infinity) return { response, body, rest };
  await rest[Symbol.asyncIterator]().return?.();
  throw new ResponseTooLarge(limit);
}
