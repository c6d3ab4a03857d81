import { ArgumentError } from '@repo/client-core';

/** `options.startTime` in ms since the epoch. Throws ArgumentError. */
export function startTimeOf(value: number | Date): number {
  const time = Number(value);
  if (Number.isNaN(time))
    throw new ArgumentError(
      'options.startTime',
      'is not a time',
      'Give a Date, or milliseconds since the epoch.',
    );
  return time;
}
