import { createPublicKey, KeyObject } from 'node:crypto';

const numbers = new Map<string, unknown>([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/**
 * A deep copy that JSON can hold: what it cannot is an object with one name that begins with `$`. Functions are left out.
 *
 * @throws TypeError for a value of any other kind.
 */
export function encode(value: unknown): unknown {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
    return { $value: String(value) };
  if (typeof value === 'bigint' || typeof value === 'symbol') throw unknownKind(typeof value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Map) return { $map: [...value].map(([key, one]) => [encode(key), encode(one)]) };
  if (value instanceof Set) return { $set: [...value].map(encode) };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (value instanceof KeyObject) return { $publicKey: value.export({ type: 'spki', format: 'pem' }) };
  if (![Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null))
    throw unknownKind(value.constructor.name);
  const members = Object.entries(value).filter(([, one]) => typeof one !== 'function');
  const saved = members.map(([name, one]) => [name, encode(one)]);
  return members.some(([name]) => name.startsWith('$')) ? { $object: saved } : Object.fromEntries(saved);
}

/** What {@link encode} was given. */
export function decode(saved: unknown): unknown {
  if (typeof saved !== 'object' || saved === null) return saved;
  if (Array.isArray(saved)) return saved.map(decode);
  const [first] = Object.entries(saved);
  switch (first?.[0]) {
    case '$value':
      return numbers.get(first[1] as string);
    case '$map':
      return new Map((first[1] as [unknown, unknown][]).map(([key, one]) => [decode(key), decode(one)]));
    case '$set':
      return new Set((first[1] as unknown[]).map(decode));
    case '$bytes':
      return new Uint8Array(Buffer.from(first[1] as string, 'base64'));
    case '$publicKey':
      return createPublicKey(first[1] as string);
    case '$object':
      return Object.fromEntries((first[1] as [string, unknown][]).map(([name, one]) => [name, decode(one)]));
    default:
      return Object.fromEntries(Object.entries(saved).map(([name, one]) => [name, decode(one)]));
  }
}

function unknownKind(kind: string): TypeError {
  return new TypeError(`A ${kind} cannot be part of a snapshot.`);
}
