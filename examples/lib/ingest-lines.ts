/** The lines of a stream of bytes, without their ends, as bytes: nothing is decoded, so nothing is changed. */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  for await (const chunk of input) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield withoutReturn(joined(held, chunk.subarray(from, at)));
      held = [];
      from = at + 1;
    }
    if (from < chunk.byteLength) held.push(chunk.subarray(from));
  }
  if (held.length > 0) yield withoutReturn(joined(held, new Uint8Array()));
}

function joined(held: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return held.length === 0 ? last : Buffer.concat([...held, last]);
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === 13 ? line.subarray(0, -1) : line;
}

/** Whether a line is one JSON object: anything else would spoil the request it is in. */
export function isRow(line: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
