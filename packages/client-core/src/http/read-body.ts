import { untilAborted } from '../abort.js';
import { concatBytes } from '../concat-bytes.js';

/** How much is kept of a response other than 2xx: enough for any message, too little to hurt. */
const maxErrorBytes = 64 * 1024;

/** The beginning of the body of a response other than 2xx; the rest is discarded unread. */
export async function readErrorBody(response: Response, signal: AbortSignal): Promise<Uint8Array> {
  const { body, rest } = await readBody(response, maxErrorBytes, signal);
  await rest?.[Symbol.asyncIterator]().return?.();
  return body.subarray(0, maxErrorBytes);
}

/**
 * Reads a whole body within the caller's deadline (`signal`). Of one longer than `limit` bytes, what has been read by
 * then is `body` and the rest follows unread.
 */
export async function readBody(
  response: Response,
  limit: number,
  signal: AbortSignal,
): Promise<{ body: Uint8Array; rest?: AsyncIterable<Uint8Array> }> {
  if (!response.body) return { body: new Uint8Array() };
  if (!signal.aborted && isWithin(response.headers, limit)) {
    return { body: new Uint8Array(await untilAborted(response.arrayBuffer(), signal)) };
  }
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    // Not every transport ends a stalled body when its signal fires.
    const { done, value } = await untilAborted(reader.read(), signal);
    if (done) return { body: concatBytes(chunks) };
    chunks.push(value);
    size += value.byteLength;
    if (size > limit) return { body: concatBytes(chunks), rest: readRest(reader) };
  }
}

/** Whether the headers promise a body of at most `limit` bytes. A compressed one may be of any length. */
function isWithin(headers: Headers, limit: number): boolean {
  if (limit === Infinity) return true;
  const length = headers.get('content-length');
  return length !== null && !headers.has('content-encoding') && Number(length) <= limit;
}

/** Hand-written iterator: a generator that was never started would not release the reader when it is ended. */
function readRest(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncIterable<Uint8Array> {
  const end = { done: true, value: undefined } as const;
  // A caller that stops early must not leave the connection open. After the end this does nothing.
  const cancel = (): Promise<void> => reader.cancel().catch(() => {});
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    async next() {
      const { done, value } = await reader.read();
      return done ? end : { done: false, value };
    },
    async return() {
      await cancel();
      return end;
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
