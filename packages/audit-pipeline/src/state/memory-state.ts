import { systemClock } from '@repo/client-core';
import type { Clock, Delta, SeenEntry } from '@repo/client-core';
import { StateIdentityError, StateLockedError } from '../errors.js';
import type { SavedState, State } from '../ports.js';

/** Progress in memory: for tests, and for runs that may start over. DedupeKeys are forgotten when their time has passed. */
export function memoryState(
  initial: Partial<SavedState> = {},
  { clock = systemClock }: { clock?: Clock } = {},
): State {
  let cursor = initial.cursor;
  let owner: string | undefined;
  const seen = new Map<string, SeenEntry>();
  const keys = new Map<string, SeenEntry>();
  for (const entry of initial.seen ?? []) seen.set(entry.id, entry);
  for (const entry of initial.keys ?? []) keys.set(entry.id, entry);
  let locked = false;

  return {
    load: async () => ({
      ...(cursor !== undefined && { cursor }),
      seen: [...seen.values()],
      keys: [...keys.values()],
    }),
    identify: async (identity) => {
      owner ??= identity;
      if (owner !== identity) throw new StateIdentityError('This memory state', owner, identity);
    },
    commit: async (_unitId, delta: Delta, newKeys) => {
      cursor = delta.cursor;
      for (const entry of delta.add) seen.set(entry.id, entry);
      for (const id of delta.expire) seen.delete(id);
      for (const entry of newKeys) keys.set(entry.id, entry);
      for (const { id, expires } of keys.values()) {
        // In the order of adding, which is that of expiry.
        if (expires >= clock.now()) break;
        keys.delete(id);
      }
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
