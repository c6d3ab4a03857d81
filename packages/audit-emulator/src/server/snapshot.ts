/** State behind functions: says itself how it is put back. */
export interface Keeper {
  /** Remembers everything as it is now. What comes back restores it, as often as it is called. */
  keep(): () => void;
}

/** Lists of rows are long and their rows never change: the list is copied, the rows are not. */
const keptByReference = new Set(['entries']);

/** Remembers the data of an object, in depth, and gives back how to restore it in place: who holds it, holds it still. */
export function keep(target: object): () => void {
  if (isKeeper(target)) return target.keep();
  const restores = Object.keys(target).flatMap((name) => {
    const value = (target as Record<string, unknown>)[name];
    if (typeof value === 'function') return [];
    const whole = (): void => assign(target, name, value);
    return isHeld(value) ? [whole, keepHeld(value, keptByReference.has(name))] : [whole];
  });
  return () => restores.forEach((restore) => restore());
}

type Held = Map<unknown, unknown> | Set<unknown> | unknown[] | Record<string, unknown>;

function isHeld(value: unknown): value is Held {
  if (typeof value !== 'object' || value === null) return false;
  const plain = [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
  return Array.isArray(value) || value instanceof Map || value instanceof Set || plain;
}

/** Collections are emptied and filled again with copies; objects are restored member by member. */
function keepHeld(value: Held, byReference: boolean): () => void {
  const copyOf = byReference ? <T>(one: T): T => one : copy;
  if (Array.isArray(value)) {
    const kept = value.map(copyOf);
    return () => {
      value.length = 0;
      for (const one of kept) value.push(copyOf(one));
    };
  }
  if (value instanceof Map) {
    const kept = [...value].map(([key, one]) => [key, copyOf(one)] as const);
    return () => {
      value.clear();
      for (const [key, one] of kept) value.set(key, copyOf(one));
    };
  }
  if (value instanceof Set) {
    const kept = [...value];
    return () => {
      value.clear();
      for (const one of kept) value.add(one);
    };
  }
  return keep(value);
}

function copy<T>(value: T): T {
  if (!isHeld(value)) return value;
  if (Array.isArray(value)) return value.map(copy) as T;
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, copy(one)])) as T;
  if (value instanceof Set) return new Set(value) as T;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      keptByReference.has(name) && Array.isArray(one) ? [...(one as unknown[])] : copy(one),
    ]),
  ) as T;
}

function isKeeper(value: object): value is Keeper {
  return typeof (value as Partial<Keeper>).keep === 'function';
}

/** A member that can only be read has been restored through what it is read from. */
function assign(target: object, name: string, value: unknown): void {
  const { writable, set } = Object.getOwnPropertyDescriptor(target, name) ?? {};
  if (writable || set) (target as Record<string, unknown>)[name] = value;
}
