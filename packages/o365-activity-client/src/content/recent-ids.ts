import { ArgumentError } from '@repo/client-core';

/** How many record ids are remembered, so that a record the service delivers twice is handed out once. */
export interface DedupeOptions {
  /** Ids remembered; the oldest is forgotten first. */
  maxKeys?: number | undefined;
}

/** Whether an id is new among the last `maxKeys`. A record without id always is. */
export function createRecentIds(
  dedupe: false | DedupeOptions | undefined,
  defaultMaxKeys: number,
): (id: unknown) => boolean {
  if (dedupe === false) return () => true;
  const maxKeys = dedupe?.maxKeys ?? defaultMaxKeys;
  if (!(maxKeys >= 1))
    throw new ArgumentError(
      'options.dedupe.maxKeys',
      `is ${maxKeys}`,
      'Give a number from 1 on, or dedupe: false.',
    );
  const ids = new Set<unknown>();
  return (id) => {
    if (typeof id !== 'string') return true;
    if (ids.has(id)) return false;
    ids.add(id);
    if (ids.size > maxKeys) ids.delete(ids.values().next().value);
    return true;
  };
}
