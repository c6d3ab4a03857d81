import { KqlError } from '../kql/errors.js';
import { runQuery } from '../kql/run.js';
import { toFrame, toStoredRows } from '../kql/rows.js';
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
    const source = toFrame(
      columns,
      rows.map((row) => ({ row })),
    );
    const open = (name: string): typeof source | undefined => (name === 'source' ? source : undefined);
    return toStoredRows(runQuery(kql, { schema: new Map([['source', columns]]), open, now }));
  } catch (error) {
    // The emulator never loses rows for what it cannot run itself.
    if (error instanceof KqlError && error.code !== 'Unsupported') return undefined;
    throw error;
  }
}
