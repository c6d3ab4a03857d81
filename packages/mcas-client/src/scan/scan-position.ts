import type { RawFilters } from '../filters/operators.js';

/** Where a scan goes on: all it needs in another process. */
export interface ScanPosition {
  filters: RawFilters;
  /** Packed hashes of ids that the next page may bring again. */
  recent: string;
  /** The cursor did not move: the next page must be asked for with the largest limit. */
  raised: boolean;
}

export function startAt(filters: RawFilters): ScanPosition {
  return { filters, recent: '', raised: false };
}
