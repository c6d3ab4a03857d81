import { decodeJsonString } from './decode-json-string.js';
import { colon, comma, findStringEnd, openBrace, quote, skipBlanks, skipValue } from './skip-json.js';

/** One field of an object, by where its value stands in the object's bytes. */
export interface JsonField {
  name: string;
  /** The first byte of the value; of a string its quote. */
  from: number;
  /** The byte after the value. */
  to: number;
  isText: boolean;
}

/** The own fields of the object in these bytes, in their order. Ends where the bytes are not JSON. */
export function listFields(bytes: Uint8Array): JsonField[] {
  const fields: JsonField[] = [];
  const start = skipBlanks(bytes, 0);
  if (bytes[start] !== openBrace) return fields;
  let index = skipBlanks(bytes, start + 1);
  while (bytes[index] === quote) {
    const nameEnd = findStringEnd(bytes, index + 1);
    const name = nameEnd < 0 ? undefined : decodeJsonString(bytes, index + 1, nameEnd);
    index = skipBlanks(bytes, nameEnd + 1);
    if (name === undefined || bytes[index] !== colon) break;
    const from = skipBlanks(bytes, index + 1);
    const to = skipValue(bytes, from);
    if (to <= from) break;
    fields.push({ name, from, to, isText: bytes[from] === quote });
    index = skipBlanks(bytes, to);
    if (bytes[index] !== comma) break;
    index = skipBlanks(bytes, index + 1);
  }
  return fields;
}
