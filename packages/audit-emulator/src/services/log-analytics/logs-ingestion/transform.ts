import { KqlError } from '../kql/errors.js';
import { runQuery } from '../kql/run.js';
import type { Column } from '../columns.js';
import type { Row } from '../tables.js';

/** Rows after a flow's transform; undefined when the transform does not fit them. */
export function transform(
  rows: readonly Row[],
  columns: readonly Column[],
  kql: string | undefined,
  now: number,
): readonly Row[] | undefined {
  if (kql === undefined || kql.trim() === 'source') return rows;
  try {
    return runQuery(kql, (name) => (name === 'source' ? { columns, rows } : undefined), now).rows;
  } catch (error) {
    if (error instanceof KqlError) return undefined;
    throw error;
  }
}
