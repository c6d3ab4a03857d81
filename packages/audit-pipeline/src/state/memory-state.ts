import { systemClock } from '@repo/client-core';
import type { Clock, SeenEntry } from '@repo/client-core';
import { StateIdentityError, StateLockedError } from '../errors.js';
import type { SavedAttachment, SavedState, State, UnitCommit } from '../ports.js';

/** A state in memory that can be copied, as a file can. */
export interface MemoryState extends State {
  /** What is saved now, detached from what comes. */
  snapshot(): SavedState;
}

/** Progress in memory: for tests, and for runs that may start over. Dedupe keys are forgotten when they expire. */
export function memoryState(
  initial: Partial<SavedState> = {},
  { clock = systemClock }: { clock?: Clock | undefined } = {},
): MemoryState {
  let cursor = initial.cursor;
  let owner: string | undefined;
  const seen = new Map<string, SeenEntry>();
  const keys = new Map<string, SeenEntry>();
  const attachments = new Map<string, SavedAttachment>();
  for (const entry of initial.seen ?? []) seen.set(entry.id, entry);
  for (const entry of initial.keys ?? []) keys.set(entry.id, entry);
  for (const entry of initial.attachments ?? []) attachments.set(entry.key, entry);
  let locked = false;

  function apply({ delta, keys: newKeys = [], attachments: changes = [] }: UnitCommit): void {
    if (delta) cursor = delta.cursor;
    for (const entry of delta?.add ?? []) seen.set(entry.id, entry);
    for (const id of delta?.expire ?? []) seen.delete(id);
    for (const entry of newKeys) keys.set(entry.id, entry);
    for (const { key, value, expires } of changes)
      if (value === undefined) attachments.delete(key);
      else attachments.set(key, { key, value, expires });
  }
  function expire(): void {
    const now = clock.now();
    for (const { id, expires } of keys.values()) {
      // In the order of adding, which is that of expiry.
      if (expires >= now) break;
      keys.delete(id);
    }
    for (const { key, expires } of attachments.values()) if (expires < now) attachments.delete(key);
  }
  function snapshot(): SavedState {
    const lists = {
      seen: [...seen.values()],
      keys: [...keys.values()],
      attachments: [...attachments.values()],
    };
    return cursor === undefined ? lists : { cursor, ...lists };
  }

  return {
    snapshot,
    load: async () => snapshot(),
    identify: async (identity) => {
      owner ??= identity;
      if (owner !== identity) throw new StateIdentityError('This memory state', owner, identity);
    },
    commit: async (units) => {
      for (const unit of units) apply(unit);
      expire();
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
