import type { SeenEntry } from '@repo/client-core';

/** Ids of records that were handed out, with the time at which each was saved. */
export class RecordLedger {
  readonly #ids = new Map<string, number>();
  /** No window expires anything before this: a pass over all ids is made only when it pays. */
  #sweptHorizon = -Infinity;

  constructor(entries: Iterable<SeenEntry> = []) {
    for (const { id, expires } of entries) this.#ids.set(id, expires);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string, saved: number): SeenEntry {
    this.#ids.set(id, saved);
    return { id, expires: saved };
  }

  /** Drops ids of records saved before this time. */
  expire(horizon: number): string[] {
    if (horizon <= this.#sweptHorizon) return [];
    this.#sweptHorizon = horizon;
    const expired: string[] = [];
    for (const [id, saved] of this.#ids) {
      if (saved >= horizon) continue;
      expired.push(id);
      this.#ids.delete(id);
    }
    return expired;
  }

  /** From when on at most this many ids were saved; -Infinity while there are no more. */
  getFloor(maxCount: number): number {
    if (this.#ids.size <= maxCount) return -Infinity;
    const times = [...this.#ids.values()].sort((a, b) => b - a);
    // A tenth less than allowed, so that this is not done with every record.
    return times[Math.floor(maxCount * 0.9)] ?? -Infinity;
  }
}
