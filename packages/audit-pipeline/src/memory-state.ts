import type { Delta, SeenEntry } from '@repo/client-core';
import { StateLockedError } from './errors.js';
import type { SavedState, State } from './ports.js';

/** Progress in memory: for tests, and for runs that may start over. */
export function memoryState(initial: Partial<SavedState> = {}): State {
  let cursor = initial.cursor;
  const seen = new Map<string, SeenEntry>();
  const marks = new Map<string, SeenEntry>();
  for (const entry of initial.seen ?? []) seen.set(entry.id, entry);
  for (const entry of initial.marks ?? []) marks.set(entry.id, entry);
  let locked = false;

  return {
    load: async () => ({
      ...(cursor !== undefined && { cursor }),
      seen: [...seen.values()],
      marks: [...marks.values()],
    }),
    commit: async (_unitId, delta: Delta, newMarks) => {
      cursor = delta.cursor;
      for (const entry of delta.add) seen.set(entry.id, entry);
      for (const id of delta.expire) seen.delete(id);
      for (const entry of newMarks) marks.set(entry.id, entry);
    },
    lock: async () => {
      if (locked) throw new StateLockedError('This memory state');
      locked = true;
      return {
        release: async () => {
          locked = false;
        },
      };
    },
    close: async () => {},
  };
}
