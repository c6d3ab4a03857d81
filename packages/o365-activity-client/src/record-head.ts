/** One record as the service wrote it: pass `bytes` on to lose nothing (parse and stringify loses big integers). */
export interface RawRecord {
  /** UTF-8 JSON of the one record, untouched. */
  bytes: Uint8Array;
  /** The record's `Id`. */
  id?: string;
  /** The record's `CreationTime` as written: UTC, mostly without zone. */
  creationTime?: string;
}

const quote = 0x22;
const backslash = 0x5c;
const decoder: TextDecoder = new TextDecoder();

/** Reads `Id` and `CreationTime` out of a record's bytes without parsing the rest. */
export function rawRecord(bytes: Uint8Array): RawRecord {
  const record: RawRecord = { bytes };
  let depth = 0;
  let key: string | undefined;
  let keyNext = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      const end = endOfString(bytes, at);
      if (depth === 1 && keyNext) key = text(bytes, at, end);
      else if (depth === 1 && key === 'Id' && record.id === undefined) record.id = text(bytes, at, end);
      else if (depth === 1 && key === 'CreationTime' && record.creationTime === undefined)
        record.creationTime = text(bytes, at, end);
      if (record.id !== undefined && record.creationTime !== undefined) return record;
      keyNext = false;
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
  return record;
}

function endOfString(bytes: Uint8Array, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    if (bytes[at] === quote) return at;
    if (bytes[at] === backslash) at += 1;
  }
  return bytes.length;
}

function text(bytes: Uint8Array, from: number, end: number): string {
  const inner = decoder.decode(bytes.subarray(from + 1, end));
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}
