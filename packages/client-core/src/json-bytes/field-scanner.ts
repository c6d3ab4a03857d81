import { decodeJsonString } from './decode-json-string.js';
import { backslash, closeBrace, colon, comma, findStringEnd, openBrace, quote } from './skip-json.js';
import { skipBlanks, skipNested, skipValue } from './skip-json.js';

/**
 * Where the values of the named fields stand: field n in [positions[2n], positions[2n + 1]), both 0 when it is not
 * there. The values of strings include their quotes.
 */
export type FieldPositions = Readonly<Int32Array>;

/** Finds an object's own fields in its bytes, in the same pass that finds its end, and without parsing. */
export interface FieldScanner {
  /** Of the last scan; used again by the next one. */
  readonly positions: FieldPositions;
  /**
   * Scans the value that begins at `from`, and gives the index after it; -1 when the bytes end before it does. Of a
   * name that comes twice the last counts, as with JSON.parse; escaped names are recognized. Nested fields, and fields
   * of a value that is no object, are not looked for. In an object that is not valid JSON, fields up to the place where
   * it breaks are found, and its end is where the depth of brackets says.
   */
  scan(bytes: Uint8Array, from: number): number;
}

export function createFieldScanner(names: readonly string[]): FieldScanner {
  const positions = new Int32Array(2 * names.length);
  const keys = names.map((name) => new TextEncoder().encode(name));
  const fieldsByLength: number[][] = [];
  for (const [field, { byteLength }] of keys.entries()) (fieldsByLength[byteLength] ??= []).push(field);

  function findField(bytes: Uint8Array, from: number, to: number): number {
    const candidates = fieldsByLength[to - from];
    if (candidates)
      for (const field of candidates) {
        const key = keys[field] as Uint8Array;
        let same = 0;
        while (same < key.length && bytes[from + same] === key[same]) same += 1;
        if (same === key.length) return field;
      }
    for (let index = from; index < to; index += 1)
      if (bytes[index] === backslash) return names.indexOf(decodeJsonString(bytes, from, to) ?? '');
    return -1;
  }

  function scanObject(bytes: Uint8Array, from: number): number {
    let index = skipBlanks(bytes, from + 1);
    while (bytes[index] === quote) {
      const keyEnd = findStringEnd(bytes, index + 1);
      if (keyEnd < 0) return -1;
      const field = findField(bytes, index + 1, keyEnd);
      index = skipBlanks(bytes, keyEnd + 1);
      if (bytes[index] !== colon) break;
      const start = skipBlanks(bytes, index + 1);
      const end = skipValue(bytes, start);
      if (end < 0) return -1;
      index = skipBlanks(bytes, end);
      if (end === start) break;
      if (field >= 0) {
        positions[2 * field] = start;
        positions[2 * field + 1] = end;
      }
      if (bytes[index] === closeBrace) return index + 1;
      if (bytes[index] !== comma) break;
      index = skipBlanks(bytes, index + 1);
    }
    // Empty, broken, or incomplete: the depth of brackets tells where it ends.
    return skipNested(bytes, index, 1);
  }

  return {
    positions,
    scan(bytes, from) {
      positions.fill(0);
      return bytes[from] === openBrace ? scanObject(bytes, from) : skipValue(bytes, from);
    },
  };
}
