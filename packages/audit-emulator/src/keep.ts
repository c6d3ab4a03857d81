import { decode, encode } from './saved-json.js';

/** State behind functions: says itself what it knows. */
export interface Keeper {
  /** What it knows now, as JSON that no later change reaches. */
  save(): unknown;
  /** Knows again what was saved. */
  load(saved: unknown): void;
}

/** The data of an object as JSON: members that are keepers say theirs; functions and accessors are no data. */
export function save(target: object): Record<string, unknown> {
  return Object.fromEntries(
    dataOf(target).map(([name, value]) => [name, isKeeper(value) ? value.save() : encode(value)]),
  );
}

/** Puts back what {@link save} gave, in place: who holds a list or a map of the object, holds it still. */
export function load(target: object, saved: unknown): void {
  if (!isPlain(saved)) throw new TypeError('Not part of a snapshot.');
  for (const [name, current] of dataOf(target)) {
    if (!Object.hasOwn(saved, name)) continue;
    if (isKeeper(current)) current.load(saved[name]);
    else settle(target, name, decode(saved[name]));
  }
}

function dataOf(target: object): [string, unknown][] {
  return Object.entries(Object.getOwnPropertyDescriptors(target)).flatMap(([name, { value, enumerable }]) =>
    enumerable && value !== undefined && typeof value !== 'function' ? [[name, value]] : [],
  );
}

function settle(target: object, name: string, value: unknown): void {
  const current: unknown = Object.getOwnPropertyDescriptor(target, name)?.value;
  if (Array.isArray(current) && Array.isArray(value)) {
    current.length = 0;
    for (const one of value) current.push(one);
  } else if (current instanceof Map && value instanceof Map) {
    current.clear();
    for (const [key, one] of value) current.set(key, one);
  } else if (current instanceof Set && value instanceof Set) {
    current.clear();
    for (const one of value) current.add(one);
  } else if (isPlain(current) && isPlain(value)) {
    for (const gone of Object.keys(current).filter((key) => !Object.hasOwn(value, key)))
      Reflect.deleteProperty(current, gone);
    for (const [key, one] of Object.entries(value)) settle(current, key, one);
  } else {
    // Not by assignment: a member may be called __proto__.
    Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

function isKeeper(value: unknown): value is Keeper {
  const { save: saves, load: loads } = (value ?? {}) as Partial<Keeper>;
  return typeof saves === 'function' && typeof loads === 'function';
}
