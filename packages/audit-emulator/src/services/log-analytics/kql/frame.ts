import type { ColumnType } from '../columns.js';
import { parseDateTime } from '../date-time.js';
import type { Row } from '../tables.js';
import { KqlError } from './errors.js';

export type Type = ColumnType | 'timespan';

export interface FrameColumn {
  readonly name: string;
  readonly type: Type;
}

/** Columns and rows between two operators. */
export interface Frame {
  readonly columns: readonly FrameColumn[];
  readonly rows: readonly Row[];
}

/** A compiled expression. Times and timespans are milliseconds while they are computed with. */
export interface Expression {
  readonly type: Type;
  /** Set when the expression is just a column. */
  readonly column?: string;
  value(row: Row): unknown;
}

/** What an expression may refer to. */
export interface Scope {
  readonly columns: readonly FrameColumn[];
  readonly now: number;
}

/** Hidden column of every row: when it was received, in milliseconds. */
export const receivedColumn = '$received';

export function columnExpression(name: string, scope: Scope): Expression {
  const found =
    scope.columns.find((column) => column.name === name) ??
    (name === '_TimeReceived' ? { name: receivedColumn, type: 'long' as const } : undefined);
  if (!found) {
    throw new KqlError('SEM0100', `Failed to resolve table or column expression named '${name}'`);
  }
  if (name === '_TimeReceived') return { type: 'datetime', value: (row) => row[receivedColumn] };
  const value =
    found.type === 'datetime'
      ? (row: Row) => milliseconds(row[name])
      : (row: Row) => row[name] ?? empty(found.type);
  return { type: found.type, column: name, value };
}

/** What is stored or shown for a computed value. */
export function stored(expression: Expression, row: Row): unknown {
  if (expression.column !== undefined) return row[expression.column];
  const value = expression.value(row);
  return expression.type === 'datetime' && typeof value === 'number' ? new Date(value).toISOString() : value;
}

/** Texts have no null. */
function empty(type: Type): unknown {
  return type === 'string' ? '' : null;
}

function milliseconds(value: unknown): number | null {
  return typeof value === 'string' ? (parseDateTime(value)?.ms ?? null) : null;
}
