import { ArgumentError, createOldestFirst } from '@repo/client-core';
import type { OldestFirst, SeenEntry } from '@repo/client-core';
import { retentionInMs } from '../content/windows.js';
import type { ContentType } from '../models.js';
import type { BlobUnit } from './feed-types.js';

const hour = 3_600_000;
const day = 24 * hour;

/** A unit that was listed or announced. */
interface Arrival {
  unit: BlobUnit;
  type: ContentType;
  /** When the blob became available, ms since the epoch. */
  created: number;
  /** Later than what was promised to be complete: it does not take that promise back. */
  late: boolean;
}

/** Which units have been handed out, and which of them are settled. */
export class UnitLedger {
  /** Settled ids by the day on which they expire: expiry never walks over all of them. */
  readonly #settled = new Map<number, Set<string>>();
  readonly #pending = new Map<string, number>();
  /** What is pending of each type, by time: everything, and what did not come late. */
  readonly #queues = new Map<ContentType, OldestFirst>();
  readonly #timely = new Map<ContentType, OldestFirst>();
  #expired: string[] = [];

  constructor(seen: Iterable<SeenEntry>) {
    for (const { id, expires } of seen) this.#remember(id, expires);
  }

  has(id: string): boolean {
    if (this.#pending.has(id)) return true;
    for (const ids of this.#settled.values()) if (ids.has(id)) return true;
    return false;
  }

  /** The new ones, oldest first. They are pending now. */
  add(arrivals: readonly Arrival[]): Arrival[] {
    const fresh = arrivals.filter(({ unit, type, created, late }) => {
      if (this.has(unit.id)) return false;
      this.#pending.set(unit.id, created);
      for (const queues of late ? [this.#queues] : [this.#queues, this.#timely]) {
        const queue = queues.get(type) ?? createOldestFirst();
        queues.set(type, queue);
        queue.add(unit.id, created);
      }
      return true;
    });
    return fresh.toSorted((a, b) => a.created - b.created || (a.unit.id < b.unit.id ? -1 : 1));
  }

  settle(unitId: string): SeenEntry {
    const created = this.#pending.get(unitId);
    if (created === undefined)
      throw new ArgumentError('unitId', 'is not under way', 'Settle a unit once, after it was listed.');
    this.#pending.delete(unitId);
    // No blob older than the retention is listed any more: then its id can be forgotten.
    const expires = created + retentionInMs + hour;
    this.#remember(unitId, expires);
    return { id: unitId, expires };
  }

  /** Of each type with pending units: when the oldest became available. */
  *oldestPending(): Generator<[ContentType, number], void, void> {
    for (const [type, queue] of this.#queues) {
      const created = queue.oldest((id) => this.#pending.has(id));
      if (created !== undefined) yield [type, created];
    }
  }

  /** When the oldest pending unit of a type that did not come late became available. */
  oldestTimely(type: ContentType): number | undefined {
    return this.#timely.get(type)?.oldest((id) => this.#pending.has(id));
  }

  forget(now: number): void {
    for (const [expiryDay, ids] of this.#settled) {
      if (expiryDay * day > now) continue;
      this.#settled.delete(expiryDay);
      for (const id of ids) this.#expired.push(id);
    }
  }

  /** What was forgotten since the last call. */
  takeExpired(): string[] {
    const expired = this.#expired;
    this.#expired = [];
    return expired;
  }

  #remember(id: string, expires: number): void {
    const expiryDay = Math.ceil(expires / day);
    const ids = this.#settled.get(expiryDay) ?? new Set<string>();
    this.#settled.set(expiryDay, ids);
    ids.add(id);
  }
}
