import { isBlank } from './serialize-row.js';

/** A top-level field of a row, by where its value stands in the row's bytes. */
export interface Field {
  name: string;
  from: number;
  to: number;
  isText: boolean;
}

const quote = 0x22;
const backslash = 0x5c;
const decoder = new TextDecoder();

/** The top-level fields of a row's JSON. Ends early where the bytes are not JSON. */
export function* fieldsOf(row: Uint8Array): Generator<Field, void, void> {
  let at = blanks(row, 0);
  if (row[at] !== 0x7b) return;
  at = blanks(row, at + 1);
  while (row[at] === quote) {
    const nameEnd = textEnd(row, at);
    const name = parsed(row, at, nameEnd);
    at = blanks(row, nameEnd);
    if (row[at] !== 0x3a || name === undefined) return;
    const from = blanks(row, at + 1);
    const to = valueEnd(row, from);
    if (to === from) return;
    yield { name, from, to, isText: row[from] === quote };
    at = blanks(row, to);
    if (row[at] === 0x2c) at = blanks(row, at + 1);
  }
}

/** The text of a field; undefined when the bytes are not JSON. */
export const parsed = (row: Uint8Array, from: number, to: number): string | undefined => {
  try {
    return JSON.parse(decoder.decode(row.subarray(from, to))) as string;
  } catch {
    return undefined;
  }
};

function blanks(row: Uint8Array, at: number): number {
  while (isBlank(row[at])) at += 1;
  return at;
}

/** Behind the closing quote of the text that begins at `at`. */
function textEnd(row: Uint8Array, at: number): number {
  for (let end = row.indexOf(quote, at + 1); end > 0; end = row.indexOf(quote, end + 1)) {
    let slashes = 0;
    while (row[end - 1 - slashes] === backslash) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return row.byteLength;
}

function valueEnd(row: Uint8Array, from: number): number {
  if (row[from] === quote) return textEnd(row, from);
  let depth = 0;
  let at = from;
  while (at < row.byteLength) {
    const byte = row[at];
    if (byte === quote) {
      at = textEnd(row, at);
      continue;
    }
    if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (byte === 0x2c || isBlank(byte))) return at;
    at += 1;
  }
  return at;
}
