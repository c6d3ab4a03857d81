import type { Row } from '../../tables.js';
import { unsupported } from '../errors.js';
import { compile, nameOf } from '../expressions.js';
import { receivedColumn } from '../frame.js';
import type { Expression, Scope } from '../scope.js';
import type { SyntaxNode } from '../syntax-tree.js';
import { compare, isMissing, keyOf, toText } from '../values.js';
import { joinOperator, lookupOperator, unionOperator } from './combine.js';
import { expandOperator } from './expand.js';
import { parseOperator } from './parse.js';
import type { Operator } from './operator.js';
import { summarizeOperator } from './summarize.js';
import { dataTable, printOperator, rangeOperator } from './sources.js';

const expressionsOf = (node: SyntaxNode): readonly SyntaxNode[] => node.fields['Expressions']?.list ?? [];

const where: Operator = (node, input, scope) => {
  const condition = node.fields['Condition'];
  if (!condition) throw unsupported(node.text);
  const test = compile(condition, scope);
  return { ...input, rows: input.rows.filter((row) => test(row) === true) };
};

/** Columns of an expression list, by the binder's names for those that have none. */
function compileColumns(
  nodes: readonly SyntaxNode[],
  scope: Scope,
  unnamed: (index: number) => string,
): { name: string; value: Expression }[] {
  return nodes.map((node, i) => {
    const name = node.fields['Name'];
    if (node.kind === 'SimpleNamedExpression' && name)
      return { name: nameOf(name), value: compile(node, scope) };
    if (node.kind === 'CompoundNamedExpression') throw unsupported(`\`${node.text}\``);
    return { name: node.kind === 'NameReference' ? nameOf(node) : unnamed(i), value: compile(node, scope) };
  });
}

const withReceived = (row: Row, computed: Row): Row =>
  receivedColumn in row ? { ...computed, [receivedColumn]: row[receivedColumn] } : computed;

const extend: Operator = (node, input, scope, columns) => {
  const known = new Set(input.columns.map(({ name }) => name));
  const named = new Set(
    expressionsOf(node).map((one) => (one.fields['Name'] ? nameOf(one.fields['Name']) : '')),
  );
  const fresh = columns.filter(({ name }) => !known.has(name) && !named.has(name)).map(({ name }) => name);
  const parts = compileColumns(expressionsOf(node), scope, () => fresh.shift() ?? '');
  return {
    columns,
    // Every expression sees the row as it came in.
    rows: input.rows.map((row) => ({
      ...row,
      ...Object.fromEntries(parts.map(({ name, value }) => [name, value(row)])),
    })),
  };
};

const project: Operator = (node, input, scope, columns) => {
  const parts = compileColumns(expressionsOf(node), scope, (i) => columns[i]?.name ?? '');
  return {
    columns,
    rows: input.rows.map((row) =>
      withReceived(row, Object.fromEntries(parts.map(({ name, value }) => [name, value(row)]))),
    ),
  };
};

/** project-away, project-keep, project-reorder: the binder has chosen the columns. */
const keepColumns: Operator = (_node, input, _scope, columns) => ({
  columns,
  rows: input.rows.map((row) =>
    withReceived(row, Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]))),
  ),
});

const rename: Operator = (node, input, _scope, columns) => {
  const names = new Map(
    expressionsOf(node).map((one) => [
      nameOf(one.fields['Expression'] ?? one),
      nameOf(one.fields['Name'] ?? one),
    ]),
  );
  return {
    columns,
    rows: input.rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [names.get(name) ?? name, value])),
    ),
  };
};

