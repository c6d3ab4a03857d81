/** What the service writes in irregular shapes, made regular: pure, opt-in, and nothing else is touched. */

/** `{ "0": a, "1": null, "2": b }` as `[a, null, b]`, in the order of the numbers. Anything else as it is. */
export function convertIndexedObject(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (!entries.every(([key]) => /^\d+$/.test(key))) return value;
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, one]) => one as unknown);
}

/** `[2, "EXTERNAL"]` as `{ value: 2, name: "EXTERNAL" }`. Anything else as it is. */
export function convertTuple(value: unknown): unknown {
  const [number, name] = Array.isArray(value) ? (value as unknown[]) : [];
  const isTuple = Array.isArray(value) && value.length === 2 && typeof name === 'string';
  return isTuple && typeof number === 'number' ? { value: number, name } : value;
}

/** `"11161"` as 11161, as long as no digit is lost. Anything else as it is. */
export function parseIntegerText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?(0|[1-9]\d*)$/.test(value)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/**
 * A time as ISO 8601 UTC with milliseconds: from milliseconds since the epoch, whole or not, or from ISO text with any
 * number of digits, with `Z` or without. Undefined for what is no time.
 */
export function toIsoTime(value: unknown): string | undefined {
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? parsed(value) : Number.NaN;
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}

function parsed(text: string): number {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?(Z|[+-]\d\d:\d\d)?$/i.exec(text.trim());
  if (!match) return Number.NaN;
  const [, seconds = '', fraction = '0', zone = 'Z'] = match;
  return Date.parse(`${seconds}.${fraction.padEnd(3, '0')}${zone}`);
}

/** The texts `"null"` and `""` as null. Anything else as it is. */
export function convertNullText(value: unknown): unknown {
  return value === 'null' || value === '' ? null : value;
}

/** `"{'id': 'a', 'saas': 11161, 'inst': 0}"`, as entities write their key, as an object. Anything else as it is. */
export function parsePythonKey(value: unknown): unknown {
  const match =
    typeof value === 'string'
      ? /^\{'id': (?:'([^'\\]*)'|"([^"\\]*)"), 'saas': (\d+), 'inst': (\d+)\}$/.exec(value)
      : null;
  if (!match) return value;
  const [, single, double, saas, inst] = match;
  return { id: single ?? double, saas: Number(saas), inst: Number(inst) };
}

/**
 * What to do with keys that differ by case alone, for sinks that do not tell them apart: keep the first, the last, or
 * all of them, the later ones as `level_2`, `level_3`.
 */
export type CasePolicy = 'first' | 'last' | 'suffix';

/** A copy in which no object has two keys that differ by case alone. */
export function foldCase<T>(value: T, policy: CasePolicy): T {
  return folded(value, policy) as T;
}

function folded(value: unknown, policy: CasePolicy): unknown {
  if (Array.isArray(value)) return value.map((one) => folded(one, policy));
  if (typeof value !== 'object' || value === null) return value;
  const taken = new Map<string, string>();
  const result: [string, unknown][] = [];
  for (const [key, one] of Object.entries(value)) {
    const inner = folded(one, policy);
    const lower = key.toLowerCase();
    const other = taken.get(lower);
    if (other === undefined) {
      taken.set(lower, key);
      result.push([key, inner]);
    } else if (policy === 'last') {
      const at = result.findIndex(([name]) => name === other);
      result.splice(at, 1, [key, inner]);
      taken.set(lower, key);
    } else if (policy === 'suffix') result.push([freeName(key, value, taken), inner]);
  }
  return Object.fromEntries(result);
}

function freeName(key: string, among: object, taken: Map<string, string>): string {
  const own = new Set(Object.keys(among).map((one) => one.toLowerCase()));
  for (let n = 2; ; n += 1) {
    const name = `${key}_${n}`;
    const lower = name.toLowerCase();
    if (own.has(lower) || taken.has(lower)) continue;
    taken.set(lower, name);
    return name;
  }
}
