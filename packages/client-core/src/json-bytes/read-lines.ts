import { concatBytes } from '../concat-bytes.js';

const lineFeed = 0x0a;

/**
 * Lines as bytes, without their line feeds. Only a line feed ends a line: U+2028 and the like are characters of a
 * text. A last line without one counts; an empty line is given as empty bytes.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let held: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const rest = chunk.subarray(start, end);
      yield held.length > 0 ? concatBytes([...held, rest]) : rest;
      held = [];
      start = end + 1;
    }
    // A copy: a stream may reuse its buffer.
    if (start < chunk.length) held.push(chunk.slice(start));
  }
  if (held.length > 0) yield concatBytes(held);
}
