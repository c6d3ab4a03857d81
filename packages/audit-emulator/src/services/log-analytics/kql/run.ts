import { createCursor } from './cursor.js';
import { KqlError } from './errors.js';
import type { Frame } from './frame.js';
import { applyOperator } from './operators.js';

/**
 * Runs `Table | operator | …`, the part of KQL that is enough to check what arrived.
 *
 * @throws KqlError
 */
export function runQuery(query: string, open: (tableName: string) => Frame | undefined, now: number): Frame {
  const cursor = createCursor(query.trim().replace(/;$/, ''));
  const tableName = cursor.name();
  let frame = open(tableName);
  if (!frame) {
    throw new KqlError('SEM0100', `Failed to resolve table or column expression named '${tableName}'`);
  }
  while (cursor.peek()) {
    cursor.expect('|');
    frame = applyOperator(cursor, frame, now);
  }
  return frame;
}
