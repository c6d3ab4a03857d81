import { parseDateTime } from '../date-time.js';
import { KqlError } from './errors.js';
import { receivedColumn } from './frame.js';
import type { Expression, Scope, Type } from './frame.js';

type Values = readonly unknown[];

const pure: Readonly<Record<string, readonly [Type, (...values: Values) => unknown]>> = {
  tostring: ['string', asText],
  toint: ['int', (value) => asNumber(value, true)],
  tolong: ['long', (value) => asNumber(value, true)],
  toreal: ['real', (value) => asNumber(value, false)],
  todouble: ['real', (value) => asNumber(value, false)],
  tobool: ['boolean', asBoolean],
  toguid: ['guid', asGuid],
  todatetime: [
    'datetime',
    (value) => (typeof value === 'string' ? (parseDateTime(value)?.ms ?? null) : value),
  ],
  parse_json: ['dynamic', asDynamic],
  todynamic: ['dynamic', asDynamic],
  isempty: ['boolean', isEmpty],
  isnotempty: ['boolean', (value) => !isEmpty(value)],
  isnull: ['boolean', (value) => value === null || value === undefined],
  isnotnull: ['boolean', (value) => value !== null && value !== undefined],
  strlen: ['long', (value) => Array.from(asText(value)).length],
  tolower: ['string', (value) => asText(value).toLowerCase()],
  toupper: ['string', (value) => asText(value).toUpperCase()],
  strcat: ['string', (...values) => values.map(asText).join('')],
  not: ['boolean', (value) => !value],
  array_length: ['long', (value) => (Array.isArray(value) ? value.length : null)],
  startofday: ['datetime', (value) => floor(value, 86_400_000)],
  startofhour: ['datetime', (value) => floor(value, 3_600_000)],
};

/** A call of a scalar function. */
export function callExpression(name: string, args: readonly Expression[], scope: Scope): Expression {
  const [first, second, third] = args;
  const known = pure[name];
  if (known) {
    const [type, compute] = known;
    return { type, value: (row) => compute(...args.map((arg) => arg.value(row))) };
  }
  switch (name) {
    case 'now':
      return { type: 'datetime', value: () => scope.now };
    case 'ago':
      return { type: 'datetime', value: (row) => scope.now - Number(first?.value(row)) };
    case 'ingestion_time':
      return { type: 'datetime', value: (row) => row[receivedColumn] };
    case 'bin':
      return {
        type: first?.type ?? 'long',
        value: (row) => floor(first?.value(row), Number(second?.value(row))),
      };
    case 'iff':
    case 'iif':
      return {
        type: second?.type ?? 'string',
        value: (row) => (first?.value(row) ? second : third)?.value(row),
      };
    case 'coalesce':
      return {
        type: first?.type ?? 'string',
        value: (row) => args.map((arg) => arg.value(row)).find((value) => !isEmpty(value)) ?? null,
      };
    default:
      throw new KqlError('SEM0100', `Unknown function: '${name}'`);
  }
}

export function asText(value: unknown): string {
  return value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function floor(value: unknown, step: number): number | null {
  return typeof value === 'number' ? Math.floor(value / step) * step : null;
}

function asNumber(value: unknown, whole: boolean): number | null {
  if (isEmpty(value) || typeof value === 'object') return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : whole ? Math.trunc(number) : number;
}

function asBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  return typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : null;
}

function asGuid(value: unknown): string | null {
  const digits = asText(value).replace(/[{}-]/g, '').toLowerCase();
  return /^[\da-f]{32}$/.test(digits)
    ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : null;
}

function asDynamic(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
