import type { Row } from '../tables.js';
import type { Cursor } from './cursor.js';
import { order } from './comparisons.js';
import { KqlError } from './errors.js';
import { readExpression } from './expressions.js';
import { stored } from './frame.js';
import type { Expression, FrameColumn, Scope } from './frame.js';
import { asText } from './functions.js';

/** A compiled aggregation: the columns it makes of a group of rows. */
export interface Aggregate {
  readonly columns: readonly FrameColumn[];
  compute(rows: readonly Row[]): unknown[];
}

/** Reads one aggregation, such as `N = dcount(UserId)` without its name, which is given. */
export function readAggregate(cursor: Cursor, scope: Scope, given: string | undefined): Aggregate {
  const name = cursor.name();
  cursor.expect('(');
  if (name === 'count') {
    cursor.expect(')');
    return { columns: [{ name: given ?? 'count_', type: 'long' }], compute: (rows) => [rows.length] };
  }
  const of = readExpression(cursor, scope);
  const aggregate =
    name === 'arg_max' || name === 'arg_min'
      ? readExtreme(cursor, scope, of, name === 'arg_max', given)
      : simple(name, of, given ?? (of.column === undefined ? `${name}_` : `${name}_${of.column}`));
  // dcount takes an accuracy, make_set a size: exact and whole here.
  if (cursor.take(',')) cursor.next();
  cursor.expect(')');
  return aggregate;
}

function simple(name: string, of: Expression, as: string): Aggregate {
  const values = (rows: readonly Row[]): unknown[] =>
    rows.map((row) => of.value(row)).filter((value) => value !== null && value !== undefined);
  const shown = (rows: readonly Row[]): unknown[] =>
    rows
      .map((row) => stored(of, row))
      .filter((value) => value !== null && value !== undefined && value !== '');
  const numbers = (rows: readonly Row[]): number[] => values(rows).map(Number);
  const sum = (rows: readonly Row[]): number => numbers(rows).reduce((total, value) => total + value, 0);
  const distinct = (list: readonly unknown[]): unknown[] => [
    ...new Map(list.map((one) => [asText(one), one])).values(),
  ];
  const extreme = (rows: readonly Row[], sign: number): unknown =>
    shown(rows).reduce(
      (best, value) => (best === null || sign * order(value, best) > 0 ? value : best),
      null,
    );
  const make = (type: FrameColumn['type'], compute: (rows: readonly Row[]) => unknown): Aggregate => ({
    columns: [{ name: as, type }],
    compute: (rows) => [compute(rows)],
  });
  switch (name) {
    case 'countif':
      return make('long', (rows) => rows.filter((row) => of.value(row)).length);
    case 'dcount':
    case 'count_distinct':
      return make('long', (rows) => distinct(values(rows)).length);
    case 'sum':
      return make(of.type, sum);
    case 'avg':
      return make('real', (rows) => (rows.length === 0 ? null : sum(rows) / numbers(rows).length));
    case 'min':
      return make(of.type, (rows) => extreme(rows, -1));
    case 'max':
      return make(of.type, (rows) => extreme(rows, 1));
    case 'make_set':
      return make('dynamic', (rows) => distinct(shown(rows)));
    case 'make_list':
      return make('dynamic', shown);
    case 'take_any':
    case 'any':
      return make(of.type, (rows) => shown(rows)[0] ?? null);
    default:
      throw new KqlError('SEM0100', `Unknown function: '${name}'`);
  }
}

/** `arg_max(By, *)` or `arg_max(By, A, B)`: columns of the row where By is greatest. */
function readExtreme(
  cursor: Cursor,
  scope: Scope,
  by: Expression,
  greatest: boolean,
  given: string | undefined,
): Aggregate {
  const byName = given ?? by.column ?? 'arg_';
  const others: FrameColumn[] = [];
  while (cursor.take(',')) {
    if (cursor.take('*')) others.push(...scope.columns.filter((column) => column.name !== by.column));
    else {
      const name = cursor.name();
      others.push(...scope.columns.filter((column) => column.name === name));
    }
  }
  return {
    columns: [{ name: byName, type: by.type }, ...others],
    compute: (rows) => {
      const best = rows.reduce((one, other) => {
        const difference = order(by.value(other), by.value(one));
        return (greatest ? difference : -difference) > 0 ? other : one;
      });
      return [stored(by, best), ...others.map((column) => best[column.name])];
    },
  };
}
