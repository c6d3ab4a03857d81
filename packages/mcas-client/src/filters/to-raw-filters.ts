import { ArgumentError } from '@repo/client-core';
import { checkRawField } from './check-raw-field.js';
import { checkTime } from './check-time.js';
import { checkValue } from './check-value.js';
import type { FilterRules, RawFilters, ValueKind } from './operators.js';
import { checkTimeOrder } from './time-bounds.js';

/** Operators whose documented value is a list. */
const listOperators = new Set([
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

type Rule = readonly [ValueKind, ...string[]];

/**
 * Typed filters as they are sent. Whatever would widen the query without a word is an ArgumentError: an unknown field or
 * operator, a field or operator without a value, an empty list or text, a reversed or implausible time. `rawFilters`
 * skip the rules of the documents, not these, and win.
 */
export function toRawFilters<Filters extends object>(
  filters: Filters | undefined,
  rules: FilterRules<Filters>,
  rawFilters: RawFilters | undefined,
  path = 'query.filters',
): RawFilters {
  const result: RawFilters = {};
  for (const [field, operators] of Object.entries(checkFields(path, filters))) {
    const fieldPath = `${path}['${field}']`;
    const rule = getRule(rules, field);
    if (!rule)
      throw new ArgumentError(
        fieldPath,
        'is not a documented filter',
        `Use one of ${Object.keys(rules).join(', ')}; or rawFilters.`,
      );
    result[field] = convertField(fieldPath, checkOperators(fieldPath, operators, rule[1] ?? 'eq'), rule);
  }
  const rawPath = 'query.rawFilters';
  for (const [field, operators] of Object.entries(checkFields(rawPath, rawFilters))) {
    const fieldPath = `${rawPath}['${field}']`;
    const raw = checkRawField(
      fieldPath,
      checkOperators(fieldPath, operators, 'eq'),
      getRule(rules, field)?.[0],
    );
    result[field] = { ...result[field], ...raw };
  }
  for (const [field, operators] of Object.entries(result))
    if (getRule(rules, field)?.[0] === 'time') checkTimeOrder(`${path}['${field}']`, operators);
  return result;
}

function getRule(rules: object, field: string): Rule | undefined {
  return Object.hasOwn(rules, field) ? (rules as Record<string, Rule>)[field] : undefined;
}

function checkFields(path: string, fields: object | undefined): Record<string, unknown> {
  if (fields === undefined) return {};
  if (typeof fields !== 'object' || (fields as unknown) === null || Array.isArray(fields))
    throw new ArgumentError(path, 'is not an object of fields', 'For example { service: { eq: [20893] } }.');
  return fields as Record<string, unknown>;
}

/** A field that is named but says nothing would match everything: a forgotten variable closed every alert that way. */
function checkOperators(path: string, operators: unknown, example: string): Record<string, unknown> {
  if (operators === undefined || operators === null)
    throw new ArgumentError(path, `is ${String(operators)}`, 'Leave the field out, or give it a value.');
  if (typeof operators !== 'object' || Array.isArray(operators))
    throw new ArgumentError(path, 'is not an object of operators', `For example { ${example}: … }.`);
  const entries = Object.entries(operators);
  if (entries.length === 0)
    throw new ArgumentError(path, 'has no operator', `Leave the field out, or give { ${example}: … }.`);
  for (const [operator, value] of entries)
    if (value === undefined)
      throw new ArgumentError(
        `${path}.${operator}`,
        'is undefined',
        'Leave the operator out, or give it a value: is a variable missing?',
      );
  return operators as Record<string, unknown>;
}

function convertField(
  path: string,
  operators: Record<string, unknown>,
  [kind, ...allowed]: Rule,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [operator, value] of Object.entries(operators)) {
    const operatorPath = `${path}.${operator}`;
    if (!allowed.includes(operator))
      throw new ArgumentError(
        operatorPath,
        'is not an operator of this filter',
        `Use one of ${allowed.join(', ')}; or rawFilters.`,
      );
    const values = (Array.isArray(value) ? (value as unknown[]) : [value]).map((item) =>
      convertOperand(operatorPath, operator, kind, item),
    );
    const single =
      !listOperators.has(operator) ||
      kind === 'boolean' ||
      kind === 'boolean or null' ||
      kind === 'flag' ||
      (kind === 'time' && operator !== 'range');
    if (values.length === 0 || (single && values.length > 1))
      throw new ArgumentError(
        operatorPath,
        `has ${values.length} values`,
        single ? 'Give exactly one.' : 'Give at least one: an empty list would match nothing, or everything.',
      );
    result[operator] = single ? values[0] : values;
  }
  return result;
}

function convertOperand(path: string, operator: string, kind: ValueKind, value: unknown): unknown {
  if (operator === 'isset' || operator === 'isnotset') return checkValue(path, 'boolean', value);
  if (operator.endsWith('_ndays')) return checkValue(path, 'number', value);
  if (operator !== 'range') return checkValue(path, kind, value);
  const { start, end } = (value ?? {}) as { start?: unknown; end?: unknown };
  const range = { start: checkTime(`${path}.start`, start), end: checkTime(`${path}.end`, end) };
  if (range.start > range.end)
    throw new ArgumentError(path, 'ends before it starts', 'Give start and end in this order.');
  return range;
}
