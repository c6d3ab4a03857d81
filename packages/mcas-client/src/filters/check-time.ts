import { ArgumentError } from '@repo/client-core';

const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** A time of a filter in ms since the epoch; refuses what is no time, and seconds given as milliseconds. */
export function checkTime(path: string, value: unknown): number {
  const time = value instanceof Date ? value.getTime() : value;
  if (typeof time !== 'number' || !Number.isFinite(time))
    throw new ArgumentError(path, 'is not a time', 'Give milliseconds since the epoch or a Date.');
  if (time < earliest || time > latest)
    throw new ArgumentError(
      path,
      `is in the year ${new Date(time).getUTCFullYear()}`,
      'Times are milliseconds since the epoch: multiply seconds by 1000.',
    );
  return time;
}
