import { ArgumentError } from '@repo/client-core';
import type { FilterRules, RawFilters, ValueKind } from './operators.js';

/** Operators whose documented value is a list. */
const listed = new Set([
  'eq',
  'neq',
  'contains',
  'ncontains',
  'startswith',
  'doesnotstartwith',
  'endswith',
  'deq',
  'range',
  'cabinetmatchedrulesequals',
]);

const wanted: Record<ValueKind, string> = {
  number: 'a number',
  string: 'a string',
  id: 'a string',
  boolean: 'true or false',
  time: 'milliseconds since the epoch or a Date',
  entity: 'an object with id and inst',
};

/**
 * Typed filters as they are sent, checked for those who write JavaScript: an unknown field or operator is an
 * ArgumentError that names the allowed ones. `rawFilters` are joined unchecked and win.
 */
export function toRawFilters<Filters extends object>(
  filters: Filters | undefined,
  rules: FilterRules<Filters>,
  rawFilters: RawFilters | undefined,
): RawFilters {
  const result: RawFilters = {};
  for (const [field, operators] of Object.entries<unknown>({ ...filters })) {
    const path = `query.filters['${field}']`;
    if (operators === undefined) continue;
    const rule = Object.hasOwn(rules, field)
      ? (rules as Record<string, readonly [ValueKind, ...string[]]>)[field]
      : undefined;
    if (!rule)
      throw new ArgumentError(
        path,
        'is not a documented filter',
        `Use one of ${Object.keys(rules).join(', ')}; or rawFilters.`,
      );
    if (typeof operators !== 'object' || operators === null || Array.isArray(operators))
      throw new ArgumentError(path, 'is not an object of operators', `For example { ${rule[1]}: … }.`);
    result[field] = fieldOf(path, operators as Record<string, unknown>, rule);
  }
  for (const [field, operators] of Object.entries(rawFilters ?? {}))
    result[field] = { ...result[field], ...operators };
  return result;
}

function fieldOf(
  path: string,
  operators: Record<string, unknown>,
  [kind, ...allowed]: readonly [ValueKind, ...string[]],
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [operator, value] of Object.entries(operators)) {
    if (value === undefined) continue;
    if (!allowed.includes(operator))
      throw new ArgumentError(
        `${path}.${operator}`,
        'is not an operator of this filter',
        `Use one of ${allowed.join(', ')}; or rawFilters.`,
      );
    const values = (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) =>
      valueOf(`${path}.${operator}`, operator, kind, one),
    );
    const single = !listed.has(operator) || kind === 'boolean' || (kind === 'time' && operator !== 'range');
    if (values.length === 0 || (single && values.length > 1))
      throw new ArgumentError(
        `${path}.${operator}`,
        `has ${values.length} values`,
        single ? 'Give exactly one.' : 'Give at least one: an empty list would match nothing, or everything.',
      );
    result[operator] = single ? values[0] : values;
  }
  return result;
}

function valueOf(path: string, operator: string, kind: ValueKind, value: unknown): unknown {
  if ((operator === 'isset' || operator === 'isnotset') && typeof value !== 'boolean')
    throw new ArgumentError(path, 'has a value of the wrong kind', `Give ${wanted.boolean}.`);
  if (operator === 'isset' || operator === 'isnotset') return value;
  if (operator.endsWith('_ndays')) return checked(path, 'number', value);
  if (operator !== 'range') return checked(path, kind, value);
  const { start, end } = (value ?? {}) as { start?: unknown; end?: unknown };
  const range = { start: checked(`${path}.start`, 'time', start), end: checked(`${path}.end`, 'time', end) };
  if ((range.start as number) > (range.end as number))
    throw new ArgumentError(path, 'ends before it starts', 'Give start and end in this order.');
  return range;
}

function checked(path: string, kind: ValueKind, value: unknown): unknown {
  const plain = kind === 'time' && value instanceof Date ? value.getTime() : value;
  const fits =
    kind === 'entity'
      ? typeof plain === 'object' && plain !== null && 'id' in plain
      : kind === 'number' || kind === 'time'
        ? Number.isFinite(plain)
        : typeof plain === (kind === 'boolean' ? 'boolean' : 'string');
  // `null` is among the documented values of several string filters.
  if (!fits && !(plain === null && (kind === 'string' || kind === 'boolean')))
    throw new ArgumentError(path, 'has a value of the wrong kind', `Give ${wanted[kind]}.`);
  return plain;
}
