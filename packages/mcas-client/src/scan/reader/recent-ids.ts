import { ArgumentError, hash64 } from '@repo/client-core';
import type { RawFilters } from '../../filters/operators.js';
import { getTimeBounds } from '../../filters/time-bounds.js';
import type { Activity } from '../../models/activity.js';

interface Entry {
  date: unknown;
  created: unknown;
  /** Number of the last page that had it. */
  page: number;
}

/**
 * Ids that a coming page may bring again: those of the last two pages, and of any page what the cursor still includes,
 * whatever order the service keeps. In a continuation token only the latter, hashed to 8 bytes each.
 */
export class RecentIds {
  readonly #resumed: ReadonlySet<string>;
  readonly #entries = new Map<string, Entry>();
  #page = 0;
  #moved = false;

  constructor(packed = '') {
    this.#resumed = unpackHashes(packed);
  }

  /** The records that are new, which are remembered. `sent` are the filters that brought them. */
  addNew(records: readonly Activity[], sent: RawFilters): Activity[] {
    return records.filter((record) => {
      const id: unknown = (record as Activity | null)?._id;
      // Without an id there is nothing to compare: better twice than not at all.
      if (typeof id !== 'string') return true;
      const known = this.#entries.has(id) || (this.#resumed.size > 0 && this.#resumed.has(hashId(id)));
      const times = { date: record.timestamp, created: record.created };
      // A time that the filters exclude is wrong: such a record may come again anywhere.
      const usable = isInside(times, sent) ? times : { date: undefined, created: undefined };
      this.#entries.set(id, { ...usable, page: this.#page });
      return !known;
    });
  }

  /** Forgets what the next filters cannot bring again. */
  move(next: RawFilters): void {
    for (const [id, entry] of this.#entries)
      if (entry.page < this.#page && !isInside(entry, next)) this.#entries.delete(id);
    this.#page += 1;
    this.#moved = true;
  }

  /** For a token: what the next filters may bring again. */
  pack(next: RawFilters): string {
    const inside = [...this.#entries].filter(([, entry]) => isInside(entry, next)).map(([id]) => hashId(id));
    return packHashes(this.#moved ? inside : new Set([...this.#resumed, ...inside]));
  }
}

/** Whether a scan with these filters may return the record. True when its time is not known. */
function isInside({ date, created }: Pick<Entry, 'date' | 'created'>, filters: RawFilters): boolean {
  for (const [field, time] of [
    ['date', date],
    ['created', created],
  ] as const) {
    const operators = filters[field];
    if (operators === undefined || typeof time !== 'number') continue;
    const { from, to } = getTimeBounds(operators);
    if (time < from || time > to) return false;
  }
  return true;
}

/** Eight characters of one byte each: half the memory of hexadecimal. */
export function hashId(id: string): string {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  const [high, low] = hash64(id);
  view.setUint32(0, high);
  view.setUint32(4, low);
  return String.fromCharCode(...bytes);
}

export function packHashes(hashes: Iterable<string>): string {
  return btoa([...hashes].join(''));
}

export function unpackHashes(packed: string): Set<string> {
  let bytes: string;
  try {
    bytes = atob(packed);
  } catch {
    throw new ArgumentError('continuationToken', 'is damaged', 'Start the scan again without it.');
  }
  const result = new Set<string>();
  for (let start = 0; start + 8 <= bytes.length; start += 8) result.add(bytes.slice(start, start + 8));
  return result;
}
