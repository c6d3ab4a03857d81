import type { SeenEntry } from '@repo/client-core';

/** Groups dedupe keys that expire at the same time: a state writes a row for each group. */
export function groupByExpiry(keys: readonly SeenEntry[]): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const { id, expires } of keys) {
    const ids = groups.get(expires);
    if (ids) ids.push(id);
    else groups.set(expires, [id]);
  }
  return groups;
}
