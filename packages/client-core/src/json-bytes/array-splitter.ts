import { concatBytes } from '../concat-bytes.js';
import { createFieldScanner } from './field-scanner.js';
import type { FieldPositions, FieldScanner } from './field-scanner.js';
import {
  closeBrace,
  closeBracket,
  comma,
  endsScalar,
  isBlank,
  openBrace,
  openBracket,
  quote,
  skipPlain,
} from './skip-json.js';

/** Why bytes are not one whole JSON array; `offset` counts from the start of the first chunk. */
export class JsonArrayError extends Error {
  readonly offset: number;
  /** The array has not ended: the response was truncated. */
  readonly truncated: boolean;

  constructor(problem: string, offset: number, truncated = false) {
    super(problem);
    this.name = 'JsonArrayError';
    this.offset = offset;
    this.truncated = truncated;
  }
}

/**
 * Called with each whole element: it stands in [start, end) of `buffer`, without the white space around it.
 * `buffer` is the chunk itself where the element lies within one, else a copy of its own. `positions` are those of
 * the splitter's `fields`, as indexes of `buffer`, and are used again by the next element.
 */
export type ElementCallback = (
  buffer: Uint8Array,
  start: number,
  end: number,
  positions: FieldPositions,
) => void;

export interface ArraySplitterOptions {
  /** Names of fields to find in each element on the way. */
  fields?: readonly string[];
  /** A longer element that is not within one chunk is refused. Default: none is. */
  maxElementBytes?: number;
}

type State = 'start' | 'first' | 'element' | 'nested' | 'string' | 'scalar' | 'after' | 'end';

/**
 * Splits the bytes of one JSON array into its elements, whatever the chunks are, and finds fields of the elements, all
 * in one pass. It follows strings, escapes and brackets; what else is inside an element is not looked at. It holds
 * at most the one element that is incomplete.
 */
export class ArraySplitter {
  readonly #scanner: FieldScanner;
  readonly #maxElementBytes: number;
  #state: State = 'start';
  /** Of an element that continues in the next chunk. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  #parts: Uint8Array[] = [];
  #heldBytes = 0;
  /** Bytes before the chunk in hand. */
  #offset = 0;
  #bomBytes = 0;

  constructor({ fields = [], maxElementBytes = Infinity }: ArraySplitterOptions = {}) {
    this.#scanner = createFieldScanner(fields);
    this.#maxElementBytes = maxElementBytes;
  }

  /** @throws JsonArrayError where the bytes are no array; elements before that place have been handed out. */
  push(chunk: Uint8Array, onElement: ElementCallback): void {
    let index = this.#isInElement() ? this.#finish(chunk, onElement) : 0;
    while (index < chunk.length) {
      const byte = chunk[index] as number;
      if (isBlank(byte)) index += 1;
      else if (this.#state === 'element' || (this.#state === 'first' && byte !== closeBracket))
        index = this.#takeElement(chunk, index, onElement);
      else {
        this.#separate(byte, index);
        index += 1;
      }
    }
    this.#offset += chunk.length;
  }

  /** @throws JsonArrayError unless the array has been closed. */
  end(): void {
    if (this.#state !== 'end') throw new JsonArrayError('the array does not end', this.#offset, true);
  }

  #isInElement(): boolean {
    return this.#state === 'nested' || this.#state === 'string' || this.#state === 'scalar';
  }

  /** The element that begins at `start`: whole and with its fields, or held until the next chunk. */
  #takeElement(chunk: Uint8Array, start: number, onElement: ElementCallback): number {
    const byte = chunk[start] as number;
    if (byte === comma || byte === closeBracket || byte === closeBrace)
      throw new JsonArrayError('an element is missing', this.#offset + start);
    const isScalar = byte !== quote && byte !== openBrace && byte !== openBracket;
    const end = this.#scanner.scan(chunk, start);
    if (end >= 0 && !(isScalar && end === chunk.length)) {
      this.#state = 'after';
      onElement(chunk, start, end, this.#scanner.positions);
      return end;
    }
    this.#state = byte === quote ? 'string' : isScalar ? 'scalar' : 'nested';
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    // Once more, for where the bytes end: in a string, after a backslash, at which depth.
    const from = this.#state === 'string' ? start + 1 : start;
    if (this.#state === 'string') this.#inString = true;
    this.#continue(chunk, from);
    this.#hold(chunk, start);
    return chunk.length;
  }

  /** Goes on with the element that began in an earlier chunk. */
  #finish(chunk: Uint8Array, onElement: ElementCallback): number {
    const end = this.#continue(chunk, 0);
    if (end < 0) {
      this.#hold(chunk, 0);
      return chunk.length;
    }
    const element = concatBytes([...this.#parts, chunk.subarray(0, end)]);
    this.#parts = [];
    this.#heldBytes = 0;
    this.#state = 'after';
    this.#scanner.scan(element, 0);
    onElement(element, 0, element.length, this.#scanner.positions);
    return end;
  }

  /** The index after the element; -1 when it goes on in the next chunk. */
  #continue(chunk: Uint8Array, from: number): number {
    if (this.#state === 'scalar') return this.#continueScalar(chunk, from);
    let index = this.#inString ? this.#continueString(chunk, from) : from;
    if (this.#state === 'string') return index;
    while (index >= 0 && index < chunk.length) {
      const byte = chunk[index++] as number;
      if (byte === quote) index = this.#continueString(chunk, index);
      else if (byte === openBrace || byte === openBracket) this.#depth += 1;
      else if ((byte === closeBrace || byte === closeBracket) && --this.#depth === 0) return index;
    }
    return -1;
  }

  /** The index after the closing quote; -1 when the string goes on in the next chunk. */
  #continueString(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let index = skipPlain(chunk, this.#escaped ? from + 1 : from);
    while (index < length && chunk[index] !== quote) index = skipPlain(chunk, index + 2);
    this.#inString = index >= length;
    this.#escaped = index > length;
    return this.#inString ? -1 : index + 1;
  }

  #continueScalar(chunk: Uint8Array, from: number): number {
    for (let index = from; index < chunk.length; index += 1)
      if (endsScalar(chunk[index] as number)) return index;
    return -1;
  }

  #hold(chunk: Uint8Array, start: number): void {
    // A copy: a transport may reuse its buffer, and a view would keep the whole chunk alive.
    const part = chunk.slice(start);
    this.#parts.push(part);
    this.#heldBytes += part.byteLength;
    if (this.#heldBytes > this.#maxElementBytes)
      throw new JsonArrayError('one element is longer than allowed', this.#offset + start);
  }

  /** A byte before, between or after elements. */
  #separate(byte: number, index: number): void {
    const offset = this.#offset + index;
    if (this.#state === 'start') {
      if (byte === [0xef, 0xbb, 0xbf][this.#bomBytes] && offset === this.#bomBytes) this.#bomBytes += 1;
      else if (byte === openBracket && (this.#bomBytes === 0 || this.#bomBytes === 3)) this.#state = 'first';
      else throw new JsonArrayError('no JSON array', offset);
    } else if (this.#state === 'first' || (this.#state === 'after' && byte === closeBracket))
      this.#state = 'end';
    else if (this.#state === 'after' && byte === comma) this.#state = 'element';
    else
      throw new JsonArrayError(
        this.#state === 'end' ? 'bytes after the array' : 'no comma between elements',
        offset,
      );
  }
}
