import { ResponseFormatError, toCanonicalJson } from '@repo/client-core';
import type { RawFilters } from '../filters/operators.js';
import { hashId } from '../scan/reader/recent-ids.js';

/** A filter on time that a list is sorted by, and the field of its records that holds that time. */
export interface WalkField {
  filter: string;
  record: string;
}

/** What one request asks for. */
interface WalkRequest {
  filters: RawFilters;
  skip: number;
  limit: number;
}

interface WalkSettings {
  operation: string;
  filters: RawFilters;
  /** Rows to pass over at the start. */
  skip: number;
  /** New rows a page, at most 100. */
  limit: number;
  sortDirection: 'asc' | 'desc';
  /** Walk by this time instead of by `skip` alone. */
  field: WalkField | undefined;
}

/** Where a walk goes on. */
export interface WalkPosition {
  /** Rows of the current window that have been passed. */
  skip: number;
  /** The current window begins at this time, when the walk goes by time. */
  time?: number | undefined;
  /** Whether the service turned out not to sort by time. */
  unsorted?: boolean | undefined;
  /** Hashes of rows that were handed out lately. */
  seen: string[];
  total?: number | undefined;
}

interface WalkPage {
  data: unknown[];
  hasNext: boolean;
  total?: number | undefined;
}

const maxListLimit = 100;
/** Rows that a token names: more than one page, so that a resumed walk finds where it was. */
const rowsInToken = 200;

/**
 * Walks a list whose rows may leave it meanwhile: by time where it can, since that is not moved by others; by `skip`
 * with the last row asked for again, and further back when it has gone. Rows are handed out once; none that stays is
 * passed over as long as the service keeps their order.
 */
export class ListWalk {
  readonly #settings: WalkSettings;
  readonly #seen: Set<string>;
  #base: number;
  #skip: number;
  #time: number | undefined;
  #unsorted: boolean;
  #total: number | undefined;
  #lastPage = '';

  constructor(settings: WalkSettings, saved?: WalkPosition) {
    this.#settings = settings;
    this.#base = saved?.time === undefined ? settings.skip : 0;
    this.#skip = saved?.skip ?? settings.skip;
    this.#time = saved?.time;
    this.#unsorted = saved?.unsorted ?? false;
    this.#total = saved?.total;
    this.#seen = new Set(saved?.seen);
  }

  get position(): WalkPosition {
    return {
      skip: this.#skip,
      time: this.#time,
      ...(this.#unsorted && { unsorted: true }),
      seen: [...this.#seen].slice(-rowsInToken),
      total: this.#total,
    };
  }

  get total(): number | undefined {
    return this.#total;
  }

  /** What to ask for next: the last row that was passed comes first. */
  get request(): WalkRequest {
    const { limit } = this.#settings;
    const overlap = this.#overlap;
    return {
      filters: this.#filters,
      skip: this.#skip - overlap,
      limit: Math.min(maxListLimit, limit + overlap),
    };
  }

  /** The rows of a page that are new, or undefined when the walk has to go back first. */
  take(page: WalkPage): unknown[] | undefined {
    const keys = page.data.map(toKey);
    const overlap = this.#overlap;
    if (overlap > 0 && (keys[0] === undefined || !this.#seen.has(keys[0]))) {
      // The last row has left, and so may others before it have: what followed has moved up.
      this.#skip = Math.max(this.#base, this.#skip - this.#settings.limit);
      this.#lastPage = '';
      return undefined;
    }
    this.#total ??= page.total;
    if (page.data.length === 0 && page.hasNext)
      throw this.#toError(`says that more follows an empty page at skip ${this.#skip}`);
    const rows = page.data.filter((_, index) => !this.#seen.has(keys[index] as string));
    for (const key of keys) {
      // To the end of the set: the newest are what a token names.
      this.#seen.delete(key);
      this.#seen.add(key);
    }
    if (page.hasNext) this.#advance(page.data, keys, this.#skip - overlap + page.data.length);
    return rows;
  }

  #advance(data: readonly unknown[], keys: readonly string[], passed: number): void {
    const { field } = this.#settings;
    const text = keys.join('');
    const edge = field && !this.#unsorted ? this.#getEdge(data, field.record) : undefined;
    if (edge !== undefined && edge !== this.#time) {
      this.#time = edge;
      this.#base = 0;
      this.#skip = 0;
      this.#lastPage = '';
      return;
    }
    if (field && !this.#unsorted && edge === undefined) {
      // Not sorted by time: once more from the start, by skip alone. What has been handed out is left out.
      this.#unsorted = true;
      this.#time = undefined;
      this.#base = this.#settings.skip;
      this.#skip = this.#base;
      this.#lastPage = '';
      return;
    }
    if (passed <= this.#skip || text === this.#lastPage)
      throw this.#toError(`gave the same page for skip ${this.#skip}; it seems to ignore what it is asked`);
    this.#skip = passed;
    this.#lastPage = text;
  }

  /** The time of the last row; undefined when rows are not in the order that was asked for. */
  #getEdge(data: readonly unknown[], field: string): number | undefined {
    let last: number | undefined;
    for (const row of data) {
      const time = (row as Record<string, unknown> | null)?.[field];
      if (typeof time !== 'number') return undefined;
      if (last !== undefined && (this.#settings.sortDirection === 'desc' ? time > last : time < last))
        return undefined;
      last = time;
    }
    return last;
  }

  get #overlap(): number {
    return this.#skip > this.#base ? 1 : 0;
  }

  get #filters(): RawFilters {
    const { filters, field, sortDirection } = this.#settings;
    if (!field || this.#time === undefined) return filters;
    const bound = sortDirection === 'desc' ? { lte: this.#time } : { gte: this.#time };
    return { ...filters, [field.filter]: { ...filters[field.filter], ...bound } };
  }

  #toError(problem: string): ResponseFormatError {
    const { operation } = this.#settings;
    return new ResponseFormatError(`${operation}: the service ${problem}. The list stops here, incomplete.`, {
      operation,
    });
  }
}

function toKey(row: unknown): string {
  const id = (row as { _id?: unknown } | null)?._id;
  return hashId(typeof id === 'string' ? id : toCanonicalJson(row));
}
