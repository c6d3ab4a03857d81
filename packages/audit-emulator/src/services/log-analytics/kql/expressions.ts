import { comparisons, equal } from './comparisons.js';
import type { Cursor } from './cursor.js';
import { KqlError } from './errors.js';
import { columnExpression } from './frame.js';
import type { Expression, Scope, Type } from './frame.js';
import { asText, callExpression } from './functions.js';

/** Reads an expression: `or`, `and`, comparisons, sums, products, calls and paths, in this order of binding. */
export function readExpression(cursor: Cursor, scope: Scope): Expression {
  let left = readAnd(cursor, scope);
  while (cursor.take('or')) {
    const [a, b] = [left, readAnd(cursor, scope)];
    left = { type: 'boolean', value: (row) => Boolean(a.value(row)) || Boolean(b.value(row)) };
  }
  return left;
}

function readAnd(cursor: Cursor, scope: Scope): Expression {
  let left = readComparison(cursor, scope);
  while (cursor.take('and')) {
    const [a, b] = [left, readComparison(cursor, scope)];
    left = { type: 'boolean', value: (row) => Boolean(a.value(row)) && Boolean(b.value(row)) };
  }
  return left;
}

function readComparison(cursor: Cursor, scope: Scope): Expression {
  const left = readSum(cursor, scope);
  const between = cursor.take('between', '!between');
  if (between) {
    cursor.expect('(');
    const low = readSum(cursor, scope);
    cursor.expect('..');
    const high = readSum(cursor, scope);
    cursor.expect(')');
    return {
      type: 'boolean',
      value: (row) => {
        const [value, from, to] = [left, low, high].map((one) => Number(one.value(row) ?? NaN)) as [
          number,
          number,
          number,
        ];
        const end = high.type === 'timespan' && low.type === 'datetime' ? from + to : to;
        return (value >= from && value <= end) === (between === 'between');
      },
    };
  }
  const within = cursor.take('in', '!in');
  if (within) {
    const fold = cursor.take('~') !== undefined;
    const items = readArguments(cursor, scope);
    const key = (value: unknown): unknown => (fold ? asText(value).toLowerCase() : value);
    return {
      type: 'boolean',
      value: (row) =>
        items.some((item) => equal(key(left.value(row)), key(item.value(row)))) === (within === 'in'),
    };
  }
  const operator = cursor.take(...Object.keys(comparisons));
  const compare = operator === undefined ? undefined : comparisons[operator];
  if (!compare) return left;
  const right = readSum(cursor, scope);
  return { type: 'boolean', value: (row) => compare(left.value(row), right.value(row)) };
}

function readSum(cursor: Cursor, scope: Scope): Expression {
  let left = readProduct(cursor, scope);
  for (let sign = cursor.take('+', '-'); sign; sign = cursor.take('+', '-')) {
    left = arithmetic(left, readProduct(cursor, scope), sign);
  }
  return left;
}

function readProduct(cursor: Cursor, scope: Scope): Expression {
  let left = readPath(cursor, scope);
  for (let sign = cursor.take('*', '/', '%'); sign; sign = cursor.take('*', '/', '%')) {
    left = arithmetic(left, readPath(cursor, scope), sign);
  }
  return left;
}

function arithmetic(left: Expression, right: Expression, sign: string): Expression {
  const times = [left.type, right.type].filter((type) => type === 'datetime').length;
  const type: Type =
    times === 2 ? 'timespan' : times === 1 ? 'datetime' : right.type === 'real' ? right.type : left.type;
  return {
    type,
    value: (row) => {
      const [a, b] = [Number(left.value(row) ?? NaN), Number(right.value(row) ?? NaN)];
      const result =
        sign === '+' ? a + b : sign === '-' ? a - b : sign === '*' ? a * b : sign === '/' ? a / b : a % b;
      return Number.isNaN(result) ? null : result;
    },
  };
}

function readPath(cursor: Cursor, scope: Scope): Expression {
  let of = readPrimary(cursor, scope);
  for (let step = cursor.take('.', '['); step; step = cursor.take('.', '[')) {
    const whole = of;
    const key = step === '.' ? literal('string', cursor.name()) : readExpression(cursor, scope);
    if (step === '[') cursor.expect(']');
    of = {
      type: 'dynamic',
      value: (row) => {
        const value = whole.value(row);
        return typeof value === 'object' && value !== null
          ? ((value as Record<string, unknown>)[asText(key.value(row))] ?? null)
          : null;
      },
    };
  }
  return of;
}

function readPrimary(cursor: Cursor, scope: Scope): Expression {
  if (cursor.take('(')) {
    const inner = readExpression(cursor, scope);
    cursor.expect(')');
    return inner;
  }
  if (cursor.take('-')) return arithmetic(literal('long', 0), readPath(cursor, scope), '-');
  const token = cursor.next();
  switch (token.kind) {
    case 'string':
    case 'timespan':
    case 'datetime':
      return literal(token.kind, token.value);
    case 'number':
      return literal(/[.e]/i.test(token.text) ? 'real' : 'long', token.value);
    case 'symbol':
      throw new KqlError('SYN0002', `Query could not be parsed at '${token.text}'`);
    case 'name':
      if (token.quoted) return columnExpression(token.text, scope);
      if (token.text === 'true' || token.text === 'false') return literal('boolean', token.text === 'true');
      return cursor.peek()?.text === '('
        ? readCall(cursor, scope, token.text)
        : columnExpression(token.text, scope);
  }
}

function readCall(cursor: Cursor, scope: Scope, name: string): Expression {
  if (name !== 'columnifexists' && name !== 'column_ifexists') {
    return callExpression(name, readArguments(cursor, scope), scope);
  }
  const [column, otherwise = literal('string', '')] = readArguments(cursor, scope);
  const wanted = asText(column?.value({}));
  return scope.columns.some((one) => one.name === wanted) ? columnExpression(wanted, scope) : otherwise;
}

function readArguments(cursor: Cursor, scope: Scope): Expression[] {
  cursor.expect('(');
  const args: Expression[] = [];
  while (!cursor.take(')')) {
    args.push(readExpression(cursor, scope));
    if (cursor.peek()?.text !== ')') cursor.expect(',');
  }
  return args;
}

function literal(type: Type, value: unknown): Expression {
  return { type, value: () => value };
}
