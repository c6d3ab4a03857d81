const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
/** Digits, and what stands between them. */
const pattern: Uint8Array = new TextEncoder().encode('0000-00-00T00:00:00');

/**
 * Whether the JSON text here is a time that names its zone; undefined when it is no time. Records write theirs in UTC
 * and mostly do not say so.
 */
export function timeAt(bytes: Uint8Array, from: number, to: number): boolean | undefined {
  const last = to - 1;
  if (bytes[from] !== 0x22 || last - from <= pattern.length || bytes[last] !== 0x22) return undefined;
  for (let at = 0; at < pattern.length; at += 1) {
    const byte = bytes[from + 1 + at];
    if (pattern[at] === 0x30 ? !isDigit(byte) : byte !== pattern[at]) return undefined;
  }
  let zone = false;
  for (let at = from + 1 + pattern.length; at < last; at += 1) {
    const byte = bytes[at];
    if (byte === 0x5a || byte === 0x7a || byte === 0x2b || byte === 0x2d) zone = true;
    else if (!isDigit(byte) && byte !== 0x2e && byte !== 0x3a) return undefined;
  }
  return zone;
}

/** The whole number here, in quotes or not, of at most nine digits. */
export function numberAt(bytes: Uint8Array, from: number, to: number): number | undefined {
  const quoted = bytes[from] === 0x22 ? 1 : 0;
  const [first, end] = [from + quoted, to - quoted];
  if (end <= first || end - first > 9) return undefined;
  let number = 0;
  for (let at = first; at < end; at += 1) {
    if (!isDigit(bytes[at])) return undefined;
    number = number * 10 + (bytes[at] as number) - 0x30;
  }
  return number;
}
