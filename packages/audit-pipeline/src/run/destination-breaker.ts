/** How a unit's rows were received. */
export interface UnitVerdict {
  unitId: string;
  accepted: number;
  /** Rows that the service refused. */
  rejected: number;
}

/**
 * Tells rows that no destination would take from a destination that takes none. Shared by everything that writes to one
 * destination.
 */
export interface DestinationBreaker {
  /**
   * Whether the rejected rows may become dead letters: at least half of the unit's rows were accepted; or, since the unit
   * was refused before, another unit was accepted.
   */
  isPoison(verdict: UnitVerdict): boolean;
  /** Units in a row of which most rows were refused. */
  readonly refusedUnits: number;
  /** Units that were refused and are not delivered: to be handed to the breaker of the next run. */
  suspects(): string[];
}

/** `suspects`: units that an earlier run could not deliver because most of their rows were refused. */
export function createDestinationBreaker(suspects: readonly string[] = []): DestinationBreaker {
  /** Units of which at least half of the rows were accepted. */
  let healthyUnits = 0;
  /** Units that were refused, and how many healthy ones there were by then. */
  const refused = new Map(suspects.map((id) => [id, 0]));
  /** Since the last unit that was accepted. */
  let inARow = new Set<string>();

  return {
    isPoison({ unitId, accepted, rejected }) {
      if (accepted > 0 && accepted >= rejected) {
        healthyUnits += 1;
        inARow = new Set();
        refused.delete(unitId);
        return true;
      }
      if (rejected === 0) return true;
      const before = refused.get(unitId);
      if (before !== undefined && healthyUnits > before) {
        refused.delete(unitId);
        inARow.delete(unitId);
        return true;
      }
      if (before === undefined) refused.set(unitId, healthyUnits);
      inARow.add(unitId);
      return false;
    },
    get refusedUnits() {
      return inARow.size;
    },
    suspects: () => [...refused.keys()],
  };
}
