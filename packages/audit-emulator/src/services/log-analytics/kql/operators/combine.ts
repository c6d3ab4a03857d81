import type { Row } from '../../tables.js';
import { unsupported } from '../errors.js';
import { compile, nameOf } from '../expressions.js';
import type { Frame, FrameColumn } from '../frame.js';
import type { Expression, Scope } from '../scope.js';
import type { SyntaxNode } from '../syntax-tree.js';
import { isMissing, keyOf } from '../values.js';
import type { Operator } from './operator.js';

/** The value of a parameter of an operator: `kind=leftouter`. */
export function parameterOf(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const found = (node.fields['Parameters']?.list ?? []).find((one) => one.fields['Name']?.text === name);
  return found?.fields['Expression'];
}

interface Keys {
  readonly left: readonly Expression[];
  readonly right: readonly Expression[];
}

function readKeys(node: SyntaxNode, scope: Scope): Keys {
  const clauses = node.fields['ConditionClause'] ?? node.fields['LookupClause'];
  const nodes = clauses?.fields['Expressions']?.list ?? [];
  const left: Expression[] = [];
  const right: Expression[] = [];
  for (const one of nodes) {
    const { Left: a, Right: b } = one.fields;
    if (one.kind === 'NameReference') {
      const name = nameOf(one);
      left.push((row) => row[name]);
      right.push((row) => row[name]);
    } else if (a && b) {
      const flipped = a.text.startsWith('$right');
      left.push(compile(flipped ? b : a, scope));
      right.push(compile(flipped ? a : b, scope));
    } else throw unsupported(`the condition \`${one.text}\``);
  }
  return { left, right };
}

/** Rows by their keys; rows with a missing key match nothing. */
function index(rows: readonly Row[], keys: readonly Expression[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyIn(row, keys);
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
}

function keyIn(row: Row, keys: readonly Expression[]): string | undefined {
  const values = keys.map((key) => key(row));
  return values.some(isMissing) ? undefined : values.map(keyOf).join('\u0000');
}

/** The two rows side by side, under the names the binder gave the right one's columns. */
function merger(
  left: Frame,
  right: Frame,
  columns: readonly FrameColumn[],
): (a: Row | undefined, b: Row | undefined) => Row {
  const added = columns.slice(left.columns.length);
  const sources = right.columns.filter(({ name }) =>
    added.some((one) => one.name === name || one.name.startsWith(name)),
  );
  return (a, b) => ({
    ...Object.fromEntries(left.columns.map(({ name }) => [name, a?.[name] ?? null])),
    ...Object.fromEntries(
      added.map(({ name }, i) => [
        name,
        b?.[(added.length === right.columns.length ? right.columns[i] : sources[i])?.name ?? name] ?? null,
      ]),
    ),
  });
}

export const joinOperator: Operator = (node, left, scope, columns) => {
  const source = node.fields['Expression'];
  if (!source) throw unsupported(`\`${node.text}\``);
  const right = scope.run(source, scope);
  const kind = parameterOf(node, 'kind')?.text ?? 'innerunique';
  return join(left, right, readKeys(node, scope), kind, columns);
};

export const lookupOperator: Operator = (node, left, scope, columns) => {
  const source = node.fields['Expression'];
  if (!source) throw unsupported(`\`${node.text}\``);
  const kind = parameterOf(node, 'kind')?.text ?? 'leftouter';
  return join(left, scope.run(source, scope), readKeys(node, scope), kind, columns);
};

function join(left: Frame, right: Frame, keys: Keys, kind: string, columns: readonly FrameColumn[]): Frame {
  const byKey = index(right.rows, keys.right);
  const matches = (row: Row): readonly Row[] => byKey.get(keyIn(row, keys.left) ?? '\u0001') ?? [];
  if (kind === 'leftsemi') return { columns, rows: left.rows.filter((row) => matches(row).length > 0) };
  if (kind === 'leftanti' || kind === 'anti')
    return { columns, rows: left.rows.filter((row) => matches(row).length === 0) };
  if (kind === 'rightsemi' || kind === 'rightanti') {
    const leftKeys = index(left.rows, keys.left);
    const known = (row: Row): boolean => leftKeys.has(keyIn(row, keys.right) ?? '\u0001');
    return { columns, rows: right.rows.filter((row) => known(row) === (kind === 'rightsemi')) };
  }
  if (!['innerunique', 'inner', 'leftouter', 'rightouter', 'fullouter'].includes(kind))
    throw unsupported(`join kind=${kind}`);
  const merge = merger(left, right, columns);
  // innerunique: one row of the left side for each key.
  const firsts =
    kind === 'innerunique'
      ? [...new Map(left.rows.toReversed().map((row) => [keyIn(row, keys.left), row])).values()].toReversed()
      : left.rows;
  const outerLeft = kind === 'leftouter' || kind === 'fullouter';
  const rows = firsts.flatMap((row) => {
    const found = matches(row);
    return found.length > 0
      ? found.map((other) => merge(row, other))
      : outerLeft
        ? [merge(row, undefined)]
        : [];
  });
  if (kind !== 'rightouter' && kind !== 'fullouter') return { columns, rows };
  const leftKeys = index(left.rows, keys.left);
  const lonely = right.rows.filter((row) => !leftKeys.has(keyIn(row, keys.right) ?? '\u0001'));
  return { columns, rows: [...rows, ...lonely.map((row) => merge(undefined, row))] };
}

export const unionOperator: Operator = (node, input, scope, columns) => {
  const nodes = node.fields['Expressions']?.list ?? [];
  const label = parameterOf(node, 'withsource') ?? parameterOf(node, 'with_source');
  const frames = [
    ...(input.columns.length > 0 ? [{ frame: input, name: 'union_arg0' }] : []),
    ...nodes.map((one, i) => ({
      frame: scope.run(one, scope),
      name: one.kind === 'NameReference' ? nameOf(one) : `union_arg${i + 1}`,
    })),
  ];
  return {
    columns,
    rows: frames.flatMap(({ frame, name }) =>
      frame.rows.map((row) => ({
        ...Object.fromEntries(columns.map((column) => [column.name, valueIn(row, frame, column)])),
        ...(label && { [nameOf(label)]: name }),
      })),
    ),
  };
};

/** A column whose type differs between the tables is two: `a_string` and `a_long`. */
function valueIn(row: Row, frame: Frame, { name, type }: FrameColumn): unknown {
  if (frame.columns.some((column) => column.name === name)) return row[name] ?? null;
  const bare = name.replace(/_[a-z]+$/, '');
  const split = name !== bare && frame.columns.find((column) => column.name === bare && column.type === type);
  return split ? (row[bare] ?? null) : null;
}
