import { signVariants } from './signed-request.js';
import type { Hypothesis } from './signed-request.js';

const minute = 60_000;

/** Dates in the same format. */
function* eachDateAround(
  date: string,
  fromInMs: number,
  toInMs: number,
  stepInMs: number,
): Generator<string> {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return;
  for (let ms = fromInMs; ms <= toInMs; ms += stepInMs)
    if (ms !== 0) yield `x-ms-date:${new Date(time + ms).toUTCString()}`;
}

/** The same time in other words. */
export function getOtherDates(date: string): string[] {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return [];
  const iso = new Date(time).toISOString();
  const utc = new Date(time).toUTCString();
  return [
    iso,
    iso.replace('.000Z', 'Z'),
    iso.replace('.000Z', ''),
    iso.replace('.000Z', '+00:00'),
    iso.replace('.000Z', '.0000000Z'),
    utc,
    utc.replace('GMT', 'UTC'),
    utc.replace('GMT', '+0000'),
    utc.replace(' GMT', ''),
    utc.toLowerCase(),
    utc.replace(/, 0(\d) /, ', $1 '),
    String(time),
    String(time / 1000),
    date.trim(),
  ].map((text) => `x-ms-date:${text}`);
}

const hour = 60 * minute;

/** Other times: they take a few thousand signatures. */
export const slowDateMistakes: readonly Hypothesis[] = [
  {
    finding:
      'The signature was made over another date than x-ms-date: it was kept and used again, or the date was taken twice.',
    signatures: (request) =>
      signVariants(request, 'date', eachDateAround(request.date, -2 * hour, 2 * hour, 1000)),
  },
  {
    finding: 'The signature was made over local time: x-ms-date is in GMT.',
    signatures: (request) =>
      signVariants(request, 'date', eachDateAround(request.date, -14 * hour, 14 * hour, 15 * minute)),
  },
];
