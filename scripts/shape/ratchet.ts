import type { Violation } from './violations.js';

/** Violations that are known, with the size they had. The list may only shrink. */
export type Ratchet = Readonly<Record<string, number>>;

interface Verdict {
  /** New or grown: these fail. */
  failures: readonly Violation[];
  /** Entries of the list that are better than it says, or gone. */
  stale: readonly string[];
}

export function compareWithRatchet(violations: readonly Violation[], ratchet: Ratchet): Verdict {
  const sizes = sumSizes(violations);
  return {
    failures: violations.filter(({ key }) => (sizes.get(key) ?? 0) > (ratchet[key] ?? 0)),
    stale: Object.keys(ratchet).filter((key) => (sizes.get(key) ?? 0) < (ratchet[key] ?? 0)),
  };
}

/** The list after it shrank: what is gone is removed, what is smaller is lowered, nothing is added. */
export function shrinkRatchet(violations: readonly Violation[], ratchet: Ratchet): Ratchet {
  const sizes = sumSizes(violations);
  return Object.fromEntries(
    Object.entries(ratchet).flatMap(([key, size]) => {
      const now = Math.min(size, sizes.get(key) ?? 0);
      return now > 0 ? [[key, now]] : [];
    }),
  );
}

function sumSizes(violations: readonly Violation[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { key, size } of violations) sizes.set(key, (sizes.get(key) ?? 0) + size);
  return sizes;
}
