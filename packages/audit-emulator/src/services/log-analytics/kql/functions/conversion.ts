import {
  DateTime,
  isMissing,
  isObject,
  readDateTime,
  readTimespan,
  Timespan,
  toNumber,
  toText,
} from '../values.js';
import type { Value } from '../values.js';
import type { KqlFunction } from './function.js';

const whole: KqlFunction = ([value]) => {
  if (value instanceof DateTime || value instanceof Timespan) return value.ms * 10_000;
  if (typeof value === 'string' && /^0x[\da-f]+$/i.test(value)) return Number(value);
  const number = typeof value === 'object' ? null : toNumber(value);
  return number === null ? null : Math.trunc(number);
};

const real: KqlFunction = ([value]) => (typeof value === 'object' ? null : toNumber(value));

const truth: KqlFunction = ([value]) => {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  const text = toText(value).toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
};

const json: KqlFunction = ([value]) => {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
};

function typeName(value: Value): string {
  if (isMissing(value)) return 'null';
  if (value instanceof DateTime) return 'datetime';
  if (value instanceof Timespan) return 'timespan';
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'dictionary';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'real';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

export const conversionFunctions: Readonly<Record<string, KqlFunction>> = {
  tostring: ([value]) => toText(value),
  toint: whole,
  tolong: whole,
  toreal: real,
  todouble: real,
  todecimal: real,
  tobool: truth,
  toboolean: truth,
  todatetime: ([value]) => (typeof value === 'number' ? null : readDateTime(value)),
  totimespan: ([value]) => readTimespan(value),
  toguid: ([value]) =>
    /^[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}$/i.test(toText(value)) ? toText(value).toLowerCase() : null,
  parse_json: json,
  todynamic: json,
  parsejson: json,
  gettype: ([value]) => typeName(value),
};
