import type { FieldItem, ValueTest } from '../engine/expression.js';
import { Wildcard, plainText, withMode } from '../engine/text-pattern.js';
import type { TextPattern } from '../engine/text-pattern.js';
import { KqlRefusal } from './kql-context.js';
import type { KqlContext } from './kql-context.js';
import { toKqlField, withoutPort } from './kql-fields.js';
import type { KqlField } from './kql-fields.js';
import { quote } from './quote.js';

const operators = { eq: '==', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const partNames = {
  minute: 'Minute',
  hour: 'Hour',
  day: 'Day',
  week: 'week_of_year',
  month: 'Month',
  year: 'Year',
} as const;

/** One item as a KQL condition. `isNegated`: it stands under a `not`, where a wider test would be a narrower rule. */
export function toKqlItem(item: FieldItem, isNegated: boolean, context: KqlContext): string {
  const field = toKqlField(item.path, context);
  if (field.kind === 'search' && (isNegated || item.negated))
    throw new KqlRefusal(
      `${item.path.name} under a \`not\`: searching a text is wider, so the rule would be narrower`,
    );
  const condition =
    item.exists === undefined ? toTests(item, field, context) : toExists(item.exists, field, context);
  return item.negated ? `not(${condition})` : condition;
}

function toExists(exists: boolean, field: KqlField, context: KqlContext): string {
  context.notes.add('KQL cannot tell a missing field from an empty one');
  const values = field.kind === 'search' ? [field.value] : field.values;
  return exists
    ? joinAny(values.map((value) => `isnotempty(${value})`))
    : values.map((value) => `isempty(${value})`).join(' and ');
}

function toTests(item: FieldItem, field: KqlField, context: KqlContext): string {
  const conditions =
    field.kind === 'search'
      ? item.tests.map((test) => toSearch(test, field.value, item.path.name))
      : [
          joinAny(field.values.map((value) => toList(item, value, context)).filter((one) => one !== '')),
          ...item.tests
            .filter((test) => item.all || !isListed(test))
            .map((test) => joinAny(field.values.map((value) => toTest(test, value, context)))),
        ].filter((one) => one !== '');
  return item.all ? conditions.map((one) => `(${one})`).join(' and ') : joinAny(conditions);
}

export function joinAny(conditions: readonly string[]): string {
  return conditions.length <= 1 ? (conditions[0] ?? '') : conditions.map((one) => `(${one})`).join(' or ');
}

/** Plain texts without case become one `in~`. */
function isListed(test: ValueTest): boolean {
  return (
    test.kind === 'text' && test.mode === 'exact' && !test.cased && plainText(test.pattern) !== undefined
  );
}

function toList(item: FieldItem, value: string, context: KqlContext): string {
  const words = item.all ? [] : item.tests.filter(isListed);
  const texts = words.map((test) => (test.kind === 'text' ? plainText(test.pattern) : undefined) ?? '');
  if (texts.includes('')) context.notes.add('KQL cannot tell a missing field from an empty one');
  if (texts.length === 0) return '';
  const list = texts.map(quote);
  return list.length === 1 ? `${value} =~ ${list[0]}` : `${value} in~ (${list.join(', ')})`;
}

/** A value of a list is looked for in the text of the whole. */
function toSearch(test: ValueTest, value: string, name: string): string {
  if (test.kind === 'regex') return `${value} matches regex ${quote(withFlags(test.source, test.flags))}`;
  if (test.kind !== 'text') throw new KqlRefusal(`${name}: ${test.kind} of a value inside a list`);
  return toText(test.pattern, 'contains', test.cased, value);
}

function toTest(test: ValueTest, value: string, context: KqlContext): string {
  switch (test.kind) {
    case 'text':
      return toText(test.pattern, test.mode, test.cased, value);
    case 'null':
      context.notes.add('KQL cannot tell a missing field from an empty one');
      return `isempty(${value})`;
    case 'regex':
      return `${value} matches regex ${quote(withFlags(test.source, test.flags))}`;
    case 'cidr': {
      const range = test.network.includes(':') ? 'ipv6_is_in_range' : 'ipv4_is_in_range';
      return `${range}(${withoutPort(value)}, ${quote(test.network)})`;
    }
    case 'number':
      return `todouble(${value}) ${operators[test.operator]} ${test.value}`;
    case 'time':
      return `datetime_part(${quote(partNames[test.part])}, todatetime(${value})) ${operators[test.operator]} ${test.value}`;
    case 'field':
      return toFieldReference(test, value, context);
  }
}

function toFieldReference(
  { path, mode, cased }: Extract<ValueTest, { kind: 'field' }>,
  value: string,
  context: KqlContext,
): string {
  const other = toKqlField(path, context);
  if (other.kind === 'search') throw new KqlRefusal(`fieldref to ${path.name}, which may be a list`);
  const operator = mode === 'exact' ? (cased ? '==' : '=~') : `${mode}${cased ? '_cs' : ''}`;
  return joinAny(other.values.map((one) => `isnotempty(${one}) and ${value} ${operator} ${one}`));
}

function toText(
  pattern: TextPattern,
  mode: 'exact' | 'contains' | 'startswith' | 'endswith',
  cased: boolean,
  value: string,
): string {
  const plain = plainText(pattern);
  if (plain !== undefined) {
    if (mode === 'exact') return `${value} ${cased ? '==' : '=~'} ${quote(plain)}`;
    return `${value} ${mode}${cased ? '_cs' : ''} ${quote(plain)}`;
  }
  const parts = withMode(pattern, mode);
  if (parts.length === 1) return `isnotempty(${value})`;
  const source = parts
    .map((part) => (part === Wildcard.Many ? '.*' : part === Wildcard.One ? '.' : escapePattern(part)))
    .join('');
  return `${value} matches regex ${quote(`(?s${cased ? '' : 'i'})^${source}$`)}`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function withFlags(source: string, flags: string): string {
  return flags === '' ? source : `(?${flags})${source}`;
}
