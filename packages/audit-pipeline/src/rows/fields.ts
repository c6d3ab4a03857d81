const quote = 0x22;
const backslash = 0x5c;

/** Values of a record's own fields as the JSON text they were written in, by name. */
export type FieldSlices = Map<string, Uint8Array>;

/**
 * Finds fields of a JSON object in its bytes, in one pass and without parsing: each value as its own bytes, untouched.
 * Of a name that comes twice the last counts, as with JSON.parse. Bounded on any input; of text that is no JSON object
 * the result is whatever was found.
 */
export function fieldsOf(bytes: Uint8Array, wanted: ReadonlySet<string>): FieldSlices {
  const found: FieldSlices = new Map();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = text.length;
  let at = 0;
  while (at < length && text[at] !== 0x7b) at += 1;
  at += 1;
  while (at < length) {
    at = skipBlank(text, at);
    if (text[at] !== quote) return found;
    const keyEnd = endOfString(text, at);
    const key = text.toString('latin1', at + 1, keyEnd);
    at = skipBlank(text, keyEnd + 1);
    if (text[at] !== 0x3a) return found;
    const start = skipBlank(text, at + 1);
    const end = endOfValue(text, start);
    const name = key.includes('\\') ? unescaped(key) : key;
    if (wanted.has(name)) found.set(name, bytes.subarray(start, end));
    at = skipBlank(text, end);
    if (text[at] !== 0x2c) return found;
    at += 1;
  }
  return found;
}

function skipBlank(text: Uint8Array, from: number): number {
  let at = from;
  for (let byte = text[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = text[at])
    at += 1;
  return at;
}

/** Where the closing quote is; the end of the text when there is none. */
function endOfString(text: Buffer, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === quote) return at;
    if (byte === backslash) at += 1;
  }
  return text.length;
}

/** Past the last byte of the value that begins here. */
function endOfValue(text: Buffer, from: number): number {
  const first = text[from];
  if (first === quote) return Math.min(endOfString(text, from) + 1, text.length);
  if (first !== 0x7b && first !== 0x5b) {
    let at = from;
    for (
      let byte = text[at];
      byte !== undefined && byte !== 0x2c && byte !== 0x7d && byte !== 0x5d && byte > 0x20;
    )
      byte = text[++at];
    return at;
  }
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === quote) at = endOfString(text, at);
    else if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function unescaped(key: string): string {
  try {
    return JSON.parse(`"${key}"`) as string;
  } catch {
    return key;
  }
}
