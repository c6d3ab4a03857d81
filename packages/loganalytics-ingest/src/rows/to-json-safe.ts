/** Why a row cannot be written as JSON: field and rule, never a value. */
export class RowFault extends Error {}

/** `new Number(1)` and the like: JSON.stringify writes what is in them. */
const wrapper = /^\[object (Number|String|Boolean|BigInt)\]$/;

interface Place {
  readonly above: Place | undefined;
  readonly key: string | number;
}

/**
 * A copy of a row that JSON.stringify writes by the rules of this package: a bigint of 64 bits as its digits, a longer
 * one as text, a Map as an object, a Set as an array. Throws RowFault for a cycle, and for a toJSON or getter that
 * throws.
 */
export function plain(row: object): unknown {
  const above = new Set<object>();
  let field: Place | undefined;

  function walk(given: unknown, place: Place | undefined): unknown {
    if (place && !place.above) field = place;
    const value = withoutToJson(given, place);
    if (typeof value === 'bigint') return digits(value);
    if (typeof value === 'function') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (wrapper.test(Object.prototype.toString.call(value))) return walk(value.valueOf(), place);
    if (above.has(value)) throw new RowFault(`${pathOf(place)} is circular`);
    above.add(value);
    const copy = copyOf(value, place);
    above.delete(value);
    return copy;
  }

  function copyOf(value: object, place: Place | undefined): unknown {
    if (value instanceof Set || Array.isArray(value))
      return Array.from(value as Iterable<unknown>, (one, key) => walk(one, { above: place, key }));
    // Without a prototype, __proto__ is a name like others.
    const copy = Object.create(null) as Record<string, unknown>;
    // Not enumerable: JSON.stringify leaves them out.
    if (value instanceof Error)
      for (const key of ['name', 'message', 'stack', 'cause'] as const)
        if (value[key] !== undefined) copy[key] = walk(value[key], { above: place, key });
    if (value instanceof Map)
      for (const [key, one] of value) copy[String(key)] = walk(one, { above: place, key: String(key) });
    else
      for (const key of Object.keys(value)) {
        const there = { above: place, key };
        copy[key] = walk(
          guarded(there, () => (value as Record<string, unknown>)[key]),
          there,
        );
      }
    return copy;
  }

  try {
    return walk(row, undefined);
  } catch (error) {
    if (error instanceof RowFault) throw error;
    if (error instanceof RangeError) throw new RowFault(`${pathOf(field)} is nested too deeply`);
    throw new RowFault(`${pathOf(field)} has a value that cannot be written`);
  }
}

function withoutToJson(value: unknown, place: Place | undefined): unknown {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'bigint') return value;
  return guarded(place, () => {
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === 'function' ? (toJSON.call(value, String(place?.key ?? '')) as unknown) : value;
  });
}

function guarded<T>(place: Place | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new RowFault(`${pathOf(place)} has a getter or toJSON that threw`);
  }
}

/** Whether JSON.stringify may have written a Map or a Set as `{}`. */
export function mayHoldCollection(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Date) return false;
  if (value instanceof Map || value instanceof Set || value instanceof Error) return true;
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return true;
  if (Array.isArray(value)) return value.some(mayHoldCollection);
  for (const key of Object.keys(value))
    if (mayHoldCollection((value as Record<string, unknown>)[key])) return true;
  return false;
}

/** JSON.rawJSON is in every engine this package supports, but not yet in TypeScript's library. */
function digits(value: bigint): unknown {
  const text = String(value);
  if (BigInt.asIntN(64, value) !== value) return text;
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}

function pathOf(place: Place | undefined): string {
  const keys: (string | number)[] = [];
  for (let one = place; one; one = one.above) keys.unshift(one.key);
  const shown = keys.slice(0, 8).map((key) => (typeof key === 'number' ? `[${key}]` : `.${nameOf(key)}`));
  return shown.length === 0 ? 'the row' : `${shown.join('').slice(1)}${keys.length > 8 ? '…' : ''}`;
}

/** A field's name for reasons and events. Names can hold content too: what does not look like one is not told. */
export const nameOf = (name: string): string => (/^[A-Za-z_]\w{0,63}$/.test(name) ? name : '*');
