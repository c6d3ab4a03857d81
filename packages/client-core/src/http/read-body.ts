import { untilAborted } from '../abort.js';
import { concatBytes } from '../concat-bytes.js';

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
  if (limit === Infinity && !signal.aborted) {
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
