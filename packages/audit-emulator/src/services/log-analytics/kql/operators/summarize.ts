import type { Row } from '../../tables.js';
import { unsupported } from '../errors.js';
import { compile, nameOf } from '../expressions.js';
import type { FrameColumn } from '../frame.js';
import type { Expression, Scope } from '../scope.js';
import type { SyntaxNode } from '../syntax-tree.js';
import { compare, DateTime, isMissing, isObject, keyOf, Timespan, toNumber } from '../values.js';
import type { Value } from '../values.js';
import type { Operator } from './operator.js';

/** The values of one aggregate over the rows of a group: most give one, `arg_max` and `percentiles` several. */
type Aggregate = (rows: readonly Row[]) => readonly Value[];
type Build = (
  args: readonly Expression[],
  nodes: readonly SyntaxNode[],
  columns: readonly FrameColumn[],
) => Aggregate;

const present = (rows: readonly Row[], of: Expression | undefined): Value[] =>
  rows.map((row) => of?.(row)).filter((value) => !isMissing(value));
const numbers = (rows: readonly Row[], of: Expression | undefined): number[] =>
  present(rows, of).flatMap((value) => toNumber(value) ?? []);
const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
const unique = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((one) => [keyOf(one), one])).values(),
];

/** A number again in the kind of what it came from. */
const like = (sample: Value, ms: number): Value =>
  sample instanceof DateTime ? new DateTime(ms) : sample instanceof Timespan ? new Timespan(ms) : ms;

const extreme =
  (sign: 1 | -1): Build =>
  ([of]) =>
  (rows) => [
    present(rows, of).reduce<Value>(
      (best, one) => (isMissing(best) || sign * compare(one, best) > 0 ? one : best),
      null,
    ),
  ];

const average = (rows: readonly Row[], of: Expression | undefined): Value => {
  const values = numbers(rows, of);
  return values.length === 0 ? null : like(present(rows, of)[0], sum(values) / values.length);
};

const variance = (rows: readonly Row[], of: Expression | undefined): number | null => {
  const values = numbers(rows, of);
  const mean = sum(values) / values.length;
  return values.length < 2 ? null : sum(values.map((one) => (one - mean) ** 2)) / (values.length - 1);
};

const arg =
  (sign: 1 | -1): Build =>
  ([of], nodes, columns) =>
  (rows) => {
    const best = rows.reduce<Row | undefined>((found, row) => {
      const value = of?.(row);
      return isMissing(value) || (found && sign * compare(value, of?.(found)) <= 0) ? found : row;
    }, undefined);
    const rest = columns.slice(1).map(({ name }, i) => {
      const node = nodes[i + 1];
      return best?.[node && node.text !== '*' ? nameOf(node) : name] ?? null;
    });
    return [best ? (of?.(best) ?? null) : null, ...rest];
  };

const filtered =
  (build: Build, at: number): Build =>
  (args, nodes, columns) => {
    const inner = build(args.toSpliced(at, 1), nodes, columns);
    return (rows) => inner(rows.filter((row) => args[at]?.(row) === true));
  };

/** Nearest rank, as `percentile` is defined. */
function percentile(values: readonly number[], rank: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)] ?? null;
}

const limited = (values: Value[], limit: Expression | undefined): Value[] =>
  limit ? values.slice(0, Number(limit({}))) : values;

const plain: Readonly<Record<string, Build>> = {
  count: () => (rows) => [rows.length],
  sum:
    ([of]) =>
    (rows) => [like(present(rows, of)[0], sum(numbers(rows, of)))],
  avg:
    ([of]) =>
    (rows) => [average(rows, of)],
  min: extreme(-1),
  max: extreme(1),
  dcount:
    ([of]) =>
    (rows) => [unique(present(rows, of)).length],
  count_distinct:
    ([of]) =>
    (rows) => [unique(present(rows, of)).length],
  make_list:
    ([of, limit]) =>
    (rows) => [limited(present(rows, of), limit)],
  make_set:
    ([of, limit]) =>
    (rows) => [
      limited(
        unique(present(rows, of).flatMap((one) => (Array.isArray(one) ? (one as Value[]) : [one]))),
        limit,
      ),
    ],
  make_bag:
    ([of]) =>
    (rows) => [Object.assign({}, ...present(rows, of).filter(isObject)) as Value],
  stdev:
    ([of]) =>
    (rows) => [Math.sqrt(variance(rows, of) ?? 0)],
  variance:
    ([of]) =>
    (rows) => [variance(rows, of)],
  take_any:
    ([of]) =>
    (rows) => [present(rows, of)[0] ?? null],
};

