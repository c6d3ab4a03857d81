type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/**
 * `JSON.parse`, except that an integer too big for a double is kept as its own digits, in a string.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  const exact: Reviver = (_key, value, context) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value;
  // A reviver is slow: most bodies have no such number.
  return /[:[,]\s*-?\d{16}/.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first `maxBytes` bytes of a text in UTF-8, never half a character. */
export function truncateUtf8(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  return new TextDecoder().decode(bytes.subarray(0, end));
}
