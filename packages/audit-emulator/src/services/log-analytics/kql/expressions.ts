import { comparisons } from './comparisons.js';
import { unsupported } from './errors.js';
import { receivedColumn } from './frame.js';
import { functions } from './functions/functions.js';
import { readDynamic, readJson, readLiteral } from './literals.js';
import { isFrame, isLambda } from './scope.js';
import type { Expression, Scope } from './scope.js';
import type { SyntaxNode } from './syntax-tree.js';
import { DateTime, isEqual, isMissing, isObject, Timespan, toNumber, toText } from './values.js';
import type { Value } from './values.js';

type Compile = (node: SyntaxNode, scope: Scope) => Expression;

const field = (node: SyntaxNode, name: string): SyntaxNode => {
  const found = node.fields[name];
  if (!found) throw unsupported(node.text);
  return found;
};

/**
 * Compiles a scalar expression.
 *
 * @throws KqlError `Unsupported` for what cannot be run.
 */
export const compile: Compile = (node, scope) => {
  const known = compilers[node.kind];
  if (!known) throw unsupported(`\`${node.text}\` (${node.kind})`);
  return known(node, scope);
};

const compilers: Readonly<Record<string, Compile>> = {
  LiteralExpression: (node) => constant(readLiteral(node)),
  CompoundStringLiteralExpression: (node) => constant(node.string ?? ''),
  TypeOfLiteralExpression: (node) => constant(/\(\s*(\w+)/.exec(node.text)?.[1] ?? ''),
  DynamicExpression: (node) => constant(readDynamic(node)),
  ParenthesizedExpression: (node, scope) => compile(field(node, 'Expression'), scope),
  PrefixUnaryExpression: (node, scope) => {
    const inner = compile(field(node, 'Expression'), scope);
    const sign = node.text.startsWith('-') ? -1 : 1;
    return (row) => {
      const value = inner(row);
      return value instanceof Timespan
        ? new Timespan(sign * value.ms)
        : isMissing(value)
          ? null
          : sign * Number(value);
    };
  },
  NameReference: compileName,
  PathExpression: compilePath,
  ElementExpression: (node, scope) => {
    const target = compile(field(node, 'Expression'), scope);
    const selector = field(node, 'Selector');
    const index = compile(selector.fields['Expression'] ?? selector, scope);
    return (row) => member(target(row), index(row));
  },
  BinaryExpression: compileBinary,
  InExpression: compileIn,
  HasAnyExpression: compileHas,
  HasAllExpression: compileHas,
  BetweenExpression: (node, scope) => {
    const value = compile(field(node, 'Left'), scope);
    const couple = field(node, 'Right');
    const [from, to] = [compile(field(couple, 'First'), scope), compile(field(couple, 'Second'), scope)];
    const negated = (node.fields['Operator']?.text ?? '').startsWith('!');
    const between = (row: Parameters<Expression>[0]): boolean => {
      const [one, low, high] = [value(row), from(row), to(row)];
      const limit =
        high instanceof Timespan && low instanceof DateTime ? new DateTime(low.ms + high.ms) : high;
      return Boolean(comparisons['>=']?.(one, low)) && Boolean(comparisons['<=']?.(one, limit));
    };
    return (row) => between(row) !== negated;
  },
  FunctionCallExpression: compileCall,
  ToScalarExpression: (node, scope) => {
    const frame = scope.run(field(node, 'Expression'), scope);
    const [column] = frame.columns;
    return constant(column && frame.rows[0] ? (frame.rows[0][column.name] ?? null) : null);
  },
  SimpleNamedExpression: (node, scope) => compile(field(node, 'Expression'), scope),
};

const constant =
  (value: Value): Expression =>
  () =>
    value;

function compileName(node: SyntaxNode, scope: Scope): Expression {
  const name = nameOf(node);
  if (node.symbol === 'ColumnSymbol' || !scope.names.has(name)) {
    if (name === '_TimeReceived') return (row) => row[receivedColumn];
    return node.type === 'string' ? (row) => row[name] ?? '' : (row) => row[name] ?? null;
  }
  const value = scope.names.get(name);
  if (isLambda(value)) throw unsupported(`the function ${name} as a value`);
  if (!isFrame(value)) return constant(value);
  const [column] = value.columns;
  return constant(column ? (value.rows[0]?.[column.name] ?? null) : null);
}

/** A name as it is written, without brackets and quotes. */
export function nameOf(node: SyntaxNode): string {
  return node.text.replace(/^\[\s*(['"])(.*)\1\s*\]$/s, '$2');
}

function compilePath(node: SyntaxNode, scope: Scope): Expression {
  const target = field(node, 'Expression');
  const name = nameOf(field(node, 'Selector'));
  // In a join, each side is compiled for its own rows.
  if (/^\$(?:left|right)$/.test(target.text)) return (row) => row[name] ?? null;
  const compiled = compile(target, scope);
  return (row) => member(compiled(row), name);
}

function member(target: Value, key: Value): Value {
  const whole = typeof target === 'string' && /^\s*[[{]/.test(target) ? readJson(target) : target;
  if (Array.isArray(whole)) {
    const index = Number(key);
    return (whole as Value[])[index < 0 ? whole.length + index : index] ?? null;
  }
  return isObject(whole) && Object.hasOwn(whole, toText(key)) ? (whole[toText(key)] ?? null) : null;
}

function compileBinary(node: SyntaxNode, scope: Scope): Expression {
  const operator = field(node, 'Operator').text;
  const [left, right] = [compile(field(node, 'Left'), scope), compile(field(node, 'Right'), scope)];
  if (operator === 'and') return (row) => left(row) === true && right(row) === true;
  if (operator === 'or') return (row) => left(row) === true || right(row) === true;
  // `has` against `*` is search over all columns: the binder lets it through only there.
  const test = comparisons[operator];
  if (test) return (row) => test(left(row), right(row));
  const whole = ['int', 'long'].includes(node.type ?? '');
  return (row) => arithmetic(operator, left(row), right(row), whole);
}

function arithmetic(operator: string, left: Value, right: Value, whole: boolean): Value {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (a === null || b === null) return null;
  const times = left instanceof DateTime || right instanceof DateTime;
  const spans = left instanceof Timespan || right instanceof Timespan;
  const result =
    operator === '+'
      ? a + b
      : operator === '-'
        ? a - b
        : operator === '*'
          ? a * b
          : operator === '/'
            ? a / b
            : a % b;
  if (left instanceof DateTime && right instanceof DateTime) return new Timespan(result);
  if (times) return new DateTime(result);
  if (spans && !(left instanceof Timespan && right instanceof Timespan && operator === '/'))
    return new Timespan(result);
  if (whole && b === 0 && '/%'.includes(operator)) return null;
  return whole ? Math.trunc(result) : result;
}

function compileIn(node: SyntaxNode, scope: Scope): Expression {
  const operator = field(node, 'Operator').text;
  const value = compile(field(node, 'Left'), scope);
  const values = members(field(node, 'Right'), scope);
  const folded = operator.endsWith('~');
  const negated = operator.startsWith('!');
  const same = folded ? (comparisons['=~'] ?? isEqual) : isEqual;
  return (row) => values(row).some((one) => same(value(row), one)) !== negated;
}

function compileHas(node: SyntaxNode, scope: Scope): Expression {
  const value = compile(field(node, 'Left'), scope);
  const values = members(field(node, 'Right'), scope);
  const has = comparisons['has'] as (a: Value, b: Value) => boolean;
  return node.kind === 'HasAllExpression'
    ? (row) => values(row).every((one) => has(value(row), one))
    : (row) => values(row).some((one) => has(value(row), one));
}

/** The values in parentheses: scalars, arrays, or the first column of a table. */
function members(node: SyntaxNode, scope: Scope): (row: Parameters<Expression>[0]) => readonly Value[] {
  const list = (node.fields['Expressions'] ?? node).list;
  const parts = list.map((one) => {
    const named = scope.names.get(nameOf(one));
    if (one.columns || isFrame(named)) {
      const frame = isFrame(named) ? named : scope.run(one, scope);
      const first = frame.columns[0]?.name ?? '';
      const values = frame.rows.map((row) => row[first]);
      return () => values;
    }
    const compiled = compile(one, scope);
    return (row: Parameters<Expression>[0]) => {
      const value = compiled(row);
      return Array.isArray(value) ? (value as Value[]) : [value];
    };
  });
  return (row) => parts.flatMap((part) => part(row));
}

function compileCall(node: SyntaxNode, scope: Scope): Expression {
  const name = nameOf(field(node, 'Name'));
  const nodes = field(node, 'ArgumentList').fields['Expressions']?.list ?? [];
  const lambda = scope.names.get(name);
  if (isLambda(lambda)) {
    return (row) => {
      const result = scope.call(lambda, nodes, scope, row);
      return isFrame(result) ? null : result;
    };
  }
  const known = functions[name];
  if (!known) throw unsupported(`the function ${name}()`);
  const args = nodes.map((one) => compile(one, scope));
  const type = node.type ?? 'dynamic';
  return (row) =>
    known(
      args.map((arg) => arg(row)),
      { now: scope.now, type, row },
    );
}
