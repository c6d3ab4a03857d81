/** Puts rows together from bytes. They share their memory: many small buffers would cost more than the rows. */
export interface RowWriter {
  /** Begins a row of at most so many bytes. Every part of it, `end` included, must fit. */
  begin(maxBytes: number): void;
  add(part: Uint8Array): void;
  /** A part of other bytes. */
  slice(bytes: Uint8Array, from: number, to: number): void;
  /** The row: its first byte, a comma like that of every member, becomes the brace. */
  end(): Uint8Array<ArrayBuffer>;
}

const blockBytes = 256 * 1024;
/** Up to here a loop is quicker than a call. */
const short = 128;

export function rowWriter(): RowWriter {
  let block = new Uint8Array(0);
  let start = 0;
  let at = 0;

  function slice(bytes: Uint8Array, from: number, to: number): void {
    const target = block;
    let next = at;
    at += to - from;
    if (to - from > short) target.set(bytes.subarray(from, to), next);
    else for (let byte = from; byte < to; byte += 1) target[next++] = bytes[byte] as number;
  }

  return {
    begin(maxBytes) {
      if (at + maxBytes > block.byteLength) {
        block = new Uint8Array(Math.max(blockBytes, maxBytes));
        at = 0;
      }
      start = at;
    },
    add: (part) => slice(part, 0, part.byteLength),
    slice,
    end() {
      block[start] = 0x7b;
      block[at] = 0x7d;
      at += 1;
      return block.subarray(start, at);
    },
  };
}
