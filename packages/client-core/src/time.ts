import { ArgumentError } from './errors.js';

/** A point in time: a Date, milliseconds since the epoch, or ISO 8601 text with its zone (`…Z`, `…+02:00`). */
export type TimeInput = Date | number | string;

/** A span of time: `from` inclusive, `to` exclusive. */
export interface TimeRange {
  from: TimeInput;
  to: TimeInput;
}

/** A `TimeRange` in milliseconds since the epoch. */
export interface ParsedTimeRange {
  from: number;
  to: number;
}

const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);
const isoWithZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)$/i;
const formatHint =
  'Give a Date, milliseconds since the epoch, or ISO 8601 with its zone, as in 2026-11-20T08:00:00Z.';

/**
 * Milliseconds since the epoch.
 * @throws ArgumentError for text without a zone, which would mean another time on another machine, and for times
 * before 2000 or after 2100: those are nearly always seconds or microseconds given as milliseconds.
 */
export function parseTime(value: TimeInput, path: string): number {
  if (typeof value === 'string' && !isoWithZone.test(value))
    throw new ArgumentError(path, 'is not a time with a zone', formatHint);
  const ms = toMilliseconds(value);
  if (!Number.isFinite(ms)) throw new ArgumentError(path, 'is not a time', formatHint);
  if (ms < earliest || ms >= latest)
    throw new ArgumentError(path, 'is before the year 2000 or after 2100', getRangeHint(ms));
  return ms;
}

/** Both ends of a range. @throws ArgumentError like `parseTime`, and for a range that is empty. */
export function parseTimeRange(range: TimeRange, path: string): ParsedTimeRange {
  if (typeof range !== 'object' || range === null)
    throw new ArgumentError(path, 'is not a range of time', 'Give { from, to }.');
  const from = parseTime(range.from, `${path}.from`);
  const to = parseTime(range.to, `${path}.to`);
  if (from >= to)
    throw new ArgumentError(`${path}.to`, 'is not after from', 'from is inclusive, to is exclusive.');
  return { from, to };
}

function toMilliseconds(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return Date.parse(normalizeZone(value.replace(',', '.')));
  // Not instanceof: a Date of another realm is one too.
  return Object.prototype.toString.call(value) === '[object Date]' ? (value as Date).getTime() : NaN;
}

/** `Date.parse` wants a colon and minutes in the offset, which ISO 8601 does not. */
function normalizeZone(text: string): string {
  return text.replace(/([+-]\d{2}):?(\d{2})?$/, (_, hours: string, minutes = '00') => `${hours}:${minutes}`);
}

function getRangeHint(ms: number): string {
  if (isPlausible(ms * 1000)) return 'Seconds since the epoch were given: multiply them by 1000.';
  if (isPlausible(ms / 1000) || isPlausible(ms / 1e6))
    return 'Microseconds or nanoseconds since the epoch were given: divide them to get milliseconds.';
  return formatHint;
}

function isPlausible(ms: number): boolean {
  return ms >= earliest && ms < latest;
}
