import type { Clock, SeenEntry } from '@repo/client-core';
import { systemClock } from '@repo/client-core';

/** Ids of records that have been delivered, within a window of time and up to a count. */
export interface DedupeKeys {
  has(id: string): boolean;
  /** When a key added now expires (ms since the epoch). */
  expiry(): number;
  /** These records are safe: from now on they count as delivered. */
  add(entries: readonly SeenEntry[]): void;
}

export interface DedupeKeysOptions {
  /** How long an id is remembered, in milliseconds. Default one day. */
  windowInMs?: number | undefined;
  /** How many ids at most; the oldest go first. About 150 bytes of memory each. Default 200,000. */
  maxKeys?: number | undefined;
  clock?: Clock;
}

export function createDedupeKeys(
  saved: Iterable<SeenEntry> = [],
  options: DedupeKeysOptions = {},
): DedupeKeys {
  const { windowInMs = 86_400_000, maxKeys = 200_000, clock = systemClock } = options;
  const known = new Map<string, number>();

  function trim(): void {
    const now = clock.now();
    // In the order of adding, which is that of expiry as long as the clock runs forwards.
    for (const [id, expires] of known) {
      if (expires > now && known.size <= maxKeys) return;
      known.delete(id);
    }
  }
  function add(entries: Iterable<SeenEntry>): void {
    for (const { id, expires } of entries) {
      known.delete(id);
      known.set(id, expires);
    }
    trim();
  }

  add(saved);
  return {
    has: (id) => {
      const expires = known.get(id);
      return expires !== undefined && expires > clock.now();
    },
    expiry: () => clock.now() + windowInMs,
    add,
  };
}