/** Orders rows by expressions: descending and missing values last, unless they say otherwise. */
function sortRows(rows: readonly Row[], nodes: readonly SyntaxNode[], scope: Scope): Row[] {
  const keys = nodes.map((node) => {
    const ordering = node.fields['Ordering']?.text ?? '';
    const ascending = ordering.startsWith('asc');
    const nullsFirst = /nulls\s+first/.test(ordering) || (ascending && !/nulls\s+last/.test(ordering));
    return { value: compile(node.fields['Expression'] ?? node, scope), sign: ascending ? 1 : -1, nullsFirst };
  });
  return rows.toSorted((one, other) => {
    for (const { value, sign, nullsFirst } of keys) {
      const [a, b] = [value(one), value(other)];
      if (isMissing(a) !== isMissing(b)) return isMissing(a) === nullsFirst ? -1 : 1;
      const found = isMissing(a) ? 0 : sign * compare(a, b);
      if (found !== 0) return found;
    }
    return 0;
  });
}

const sort: Operator = (node, input, scope) => ({
  ...input,
  rows: sortRows(input.rows, expressionsOf(node), scope),
});

const countOf = (node: SyntaxNode, scope: Scope): number =>
  Number(node.fields['Expression'] ? compile(node.fields['Expression'], scope)({}) : 0);

const take: Operator = (node, input, scope) => ({
  ...input,
  rows: input.rows.slice(0, countOf(node, scope)),
});

const top: Operator = (node, input, scope) => {
  const by = node.fields['ByExpression'];
  if (!by) throw unsupported(node.text);
  return { ...input, rows: sortRows(input.rows, [by], scope).slice(0, countOf(node, scope)) };
};

const distinct: Operator = (node, input, scope, columns) => {
  const { rows } = expressionsOf(node).some((one) => one.text === '*')
    ? input
    : project(node, input, scope, columns);
  const shown = (row: Row): Row => Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]));
  return {
    columns,
    rows: [
      ...new Map(
        rows.map((row) => [columns.map(({ name }) => keyOf(row[name])).join('\u0000'), shown(row)]),
      ).values(),
    ],
  };
};

const count: Operator = (_node, input, _scope, columns) => ({
  columns,
  rows: [{ [columns[0]?.name ?? 'Count']: input.rows.length }],
});

const unchanged: Operator = (_node, input) => input;

/** `search "text"`: any column of a row has the term. */
const search: Operator = (node, input, _scope, columns) => {
  const condition = node.fields['Condition'];
  if (condition?.string === undefined) throw unsupported(`\`${node.text}\`: only search "text"`);
  const wanted = condition.string.toLowerCase().replaceAll('*', '');
  const names = input.columns.map(({ name }) => name);
  return {
    columns,
    rows: input.rows.filter((row) => names.some((name) => toText(row[name]).toLowerCase().includes(wanted))),
  };
};

const getSchema: Operator = (_node, input, _scope, columns) => ({
  columns,
  rows: input.columns.map(({ name, type }, i) => ({
    ColumnName: name,
    ColumnOrdinal: i,
    DataType: type,
    ColumnType: type,
  })),
});

/** Every operator the emulator runs, by its kind in the syntax tree. */
export const operators: Readonly<Record<string, Operator>> = {
  FilterOperator: where,
  ExtendOperator: extend,
  ProjectOperator: project,
  ProjectAwayOperator: keepColumns,
  ProjectKeepOperator: keepColumns,
  ProjectReorderOperator: keepColumns,
  ProjectRenameOperator: rename,
  SortOperator: sort,
  TakeOperator: take,
  TopOperator: top,
  DistinctOperator: distinct,
  CountOperator: count,
  SummarizeOperator: summarizeOperator,
  JoinOperator: joinOperator,
  LookupOperator: lookupOperator,
  UnionOperator: unionOperator,
  MvExpandOperator: expandOperator,
  ParseOperator: parseOperator,
  ParseWhereOperator: parseOperator,
  PrintOperator: printOperator,
  DataTableExpression: dataTable,
  RangeOperator: rangeOperator,
  SearchOperator: search,
  GetSchemaOperator: getSchema,
  SerializeOperator: (node, input, scope, columns) =>
    expressionsOf(node).length > 0 ? extend(node, input, scope, columns) : input,
  AsOperator: unchanged,
  RenderOperator: unchanged,
};
