import { ArgumentError, createFingerprint } from '@repo/client-core';
import type { AuditRecord } from '../record-types/audit-record.js';

/** How many record ids are remembered, so that a record the service delivers twice is handed out once. */
export interface DedupeOptions {
  /** Ids remembered; the oldest is forgotten first. */
  maxKeys?: number | undefined;
  /**
   * Called with a record that is left out although it differs from the one of the same `Id` before. Comparing costs
   * about as much as parsing, so it is done only when this is given.
   */
  onConflict?: ((record: AuditRecord) => void) | undefined;
}

/** Whether a record's id is new among the last `maxKeys`. A record without id always is. */
export function createRecentIds(
  dedupe: false | DedupeOptions | undefined,
  defaultMaxKeys: number,
): (record: AuditRecord) => boolean {
  if (dedupe === false) return () => true;
  const { maxKeys = defaultMaxKeys, onConflict } = dedupe ?? {};
  if (!(maxKeys >= 1))
    throw new ArgumentError(
      'options.dedupe.maxKeys',
      `is ${maxKeys}`,
      'Give a number from 1 on, or dedupe: false.',
    );
  const contents = new Map<string, string | undefined>();
  return (record) => {
    const id: unknown = record.Id;
    if (typeof id !== 'string') return true;
    const content = onConflict && createFingerprint(record);
    if (contents.has(id)) {
      if (contents.get(id) !== content) onConflict?.(record);
      return false;
    }
    contents.set(id, content);
    if (contents.size > maxKeys) contents.delete(contents.keys().next().value as string);
    return true;
  };
}
