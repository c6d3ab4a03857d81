/** A row as JSON bytes, or why it cannot be. */
export type Serialized = { bytes: Uint8Array; reason?: undefined } | { bytes?: undefined; reason: string };

const encoder = new TextEncoder();

/**
 * Each row once. A bigint of 64 bits goes as its digits, a longer one as a string; NaN and Infinity become null (JSON
 * has none); undefined and functions are left out; Date is ISO 8601 UTC; Map becomes an object and Set an array; a
 * circular row is rejected. Bytes are passed through as they are.
 */
export function serializeRow(row: unknown): Serialized {
  if (row instanceof Uint8Array) return row.byteLength > 1 ? { bytes: row } : { reason: 'an empty row' };
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return { reason: 'a row must be an object' };
  try {
    const text = JSON.stringify(row, replace) as string | undefined;
    // A toJSON may have made anything of it.
    if (!text?.startsWith('{')) return { reason: 'the row does not become a JSON object' };
    return { bytes: encoder.encode(text) };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'the row is nested too deeply';
  const circular = error instanceof TypeError && /circular|cyclic/i.test(error.message);
  return circular ? 'the row is circular' : 'a getter or toJSON of the row threw';
}

function replace(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint')
    return BigInt.asIntN(64, value) === value ? digits(String(value)) : String(value);
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return value;
}

/** JSON.rawJSON is in every engine this package supports, but not yet in TypeScript's library. */
function digits(text: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}
