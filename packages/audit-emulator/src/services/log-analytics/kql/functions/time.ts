import { DateTime, isMissing, readDateTime, Timespan, toText } from '../values.js';
import type { Value } from '../values.js';
import type { KqlFunction } from './function.js';

const day = 86_400_000;

type Period = 'day' | 'week' | 'month' | 'year' | 'hour';

/** The first millisecond of a period, some periods away. */
function startOf(period: Period, ms: number, offset: number): number {
  const date = new Date(ms);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const today = Date.UTC(year, month, date.getUTCDate());
  if (period === 'hour') return Math.floor(ms / 3_600_000) * 3_600_000 + offset * 3_600_000;
  if (period === 'day') return today + offset * day;
  if (period === 'week') return today - date.getUTCDay() * day + offset * 7 * day;
  return period === 'month' ? Date.UTC(year, month + offset) : Date.UTC(year + offset, 0);
}

const moment = (value: Value): number | undefined => readDateTime(value)?.ms;

const periods: readonly Period[] = ['day', 'week', 'month', 'year', 'hour'];

const edges = Object.fromEntries(
  periods.flatMap((period): [string, KqlFunction][] => [
    [
      `startof${period}`,
      ([value, offset = 0]) => {
        const ms = moment(value);
        return ms === undefined ? null : new DateTime(startOf(period, ms, Number(offset)));
      },
    ],
    [
      `endof${period}`,
      ([value, offset = 0]) => {
        const ms = moment(value);
        return ms === undefined ? null : new DateTime(startOf(period, ms, Number(offset) + 1) - 1);
      },
    ],
  ]),
);

const lengths: Readonly<Record<string, number>> = {
  week: 7 * day,
  day,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
  microsecond: 0.001,
  nanosecond: 0.000001,
};

/** Boundaries crossed, as `datetime_diff` counts them. */
function difference(part: string, one: number, other: number): number | null {
  const [a, b] = [new Date(one), new Date(other)];
  const months = (a.getUTCFullYear() - b.getUTCFullYear()) * 12 + a.getUTCMonth() - b.getUTCMonth();
  if (part === 'year') return a.getUTCFullYear() - b.getUTCFullYear();
  if (part === 'month') return months;
  if (part === 'quarter')
    return (
      Math.floor(a.getUTCMonth() / 3) -
      Math.floor(b.getUTCMonth() / 3) +
      (a.getUTCFullYear() - b.getUTCFullYear()) * 4
    );
  const length = lengths[part];
  return length === undefined ? null : Math.floor(one / length) - Math.floor(other / length);
}

function add(part: string, amount: number, ms: number): number | null {
  const date = new Date(ms);
  if (part === 'year') return date.setUTCFullYear(date.getUTCFullYear() + amount);
  if (part === 'quarter') return date.setUTCMonth(date.getUTCMonth() + 3 * amount);
  if (part === 'month') return date.setUTCMonth(date.getUTCMonth() + amount);
  const length = lengths[part];
  return length === undefined ? null : ms + amount * length;
}

const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0)) / day) + 1;

/** ISO 8601 week: that of the Thursday. */
function weekOfYear(date: Date): number {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * day);
  return Math.ceil(dayOfYear(thursday) / 7);
}

const parts: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  month: (date) => date.getUTCMonth() + 1,
  week_of_year: weekOfYear,
  day: (date) => date.getUTCDate(),
  dayofyear: dayOfYear,
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds(),
  millisecond: (date) => date.getUTCMilliseconds(),
};

const partOf =
  (name: string): KqlFunction =>
  ([value]) => {
    const ms = moment(value);
    return ms === undefined ? null : (parts[name]?.(new Date(ms)) ?? null);
  };

const formats: Readonly<Record<string, (date: Date) => string>> = {
  yyyy: (date) => String(date.getUTCFullYear()),
  yy: (date) => String(date.getUTCFullYear()).slice(2),
  MM: (date) => String(date.getUTCMonth() + 1).padStart(2, '0'),
  M: (date) => String(date.getUTCMonth() + 1),
  dd: (date) => String(date.getUTCDate()).padStart(2, '0'),
  d: (date) => String(date.getUTCDate()),
  HH: (date) => String(date.getUTCHours()).padStart(2, '0'),
  H: (date) => String(date.getUTCHours()),
  mm: (date) => String(date.getUTCMinutes()).padStart(2, '0'),
  ss: (date) => String(date.getUTCSeconds()).padStart(2, '0'),
  fff: (date) => String(date.getUTCMilliseconds()).padStart(3, '0'),
};

const at = (ms: number | null): Value => (ms === null || Number.isNaN(ms) ? null : new DateTime(ms));

const unixTime =
  (factor: number): KqlFunction =>
  ([value]) =>
    isMissing(value) ? null : at(Number(value) * factor);

export const timeFunctions: Readonly<Record<string, KqlFunction>> = {
  ...edges,
  now: ([offset], { now }) => new DateTime(now + (offset instanceof Timespan ? offset.ms : 0)),
  ago: ([span], { now }) => (span instanceof Timespan ? new DateTime(now - span.ms) : null),
  datetime_add: ([part, amount, value]) => {
    const ms = moment(value);
    return ms === undefined ? null : at(add(toText(part).toLowerCase(), Number(amount), ms));
  },
  datetime_diff: ([part, one, other]) => {
    const [a, b] = [moment(one), moment(other)];
    return a === undefined || b === undefined ? null : difference(toText(part).toLowerCase(), a, b);
  },
  datetime_part: ([part, value]) =>
    partOf(toText(part).toLowerCase())([value], { now: 0, type: 'long', row: {} }),
  dayofmonth: partOf('day'),
  dayofyear: partOf('dayofyear'),
  getmonth: partOf('month'),
  monthofyear: partOf('month'),
  getyear: partOf('year'),
  hourofday: partOf('hour'),
  weekofyear: partOf('week_of_year'),
  week_of_year: partOf('week_of_year'),
  dayofweek: ([value]) => {
    const ms = moment(value);
    return ms === undefined ? null : new Timespan(new Date(ms).getUTCDay() * day);
  },
  make_datetime: ([year, month = 1, date = 1, hour = 0, minute = 0, second = 0]) =>
    at(
      Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hour), Number(minute)) +
        Number(second) * 1000,
    ),
  make_timespan: (args) => {
    const [days, hours, minutes, seconds] = args.length === 4 ? args : [0, ...args, 0];
    return new Timespan(
      Number(days) * day + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000,
    );
  },
  format_datetime: ([value, format]) => {
    const ms = moment(value);
    return ms === undefined
      ? ''
      : toText(format).replaceAll(
          /yyyy|yy|MM|M|dd|d|HH|H|mm|ss|fff/g,
          (one) => formats[one]?.(new Date(ms)) ?? one,
        );
  },
  unixtime_seconds_todatetime: unixTime(1000),
  unixtime_milliseconds_todatetime: unixTime(1),
};
