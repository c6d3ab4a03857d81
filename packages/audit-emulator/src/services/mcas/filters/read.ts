import type { McasRecord } from '../records.js';
import { isObject } from './operators.js';

type Reader = (record: McasRecord) => readonly unknown[];

/** Values at dotted paths; arrays on the way are walked through, an array at the end gives its elements. */
export function at(...paths: string[]): Reader {
  const steps = paths.map((path) => path.split('.'));
  return (record) => steps.flatMap((path) => walk(record, path));
}

function walk(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => walk(one, path));
  const [step, ...rest] = path;
  if (step === undefined) return value === undefined || value === null ? [] : [value];
  return isObject(value) ? walk(value[step], rest) : [];
}

/** `read`'s values, or `fallback` alone when there are none. */
export function or(fallback: unknown, read: Reader): Reader {
  return (record) => {
    const found = read(record);
    return found.length > 0 ? found : [fallback];
  };
}

/** Times in ms; ISO texts are read. */
export function times(read: Reader): Reader {
  return (record) => read(record).map((value) => (typeof value === 'string' ? Date.parse(value) : value));
}
