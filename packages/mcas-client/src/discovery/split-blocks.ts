import { ArgumentError } from '@repo/client-core';

/** A log: bytes, a Blob (`fs.openAsBlob`), or a stream of bytes. */
export type LogSource = Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** Documented for a log file. */
const maxLogBytes = 5 * 1024 ** 3;

/** The log in pieces of `size` bytes, the last one shorter; one piece is in memory at a time. */
export async function* blocksOf(log: LogSource, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let block = new Uint8Array(size);
  let filled = 0;
  let total = 0;
  for await (const chunk of chunksOf(log)) {
    if (!(chunk instanceof Uint8Array))
      throw new ArgumentError('log', 'is no stream of bytes', 'Give Uint8Array chunks: encode text first.');
    total += chunk.byteLength;
    if (total > maxLogBytes)
      throw new ArgumentError('log', 'is larger than 5 GB', 'The service takes no larger file: split it.');
    for (let at = 0; at < chunk.byteLength;) {
      const part = chunk.subarray(at, at + size - filled);
      block.set(part, filled);
      filled += part.byteLength;
      at += part.byteLength;
      if (filled < size) continue;
      yield block;
      block = new Uint8Array(size);
      filled = 0;
    }
  }
  if (filled > 0) yield block.slice(0, filled);
}

async function* chunksOf(log: LogSource): AsyncGenerator<Uint8Array> {
  if (log instanceof Uint8Array) return yield log;
  const stream: unknown = log instanceof Blob ? log.stream() : log;
  if (typeof (stream as AsyncIterable<Uint8Array> | null)?.[Symbol.asyncIterator] !== 'function')
    throw new ArgumentError('log', 'is no log', 'Give a Uint8Array, a Blob, or a stream of bytes.');
  yield* stream as AsyncIterable<Uint8Array>;
}
