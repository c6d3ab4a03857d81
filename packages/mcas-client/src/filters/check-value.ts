import { ArgumentError } from '@repo/client-core';
import { checkTime } from './check-time.js';
import type { ValueKind } from './operators.js';

const wanted: Record<ValueKind, string> = {
  number: 'a number',
  code: 'a number or its text',
  string: 'a string',
  'string or null': 'a string or null',
  id: 'a string',
  boolean: 'true or false',
  'boolean or null': 'true, false or null',
  flag: "true, false, 'true' or 'false'",
  tag: 'the id of a group, or { role }',
  time: 'a Date, milliseconds since the epoch, or text with a zone',
  entity: 'an object with id and inst',
};

/** One value of a typed filter as it is sent. */
export function checkValue(path: string, kind: ValueKind, value: unknown): unknown {
  if (kind === 'time') return checkTime(path, value);
  if (value === '')
    throw new ArgumentError(path, 'is an empty text', 'Leave the filter out, or give what to look for.');
  if (!fits(kind, value))
    throw new ArgumentError(path, 'has a value of the wrong kind', `Give ${wanted[kind]}.`);
  return value;
}

function fits(kind: Exclude<ValueKind, 'time'>, value: unknown): boolean {
  switch (kind) {
    case 'number':
      return Number.isFinite(value);
    case 'code':
      return Number.isFinite(value) || typeof value === 'string';
    case 'string':
    case 'id':
      return typeof value === 'string';
    case 'string or null':
      return value === null || typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'boolean or null':
      return value === null || typeof value === 'boolean';
    case 'flag':
      return typeof value === 'boolean' || value === 'true' || value === 'false';
    case 'tag':
      return typeof value === 'string' || hasText(value, 'role', 'number');
    case 'entity':
      return hasText(value, 'id', 'string');
  }
}

function hasText(value: unknown, field: string, type: 'string' | 'number'): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const inner: unknown = (value as Record<string, unknown>)[field];
  return typeof inner === type && inner !== '';
}
