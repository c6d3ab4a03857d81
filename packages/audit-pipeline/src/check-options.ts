import { ArgumentError } from '@repo/client-core';

/** A part by the method it must have; `undefined` for a function. */
type Parts = Readonly<Record<string, string | undefined>>;

/** For callers without types: what is missing is said before anything begins. */
export function checkParts(options: object, parts: Parts): void {
  for (const [name, method] of Object.entries(parts)) {
    const part = (options as Record<string, unknown>)[name];
    const called =
      method === undefined ? part : (part as Record<string, unknown> | null | undefined)?.[method];
    if (typeof called === 'function') continue;
    const problem = method === undefined ? 'is no function' : `has no ${method}()`;
    throw new ArgumentError(
      `options.${name}`,
      part === undefined ? 'is missing' : problem,
      `This needs ${Object.keys(parts).join(', ')}.`,
    );
  }
}

/** With none at a time nothing would ever happen, and nothing would say so. */
export function checkConcurrency(concurrency: number): void {
  if (!(concurrency >= 1))
    throw new ArgumentError('options.concurrency', `is ${concurrency}`, 'Give a whole number from 1 on.');
}
