import type { Column } from '../columns.js';
import type { Row } from '../tables.js';
import { receivedColumn } from './frame.js';
import type { Frame, FrameColumn } from './frame.js';
import { DateTime, isMissing, readDateTime, toJson } from './values.js';
import type { Value } from './values.js';

/** Stored rows as queries compute with them: times are moments, when it was received is a hidden column. */
export function toFrame(
  columns: readonly (FrameColumn | Column)[],
  rows: readonly { row: Row; receivedAt?: number }[],
): Frame {
  const times = columns.filter(({ type }) => type === 'datetime').map(({ name }) => name);
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map(({ row, receivedAt }) => ({
      ...row,
      ...Object.fromEntries(times.map((name) => [name, readDateTime(row[name])])),
      ...(receivedAt !== undefined && { [receivedColumn]: new DateTime(receivedAt) }),
    })),
  };
}

/** The rows of a result as a table stores them. */
export function toStoredRows({ columns, rows }: Frame): Row[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }) => [name, toJson(row[name])])));
}

/** A value of an answer: texts have no null, dynamic values are JSON in a text. */
export function toCell(value: Value, { type }: FrameColumn): unknown {
  if (isMissing(value)) return type === 'string' ? '' : null;
  const json = toJson(value);
  if (type === 'string' && typeof json === 'object') return JSON.stringify(json);
  return type === 'dynamic' && typeof json !== 'string' ? JSON.stringify(json) : json;
}
