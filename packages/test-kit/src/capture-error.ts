import { collect } from './collect.js';

type Work = Promise<unknown> | AsyncIterable<unknown> | (() => unknown);

/**
 * What a promise rejects with, what iterating throws, or what a function throws or rejects with. Throws when nothing
 * is thrown, so that a test cannot pass by accident.
 */
export async function captureError<E = unknown>(work: Work): Promise<E> {
  let result: unknown;
  try {
    result = typeof work === 'function' ? work() : work;
    if (isAsyncIterable(result)) result = await collect(result);
    else result = await result;
  } catch (error) {
    return error as E;
  }
  throw new Error(`expected an error, got ${JSON.stringify(result) ?? 'undefined'}`);
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
