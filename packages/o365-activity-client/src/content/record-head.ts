import { plainUntil } from './scanner.js';

/** One record as the service wrote it: pass `bytes` on to lose nothing (parse and stringify loses big integers). */
export interface RawRecord {
  /**
   * The one record, untouched: UTF-8 JSON, as far as its strings and the depth of its brackets tell. What is inside is
   * not looked at.
   */
  bytes: Uint8Array;
  /** The record's `Id`. */
  id?: string;
  /** The record's `CreationTime` as written: UTC, mostly without zone. */
  creationTime?: string;
}

const quote = 0x22;
const decoder: TextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
const maxSpan = 256;
const idKey: Uint8Array = new TextEncoder().encode('"Id"');
const timeKey: Uint8Array = new TextEncoder().encode('"CreationTime"');

/** Where a string stands in the bytes, without its quotes. */
interface Span {
  from: number;
  end: number;
}

/** Reads `Id` and `CreationTime` out of a record's bytes without parsing the rest. */
export function rawRecord(bytes: Uint8Array): RawRecord {
  const { length } = bytes;
  let depth = 0;
  let key: Uint8Array | undefined;
  let keyNext = false;
  let id: Span | undefined;
  let time: Span | undefined;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      const end = endOfString(bytes, at);
      if (depth === 1) {
        if (keyNext) key = keyOf(bytes, at, end);
        else if (key === idKey) id ??= { from: at + 1, end };
        else if (key === timeKey) time ??= { from: at + 1, end };
        if (id && time) return withBoth(bytes, id, time);
        keyNext = false;
      }
      at = end;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      keyNext = depth === 1 && byte === 0x7b;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    else if (byte === 0x2c && depth === 1) {
      keyNext = true;
      key = undefined;
    }
  }
  return { bytes, ...(id && { id: text(bytes, id) }), ...(time && { creationTime: text(bytes, time) }) };
}

/** The two mostly stand side by side, in ASCII: to decode them together is half the work. */
function withBoth(bytes: Uint8Array, id: Span, time: Span): RawRecord {
  const from = Math.min(id.from, time.from);
  const end = Math.max(id.end, time.end);
  const both = end - from <= maxSpan ? decoder.decode(bytes.subarray(from, end)) : '';
  // As many characters as bytes: each byte is one character.
  if (both.length !== end - from || both.includes('\\'))
    return { bytes, id: text(bytes, id), creationTime: text(bytes, time) };
  return {
    bytes,
    id: both.slice(id.from - from, id.end - from),
    creationTime: both.slice(time.from - from, time.end - from),
  };
}

/** Which of the two wanted keys stands between these quotes. */
function keyOf(bytes: Uint8Array, from: number, end: number): Uint8Array | undefined {
  const length = end - from + 1;
  const wanted = length === idKey.length ? idKey : timeKey;
  if (length !== wanted.length) return undefined;
  for (let at = 0; at < length; at += 1) if (bytes[from + at] !== wanted[at]) return undefined;
  return wanted;
}

function endOfString(bytes: Uint8Array, from: number): number {
  let at = plainUntil(bytes, from + 1);
  while (at < bytes.length && bytes[at] !== quote) at = plainUntil(bytes, at + 2);
  return Math.min(at, bytes.length);
}

function text(bytes: Uint8Array, { from, end }: Span): string {
  const inner = decoder.decode(bytes.subarray(from, end));
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}
