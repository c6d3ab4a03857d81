import { parseDateTime } from '../date-time.js';

/** A time. `text` is what was stored, with all its digits. */
export class DateTime {
  readonly ms: number;
  readonly text: string | undefined;

  constructor(ms: number, text?: string) {
    this.ms = ms;
    this.text = text;
  }
}

/** A span of time. */
export class Timespan {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

/** Anything a column can hold: see `toJson`. */
export type Value = unknown;

export function isMissing(value: Value): value is null | undefined {
  return value === null || value === undefined;
}

export function isObject(value: Value): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isMoment(value);
}

function isMoment(value: Value): value is DateTime | Timespan {
  return value instanceof DateTime || value instanceof Timespan;
}

export function readDateTime(value: Value): DateTime | null {
  if (value instanceof DateTime) return value;
  if (typeof value !== 'string' || value === '') return null;
  const found = parseDateTime(value);
  const ms = found?.ms ?? Date.parse(value);
  return Number.isNaN(ms) ? null : new DateTime(ms, value);
}

const units: Readonly<Record<string, number>> = {
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  h: 3_600_000,
  hr: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  ms: 1,
  milliseconds: 1,
  tick: 0.0001,
};

/** `1h`, `2.5d`, `1.02:03:04.5` or `02:03:04`. */
export function readTimespan(value: Value): Timespan | null {
  if (value instanceof Timespan) return value;
  if (typeof value !== 'string') return null;
  const [, count, unit] = /^(-?[\d.]+)\s*([a-z]+)$/i.exec(value.trim()) ?? [];
  if (count !== undefined && unit !== undefined && units[unit.toLowerCase()] !== undefined)
    return new Timespan(Number(count) * (units[unit.toLowerCase()] ?? 0));
  const [, sign, days = '0', hours, minutes, seconds = '0'] =
    /^(-?)(?:(\d+)\.)?(\d+):(\d+)(?::(\d+(?:\.\d+)?))?$/.exec(value.trim()) ?? [];
  if (hours === undefined) return null;
  const ms =
    Number(days) * 86_400_000 + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
  return new Timespan(sign === '-' ? -ms : ms);
}

/** `1.02:03:04.5000000`, as Kusto writes it. */
function writeTimespan(ms: number): string {
  const left = Math.abs(ms);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const days = Math.floor(left / 86_400_000);
  const rest = `${two((left / 3_600_000) % 24)}:${two((left / 60_000) % 60)}:${two((left / 1000) % 60)}`;
  const fraction = Math.round((left % 1000) * 10_000);
  return `${ms < 0 ? '-' : ''}${days > 0 ? `${days}.` : ''}${rest}${fraction > 0 ? `.${String(fraction).padStart(7, '0')}` : ''}`;
}

function writeDateTime(value: DateTime): string {
  return value.text ?? new Date(value.ms).toISOString();
}

/** What `tostring` gives. */
export function toText(value: Value): string {
  if (isMissing(value)) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof DateTime) return new Date(value.ms).toISOString().replace('Z', '0000Z');
  if (value instanceof Timespan) return writeTimespan(value.ms);
  return typeof value === 'number' ? String(value) : JSON.stringify(toJson(value));
}

/** What a table stores and an answer shows. */
export function toJson(value: Value): unknown {
  if (value instanceof DateTime) return writeDateTime(value);
  if (value instanceof Timespan) return writeTimespan(value.ms);
  if (Array.isArray(value)) return value.map(toJson);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toJson(one)]));
  return value ?? null;
}

export function toNumber(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (isMoment(value)) return value.ms;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

/** Key of a value in groups and joins: equal values have equal keys. */
export function keyOf(value: Value): string {
  if (value instanceof DateTime) return `t${value.ms}`;
  return isMissing(value) ? '' : typeof value === 'string' ? value : JSON.stringify(toJson(value));
}

/** Order of two values; missing ones come first. */
export function compare(left: Value, right: Value): number {
  if (isMissing(left) || isMissing(right)) return Number(isMissing(right)) - Number(isMissing(left));
  if (isMoment(left) && isMoment(right)) return left.ms - right.ms;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const big = (value: Value): bigint | undefined =>
    typeof value === 'number'
      ? BigInt(Math.trunc(value))
      : /^-?\d{16,}$/.test(toText(value))
        ? BigInt(toText(value))
        : undefined;
  const [a, b] = [big(left), big(right)];
  if (a !== undefined && b !== undefined) return a < b ? -1 : Number(a > b);
  const [x, y] = [toText(left), toText(right)];
  return x < y ? -1 : Number(x > y);
}

export function isEqual(left: Value, right: Value): boolean {
  if (isMissing(left) || isMissing(right)) return false;
  return (
    left === right || keyOf(left) === keyOf(right) || (!isMoment(left) && toText(left) === toText(right))
  );
}
