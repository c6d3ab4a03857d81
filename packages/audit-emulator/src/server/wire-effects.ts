import { gunzipSync, gzipSync, constants } from 'node:zlib';
import type { EmulatorClock } from './clock.js';

/**
 * What happens to an answer between the service and the client. The server does it to the socket; the in-process
 * `fetch` imitates what the platform's fetch would show.
 */
export type WireEffect =
  /** The connection closes after `atByte` bytes of the body; Content-Length promised all of it. */
  | { kind: 'cut'; atByte: number }
  /** Nothing more comes after `atByte` bytes of the body; without `atByte`, not even the status. */
  | { kind: 'stall'; atByte?: number }
  /** The body comes in pieces of `chunkBytes` (default 1), one every `everyMs` milliseconds. */
  | { kind: 'drip'; chunkBytes?: number; everyMs: number }
  /** The connection is reset; no answer at all. */
  | { kind: 'reset' }
  /** The body is gzipped and half of that is missing, which Content-Length does not betray. */
  | { kind: 'truncatedGzip' };

/** An answer and what the wire does to it. */
export interface Exchange {
  response: Response;
  wire?: WireEffect;
}

/** The first half of the gzipped body. */
export function truncatedGzip(body: Uint8Array): Uint8Array {
  const whole = gzipSync(body);
  return whole.subarray(0, Math.ceil(whole.length / 2));
}

/** The answer as the platform's fetch would give it: decoded, torn, slow, or not at all. */
export async function imitate(exchange: Exchange, request: Request, clock: EmulatorClock): Promise<Response> {
  const { response, wire } = exchange;
  if (wire?.kind === 'reset') throw connectionReset();
  if (wire?.kind === 'stall' && wire.atByte === undefined) return untilAborted(request.signal);
  if (!wire && response.headers.get('content-encoding') !== 'gzip') return withUrl(response, request.url);

  const { status, statusText, headers } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  // A null-body status has no body to tear.
  if ([101, 204, 205, 304].includes(status))
    return withUrl(new Response(null, { status, headers }), request.url);
  const body = wire ? torn(bytes, wire, request.signal, clock) : new Uint8Array(gunzipSync(bytes));
  return withUrl(new Response(body as BodyInit, { status, statusText, headers }), request.url);
}

function torn(
  bytes: Uint8Array,
  wire: WireEffect,
  signal: AbortSignal,
  clock: EmulatorClock,
): ReadableStream<Uint8Array> | Uint8Array {
  switch (wire.kind) {
    case 'truncatedGzip':
      return new Uint8Array(gunzipSync(truncatedGzip(bytes), { finishFlush: constants.Z_SYNC_FLUSH }));
    case 'cut':
      return streamOf(bytes.subarray(0, wire.atByte), () => Promise.reject(terminated()));
    case 'stall':
      return streamOf(bytes.subarray(0, wire.atByte), () => untilAborted(signal));
    case 'drip':
      return drip(bytes, wire.chunkBytes ?? 1, wire.everyMs, signal, clock);
    case 'reset':
      return bytes;
  }
}

/** A stream of `first`, then of whatever becomes of `after`. */
function streamOf(first: Uint8Array, after: () => Promise<never>): ReadableStream<Uint8Array> {
  let sent = first.length === 0;
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      if (sent) return after();
      sent = true;
      controller.enqueue(first);
      return undefined;
    },
  });
}

function drip(
  bytes: Uint8Array,
  chunkBytes: number,
  everyMs: number,
  signal: AbortSignal,
  clock: EmulatorClock,
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      if (at >= bytes.length) return controller.close();
      await clock.sleep(everyMs, signal);
      controller.enqueue(bytes.slice(at, at + chunkBytes));
      at += chunkBytes;
    },
  });
}

/** Never resolves; rejects with the signal's own reason. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function connectionReset(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
  return new TypeError('fetch failed', { cause });
}

function terminated(): TypeError {
  const cause = Object.assign(new Error('other side closed'), {
    name: 'SocketError',
    code: 'UND_ERR_SOCKET',
  });
  return new TypeError('terminated', { cause });
}

function withUrl(response: Response, url: string): Response {
  return Object.defineProperty(response, 'url', { value: url });
}
