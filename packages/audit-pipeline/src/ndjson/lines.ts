/** Lines as bytes, by line feeds alone: U+2028 and the like are characters of a text. */
export async function* linesOf(chunks: AsyncIterable<unknown>): AsyncGenerator<Buffer, void, void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const all: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    let from = 0;
    for (let at = all.indexOf(0x0a); at >= 0; at = all.indexOf(0x0a, from)) {
      yield all.subarray(from, at);
      from = at + 1;
    }
    rest = all.subarray(from);
  }
  if (rest.length > 0) yield rest;
}
