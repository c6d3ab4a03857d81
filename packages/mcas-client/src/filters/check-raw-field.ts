import { ArgumentError } from '@repo/client-core';
import { checkTime } from './check-time.js';
import type { ValueKind } from './operators.js';

const timeOperators = new Set(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']);

/** The operators of one raw filter: any name is sent, but none without a value, and no time that cannot be meant. */
export function checkRawField(
  path: string,
  operators: Record<string, unknown>,
  kind: ValueKind | undefined,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(operators).map(([operator, value]) => {
      const operatorPath = `${path}.${operator}`;
      if (!hasValue(value))
        throw new ArgumentError(
          operatorPath,
          'has no value',
          'Leave it out, or give a value; null is sent only inside a list.',
        );
      return [operator, kind === 'time' ? convertTimes(operatorPath, operator, value) : value];
    }),
  );
}

function hasValue(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || Number.isNaN(value)) return false;
  if (Array.isArray(value))
    return value.length > 0 && value.every((item: unknown) => item === null || hasValue(item));
  if (typeof value !== 'object' || value instanceof Date) return true;
  const inner = Object.values(value);
  return inner.length > 0 && inner.every((item) => item !== undefined);
}

function convertTimes(path: string, operator: string, value: unknown): unknown {
  if (operator === 'range') {
    const ranges = (Array.isArray(value) ? value : [value]) as ({ start?: unknown; end?: unknown } | null)[];
    const converted = ranges.map((range) => convertRange(path, range));
    return Array.isArray(value) ? converted : converted[0];
  }
  if (!timeOperators.has(operator)) return value;
  return Array.isArray(value)
    ? value.map((item: unknown) => convertTime(path, item))
    : convertTime(path, value);
}

function convertRange(path: string, range: { start?: unknown; end?: unknown } | null): object {
  const { start, end } = range ?? {};
  if (start === undefined && end === undefined)
    throw new ArgumentError(path, 'has neither start nor end', 'Give { start, end }.');
  return {
    ...range,
    ...(start !== undefined && { start: convertTime(`${path}.start`, start) }),
    ...(end !== undefined && { end: convertTime(`${path}.end`, end) }),
  };
}

/** Numbers as text are sent as they are: at least one other client writes times so. */
function convertTime(path: string, value: unknown): unknown {
  if (typeof value !== 'string' || !/^\d{1,16}$/.test(value)) return checkTime(path, value);
  checkTime(path, Number(value));
  return value;
}
