import { ArgumentError } from '@repo/client-core';

/** `options.startFrom` in ms since the epoch. Throws ArgumentError. */
export function checkStartFrom(value: number | Date): number {
  const time = Number(value);
  if (Number.isNaN(time))
    throw new ArgumentError(
      'options.startFrom',
      'is not a time',
      'Give a Date, or milliseconds since the epoch.',
    );
  return time;
}
