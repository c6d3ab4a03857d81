import type { Row } from '../../tables.js';
import { unsupported } from '../errors.js';
import { compile, nameOf } from '../expressions.js';
import { functions } from '../functions/functions.js';
import { toType } from '../syntax-tree.js';
import type { SyntaxNode } from '../syntax-tree.js';
import { isMissing, isObject } from '../values.js';
import type { Value } from '../values.js';
import type { Operator } from './operator.js';

/** `mv-expand a, b = c.d to typeof(string)`: a row for each element; several columns go side by side. */
export const expandOperator: Operator = (node, input, scope, columns) => {
  const parts = (node.fields['Expressions']?.list ?? []).map((one) => {
    const inner = one.fields['Expression'] ?? one;
    const named = inner.kind === 'SimpleNamedExpression' ? inner.fields['Name'] : undefined;
    if (!named && inner.kind !== 'NameReference') throw unsupported(`\`${one.text}\` without a name`);
    return { name: nameOf(named ?? inner), value: compile(inner, scope), convert: readTypeOf(one) };
  });
  const limit =
    node.fields['RowLimitClause']?.fields['LimitValue'] ?? node.fields['RowLimitClause']?.fields['RowLimit'];
  const most = limit ? Number(compile(limit, scope)({})) : Infinity;
  const expand = (row: Row): Row[] => {
    const lists = parts.map(({ value }) => elements(value(row)));
    const length = Math.min(most, Math.max(1, ...lists.map((list) => list.length)));
    return Array.from({ length }, (_, i) => ({
      ...row,
      ...Object.fromEntries(
        parts.map(({ name, convert }, part) => [name, convert(lists[part]?.[i] ?? null)]),
      ),
    }));
  };
  return { columns, rows: input.rows.flatMap(expand) };
};

function elements(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value as Value[];
  return isObject(value)
    ? Object.entries(value).map(([name, one]) => ({ [name]: one }))
    : isMissing(value)
      ? []
      : [value];
}

function readTypeOf(node: SyntaxNode): (value: Value) => Value {
  const name = /\bto\s+typeof\s*\(\s*(\w+)\s*\)\s*$/.exec(node.text)?.[1];
  const type = name === undefined ? 'dynamic' : toType(name);
  const convert = name === undefined || name === 'dynamic' ? undefined : functions[`to${name}`];
  return convert ? (value) => convert([value], { now: 0, type, row: {} }) : (value) => value;
}