const aggregates: Readonly<Record<string, Build>> = {
  ...plain,
  any: plain['take_any'] as Build,
  makeset: plain['make_set'] as Build,
  makelist: plain['make_list'] as Build,
  countif:
    ([test]) =>
    (rows) => [rows.filter((row) => test?.(row) === true).length],
  ...Object.fromEntries(
    ['sum', 'avg', 'min', 'max', 'dcount', 'make_list', 'make_set', 'make_bag', 'take_any'].map((name) => {
      const short = name.startsWith('make') || name === 'take_any' ? `${name}_if` : `${name}if`;
      return [short, filtered(plain[name] as Build, 1)];
    }),
  ),
  arg_max: arg(1),
  arg_min: arg(-1),
  percentile:
    ([of, rank]) =>
    (rows) => [like(present(rows, of)[0], percentile(numbers(rows, of), Number(rank?.({}))) ?? Number.NaN)],
  percentiles:
    ([of, ...ranks]) =>
    (rows) =>
      ranks.map((rank) =>
        like(present(rows, of)[0], percentile(numbers(rows, of), Number(rank({}))) ?? Number.NaN),
      ),
};

export const summarizeOperator: Operator = (node, input, scope, columns) => {
  const by = node.fields['ByClause']?.fields['Expressions']?.list ?? [];
  const keys = by.map((one) => compile(one, scope));
  let next = by.length;
  const parts = (node.fields['Aggregates']?.list ?? []).map((one) => {
    const call = one.kind === 'SimpleNamedExpression' ? (one.fields['Expression'] ?? one) : one;
    const width = widthOf(call, columns.length - next);
    const own = columns.slice(next, next + width);
    next += width;
    return compileAggregate(call, scope, own);
  });
  const groups = new Map<string, { values: Value[]; rows: Row[] }>();
  for (const row of input.rows) {
    const values = keys.map((key) => key(row) ?? null);
    const id = values.map(keyOf).join('\u0000');
    const group = groups.get(id);
    if (group) group.rows.push(row);
    else groups.set(id, { values, rows: [row] });
  }
  if (keys.length === 0 && groups.size === 0) groups.set('', { values: [], rows: [] });
  return {
    columns,
    rows: [...groups.values()].map(({ values, rows }) => {
      const all = [...values, ...parts.flatMap((part) => part(rows))];
      return Object.fromEntries(columns.map(({ name }, i) => [name, all[i] ?? null]));
    }),
  };
};

/** How many columns an aggregate gives. */
function widthOf(call: SyntaxNode, left: number): number {
  const name = call.fields['Name']?.text ?? '';
  const args = call.fields['ArgumentList']?.fields['Expressions']?.list ?? [];
  if (name === 'percentiles') return args.length - 1;
  if (!/^arg_(?:max|min)$/.test(name)) return 1;
  return args.some((one) => one.text === '*') ? left : args.length;
}

/** An aggregate, or arithmetic over several: `sum(a) / count()`. */
function compileAggregate(node: SyntaxNode, scope: Scope, columns: readonly FrameColumn[]): Aggregate {
  const name = node.fields['Name']?.text ?? '';
  const build = node.kind === 'FunctionCallExpression' ? aggregates[name] : undefined;
  if (build) {
    const nodes = node.fields['ArgumentList']?.fields['Expressions']?.list ?? [];
    return build(
      nodes.map((one) => (one.text === '*' ? () => null : compile(one, scope))),
      nodes,
      columns,
    );
  }
  const found: { placeholder: string; aggregate: Aggregate }[] = [];
  const replaced = replaceAggregates(node, scope, found);
  if (found.length === 0) throw unsupported(`the aggregate \`${node.text}\``);
  const outer = compile(replaced, scope);
  return (rows) => [
    outer(Object.fromEntries(found.map(({ placeholder, aggregate }) => [placeholder, aggregate(rows)[0]]))),
  ];
}

/** The same expression with a column in the place of every aggregate. */
function replaceAggregates(
  node: SyntaxNode,
  scope: Scope,
  found: { placeholder: string; aggregate: Aggregate }[],
): SyntaxNode {
  const name = node.kind === 'FunctionCallExpression' ? (node.fields['Name']?.text ?? '') : '';
  if (aggregates[name]) {
    const placeholder = `$aggregate${found.length}`;
    found.push({ placeholder, aggregate: compileAggregate(node, scope, []) });
    return { ...node, kind: 'NameReference', text: placeholder, symbol: 'ColumnSymbol', fields: {} };
  }
  const change = (one: SyntaxNode): SyntaxNode => replaceAggregates(one, scope, found);
  return {
    ...node,
    fields: Object.fromEntries(Object.entries(node.fields).map(([key, one]) => [key, change(one)])),
    list: node.list.map(change),
  };
}
