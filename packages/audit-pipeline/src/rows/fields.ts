const quote = 0x22;
const backslash = 0x5c;

/**
 * Where the values of the named fields stand in the bytes of a JSON object: field n from `at[2 * n]` up to
 * `at[2 * n + 1]`, both 0 when it is not there. The array is used again by the next call.
 */
export type FieldScanner = (bytes: Uint8Array) => Readonly<Int32Array>;

/**
 * Finds an object's own fields in its bytes, in one pass and without parsing. Of a name that comes twice the last
 * counts, as with JSON.parse. Bounded on any input; of text that is no JSON object the result is whatever was found.
 */
export function fieldScanner(names: readonly string[]): FieldScanner {
  const at = new Int32Array(2 * names.length);
  const keys = names.map((name) => new TextEncoder().encode(name));
  const byLength: number[][] = [];
  for (const [field, { byteLength }] of keys.entries()) (byLength[byteLength] ??= []).push(field);

  function fieldOf(bytes: Uint8Array, from: number, to: number): number {
    const candidates = byLength[to - from];
    if (candidates)
      for (const field of candidates) {
        const key = keys[field] as Uint8Array;
        let same = 0;
        while (same < key.length && bytes[from + same] === key[same]) same += 1;
        if (same === key.length) return field;
      }
    for (let byte = from; byte < to; byte += 1)
      if (bytes[byte] === backslash) return names.indexOf(unescaped(bytes.subarray(from, to)));
    return -1;
  }

  return (bytes) => {
    at.fill(0);
    const { length } = bytes;
    let next = 0;
    while (next < length && bytes[next] !== 0x7b) next += 1;
    next += 1;
    while (next < length) {
      next = skipBlank(bytes, next);
      if (bytes[next] !== quote) return at;
      const keyEnd = endOfString(bytes, next);
      const field = fieldOf(bytes, next + 1, keyEnd);
      next = skipBlank(bytes, keyEnd + 1);
      if (bytes[next] !== 0x3a) return at;
      const start = skipBlank(bytes, next + 1);
      const end = endOfValue(bytes, start);
      if (field >= 0) {
        at[2 * field] = start;
        at[2 * field + 1] = end;
      }
      next = skipBlank(bytes, end);
      if (bytes[next] !== 0x2c) return at;
      next += 1;
    }
    return at;
  };
}

function skipBlank(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  let at = from;
  while (at < length) {
    const byte = bytes[at] as number;
    if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return at;
    at += 1;
  }
  return at;
}

/** Where the closing quote is; the end of the text when there is none. */
function endOfString(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  for (let at = from + 1; at < length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === quote) return at;
    if (byte === backslash) at += 1;
  }
  return length;
}

/** Past the last byte of the value that begins here. */
function endOfValue(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  const first = bytes[from];
  if (first === quote) return Math.min(endOfString(bytes, from) + 1, length);
  let at = from;
  if (first !== 0x7b && first !== 0x5b) {
    while (at < length) {
      const byte = bytes[at] as number;
      if (byte === 0x2c || byte === 0x7d || byte === 0x5d || byte <= 0x20) break;
      at += 1;
    }
    return at;
  }
  let depth = 0;
  for (; at < length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === quote) at = endOfString(bytes, at);
    else if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return length;
}

function unescaped(key: Uint8Array): string {
  const text = new TextDecoder().decode(key);
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}
