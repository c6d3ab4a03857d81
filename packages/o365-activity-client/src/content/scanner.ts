/** Why bytes are not a whole JSON array; `offset` counts from the start of the first chunk. */
export class ScanError extends Error {
  readonly offset: number;
  /** The array is not over yet: the answer was cut. */
  readonly truncated: boolean;

  constructor(problem: string, offset: number, truncated = false) {
    super(problem);
    this.name = 'ScanError';
    this.offset = offset;
    this.truncated = truncated;
  }
}

/** Cuts the bytes of one JSON array into its elements, whatever the chunks are. */
interface Scanner {
  /** The elements that are whole now, each one's own bytes, without the white space around it. */
  push(chunk: Uint8Array): Uint8Array[];
  /** Throws ScanError unless the array has been closed. */
  end(): void;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const open = 0x5b;
const close = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** Makes a brace of a bracket. */
const caseBit = 0x20;
const bom = [0xef, 0xbb, 0xbf];

type State = 'start' | 'first' | 'element' | 'nested' | 'string' | 'scalar' | 'after' | 'done';

/**
 * A scanner of structure: it follows strings, escapes and brackets and leaves the rest to JSON.parse. It holds
 * no more than the one element that is incomplete, and never gives a part of one.
 */
export function createScanner(options: { maxElementBytes?: number } = {}): Scanner {
  const { maxElementBytes = Infinity } = options;
  let state: State = 'start';
  let depth = 0;
  let inString = false;
  let escaped = false;
  let offset = 0;
  let bomAt = 0;
  let parts: Uint8Array[] = [];
  let held = 0;

  function whole(last: Uint8Array): Uint8Array {
    if (parts.length === 0) return last;
    const element = new Uint8Array(held + last.byteLength);
    let at = 0;
    for (const part of parts) {
      element.set(part, at);
      at += part.byteLength;
    }
    element.set(last, at);
    parts = [];
    held = 0;
    return element;
  }

  function begin(byte: number, at: number): void {
    if (byte === open || byte === openBrace) [state, depth] = ['nested', 1];
    else if (byte === quote) state = 'string';
    else if (byte === comma || byte === close || byte === closeBrace)
      throw new ScanError('an element is missing', offset + at);
    else state = 'scalar';
  }

  /** Goes on inside a string; gives the index after its closing quote, or the chunk's length. */
  function skipString(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let at = plainUntil(chunk, escaped ? from + 1 : from);
    escaped = false;
    // What is not plain and no quote is a backslash with what it escapes.
    for (; at < length; at = plainUntil(chunk, at + 2)) {
      if (chunk[at] !== quote) continue;
      inString = false;
      return at + 1;
    }
    inString = true;
    escaped = at > length;
    return length;
  }

  /**
   * Goes on inside an object or array; gives the index after its end, or the chunk's length. All the time of a scan
   * is spent here: what the loop needs is in locals, not in the closure.
   */
  function skipNested(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let at = inString ? skipString(chunk, from) : from;
    let level = depth;
    while (at < length) {
      const byte = chunk[at++] as number;
      if (byte === quote) at = skipString(chunk, at);
      else if ((byte | caseBit) === openBrace) level += 1;
      else if ((byte | caseBit) === closeBrace && --level === 0) {
        state = 'after';
        break;
      }
    }
    depth = level;
    return at;
  }

  function skipScalar(chunk: Uint8Array, from: number): number {
    let at = from;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === comma || byte === close || isSpace(byte)) {
        state = 'after';
        return at;
      }
    }
    return at;
  }

  function between(byte: number, at: number): void {
    if (state === 'start') {
      if (bomAt < 3 && byte === bom[bomAt] && offset + at === bomAt) bomAt += 1;
      else if (byte === open && (bomAt === 0 || bomAt === 3)) state = 'first';
      else throw new ScanError('no JSON array', offset + at);
    } else if (state === 'first' && byte === close) state = 'done';
    else if (state === 'after' && byte === comma) state = 'element';
    else if (state === 'after' && byte === close) state = 'done';
    else
      throw new ScanError(
        state === 'done' ? 'bytes after the array' : 'no comma between elements',
        offset + at,
      );
  }

  return {
    push(chunk) {
      const found: Uint8Array[] = [];
      let at = 0;
      let began = 0;
      while (at < chunk.length) {
        if (state === 'nested' || state === 'string' || state === 'scalar') {
          if (state === 'nested') at = skipNested(chunk, at);
          else if (state === 'scalar') at = skipScalar(chunk, at);
          else {
            at = skipString(chunk, at);
            if (!inString) state = 'after';
          }
          // Read anew: the skippers have moved it on.
          if ((state as State) === 'after') found.push(whole(chunk.subarray(began, at)));
          continue;
        }
        const byte = chunk[at] as number;
        if (isSpace(byte)) {
          at += 1;
          continue;
        }
        if (state === 'element' || (state === 'first' && byte !== close)) {
          began = at;
          begin(byte, at);
          inString = (state as State) === 'string';
        } else between(byte, at);
        at += (state as State) === 'scalar' ? 0 : 1;
      }
      if (state === 'nested' || state === 'string' || state === 'scalar') {
        // A copy: a transport may reuse its buffer, and a view would keep the whole chunk alive.
        const part = chunk.slice(began);
        parts.push(part);
        held += part.byteLength;
        if (held > maxElementBytes) throw new ScanError('one element is longer than allowed', offset + began);
      }
      offset += chunk.length;
      return found;
    },
    end() {
      if (state !== 'done') throw new ScanError('the array does not end', offset, true);
    },
  };
}

/**
 * The index of the next quote or backslash, or one that is not below the length. By fours: that is a quarter faster
 * than byte by byte.
 */
export function plainUntil(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  let at = from;
  while (
    at < length - 3 &&
    isPlain(bytes[at] as number) &&
    isPlain(bytes[at + 1] as number) &&
    isPlain(bytes[at + 2] as number) &&
    isPlain(bytes[at + 3] as number)
  )
    at += 4;
  while (at < length && isPlain(bytes[at] as number)) at += 1;
  return at;
}

function isPlain(byte: number): boolean {
  return byte !== quote && byte !== backslash;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
