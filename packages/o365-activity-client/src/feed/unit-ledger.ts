import { ArgumentError } from '@repo/client-core';
import type { SeenEntry } from '@repo/client-core';
import { retentionInMs } from '../content/windows.js';
import type { ContentType } from '../models.js';
import type { BlobUnit } from './feed-types.js';
import { createOldestFirst } from './oldest-first.js';
import type { OldestFirst } from './oldest-first.js';

const hour = 3_600_000;

interface Arrival {
  unit: BlobUnit;
  type: ContentType;
  /** When the blob became available, ms since the epoch. */
  created: number;
}

/** Which units have been handed out, and which of them are settled. */
export class UnitLedger {
  readonly #seen = new Map<string, number>();
  readonly #pending = new Map<string, number>();
  /** What is pending of each type, by time. */
  readonly #queues = new Map<ContentType, OldestFirst>();
  #expired: string[] = [];

  constructor(seen: Iterable<SeenEntry>) {
    for (const { id, expires } of seen) this.#seen.set(id, expires);
  }

  /** The new ones, oldest first. They are pending now. */
  add(arrivals: readonly Arrival[]): BlobUnit[] {
    const fresh = arrivals.filter(({ unit, type, created }) => {
      if (this.#seen.has(unit.id) || this.#pending.has(unit.id)) return false;
      this.#pending.set(unit.id, created);
      const queue = this.#queues.get(type) ?? createOldestFirst();
      this.#queues.set(type, queue);
      queue.add(unit.id, created);
      return true;
    });
    return fresh
      .toSorted((a, b) => a.created - b.created || (a.unit.id < b.unit.id ? -1 : 1))
      .map(({ unit }) => unit);
  }

  settle(unitId: string): SeenEntry {
    const created = this.#pending.get(unitId);
    if (created === undefined)
      throw new ArgumentError('unitId', 'is not under way', 'Settle a unit once, after it was listed.');
    this.#pending.delete(unitId);
    // No blob older than the retention is listed any more: then its id can be forgotten.
    const expires = created + retentionInMs + hour;
    this.#seen.set(unitId, expires);
    return { id: unitId, expires };
  }

  /** Of each type with pending units: when the oldest became available. */
  *oldestPending(): Generator<[ContentType, number], void, void> {
    for (const [type, queue] of this.#queues) {
      const created = queue.oldest((id) => this.#pending.has(id));
      if (created !== undefined) yield [type, created];
    }
  }

  forget(now: number): void {
    for (const [id, expires] of this.#seen) {
      if (expires > now) continue;
      this.#seen.delete(id);
      this.#expired.push(id);
    }
  }

  /** What was forgotten since the last call. */
  takeExpired(): string[] {
    const expired = this.#expired;
    this.#expired = [];
    return expired;
  }
}
