import type { Row } from '../tables.js';
import { readAggregate } from './aggregates.js';
import type { Aggregate } from './aggregates.js';
import { order } from './comparisons.js';
import type { Cursor } from './cursor.js';
import { KqlError } from './errors.js';
import { readExpression } from './expressions.js';
import { stored, receivedColumn } from './frame.js';
import type { Expression, Frame, FrameColumn } from './frame.js';
import { asText } from './functions.js';

type Operator = (cursor: Cursor, frame: Frame, now: number) => Frame;

interface Named {
  readonly name: string;
  readonly of: Expression;
}

/** Applies the operator that comes next, after its `|`. */
export function applyOperator(cursor: Cursor, frame: Frame, now: number): Frame {
  const name = cursor.name();
  const operator = operators[name];
  if (!operator) throw new KqlError('SYN0002', `Query operator '${name}' is not known`);
  return operator(cursor, frame, now);
}

const where: Operator = (cursor, frame, now) => {
  const condition = readExpression(cursor, { columns: frame.columns, now });
  return { ...frame, rows: frame.rows.filter((row) => condition.value(row) === true) };
};

const take: Operator = (cursor, frame) => ({
  ...frame,
  rows: frame.rows.slice(0, Number(cursor.next().text)),
});

const sort: Operator = (cursor, frame, now) => {
  cursor.expect('by');
  const keys: { of: Expression; sign: number }[] = [];
  do {
    const of = readExpression(cursor, { columns: frame.columns, now });
    keys.push({ of, sign: cursor.take('asc', 'desc') === 'asc' ? 1 : -1 });
    if (cursor.take('nulls')) cursor.name();
  } while (cursor.take(','));
  const difference = (a: Row, b: Row): number => {
    for (const { of, sign } of keys) {
      const result = sign * order(of.value(a), of.value(b));
      if (result !== 0) return result;
    }
    return 0;
  };
  return { ...frame, rows: [...frame.rows].sort(difference) };
};

const operators: Readonly<Record<string, Operator>> = {
  where,
  filter: where,
  take,
  limit: take,
  sort,
  order: sort,
  count: (_cursor, frame) => ({
    columns: [{ name: 'Count', type: 'long' }],
    rows: [{ Count: frame.rows.length }],
  }),
  top: (cursor, frame, now) => {
    const count = Number(cursor.next().text);
    const sorted = sort(cursor, frame, now);
    return { ...sorted, rows: sorted.rows.slice(0, count) };
  },
  distinct: (cursor, frame, now) => {
    const keys = cursor.take('*') ? frame.columns.map(asNamed) : readList(cursor, frame, now);
    return group(frame.rows, keys, []);
  },
  project: (cursor, frame, now) => {
    const list = readList(cursor, frame, now);
    return { columns: list.map(asColumn), rows: frame.rows.map((row) => computed({}, list, row)) };
  },
  extend: (cursor, frame, now) => {
    const list = readList(cursor, frame, now);
    const names = new Set(list.map((one) => one.name));
    return {
      columns: [...frame.columns.filter((column) => !names.has(column.name)), ...list.map(asColumn)],
      rows: frame.rows.map((row) => computed({ ...row }, list, row)),
    };
  },
  'project-away': (cursor, frame, now) => {
    const names = new Set(readList(cursor, frame, now).map((one) => one.name));
    const list = frame.columns.filter((column) => !names.has(column.name)).map(asNamed);
    return { columns: list.map(asColumn), rows: frame.rows.map((row) => computed({}, list, row)) };
  },
  'project-rename': (cursor, frame, now) => {
    const renamed = new Map(readList(cursor, frame, now).map((one) => [one.of.column, one]));
    const list = frame.columns.map((column) => renamed.get(column.name) ?? asNamed(column));
    return { columns: list.map(asColumn), rows: frame.rows.map((row) => computed({}, list, row)) };
  },
  summarize: (cursor, frame, now) => {
    const aggregates: Aggregate[] = [];
    while (cursor.peek() && !cursor.isAt('by', '|')) {
      const given = cursor.peek(1)?.text === '=' ? cursor.name() : undefined;
      if (given !== undefined) cursor.expect('=');
      aggregates.push(readAggregate(cursor, { columns: frame.columns, now }, given));
      if (!cursor.take(',')) break;
    }
    return group(frame.rows, cursor.take('by') ? readList(cursor, frame, now) : undefined, aggregates);
  },
};

/** Reads `A, B = expression, …`. */
function readList(cursor: Cursor, frame: Frame, now: number): Named[] {
  const list: Named[] = [];
  do {
    const given = cursor.peek(1)?.text === '=' ? cursor.name() : undefined;
    if (given !== undefined) cursor.expect('=');
    const first = cursor.peek();
    const second = cursor.peek(2);
    const of = readExpression(cursor, { columns: frame.columns, now });
    // `bin(TimeGenerated, 1h)` is called after its column.
    const implied =
      first?.text === 'bin' && second?.kind === 'name' ? second.text : `Column${list.length + 1}`;
    list.push({ name: given ?? of.column ?? implied, of });
  } while (cursor.take(','));
  return list;
}

/** One row a group; without keys one row for all, even when there are none. */
function group(
  rows: readonly Row[],
  keys: readonly Named[] | undefined,
  aggregates: readonly Aggregate[],
): Frame {
  const groups = new Map<string, Row[]>(keys ? [] : [['', []]]);
  for (const row of rows) {
    const key = (keys ?? []).map((one) => asText(one.of.value(row))).join('\u0000');
    const members = groups.get(key);
    if (members) members.push(row);
    else groups.set(key, [row]);
  }
  const made = aggregates.flatMap((aggregate) => aggregate.columns);
  return {
    columns: [
      ...(keys ?? []).map(asColumn),
      ...made.filter((one) => !keys?.some((key) => key.name === one.name)),
    ],
    rows: [...groups.values()].map((members) => {
      const values = aggregates.flatMap((aggregate) => aggregate.compute(members));
      const row = Object.fromEntries(made.map((column, at) => [column.name, values[at]]));
      return members[0] ? computed(row, keys ?? [], members[0]) : row;
    }),
  };
}

function computed(target: Row, list: readonly Named[], row: Row): Row {
  for (const { name, of } of list) target[name] = stored(of, row);
  if (receivedColumn in row) target[receivedColumn] = row[receivedColumn];
  return target;
}

function asColumn({ name, of }: Named): FrameColumn {
  return { name, type: of.type };
}

function asNamed({ name, type }: FrameColumn): Named {
  return { name, of: { type, column: name, value: (row) => row[name] } };
}
