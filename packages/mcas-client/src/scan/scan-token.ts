import { ArgumentError } from '@repo/client-core';
import { canonical } from '../filters/fingerprint.js';
import type { RawFilters } from '../filters/operators.js';
import { readToken, writeToken } from '../http/continuation-token.js';
import type { CheckedScan } from './scan-query.js';

interface ScanState {
  /** Filters of the cursor that differ from the query's. */
  f: RawFilters;
  /** Names of those that do not: kept out, so that a token stays small however long the query is. */
  k: string[];
  /** Hashes of the ids at the boundary. */
  b: string;
  /** The cursor did not move: the next page must be asked for with the largest limit. */
  r?: true;
}

const kind = 'activities.scan';

export function writeScanToken(scan: CheckedScan, cursor: RawFilters, seen: string, raised: boolean): string {
  const same = Object.keys(cursor).filter((key) => canonical(cursor[key]) === canonical(scan.filters[key]));
  const changed = Object.entries(cursor).filter(([key]) => !same.includes(key));
  const state: ScanState = { f: Object.fromEntries(changed), k: same, b: seen, ...(raised && { r: true }) };
  return writeToken(kind, scan.fingerprint, state);
}

export function readScanToken(
  scan: CheckedScan,
  token: string,
): { filters: RawFilters; seen: string; raised: boolean } {
  const { f, k, b, r } = (readToken(kind, scan.fingerprint, token) ?? {}) as Partial<ScanState>;
  if (typeof f !== 'object' || f === null || Array.isArray(f) || !Array.isArray(k) || typeof b !== 'string')
    throw new ArgumentError('continuationToken', 'is damaged', 'Start the scan anew.');
  const filters: RawFilters = {};
  for (const name of k) filters[name] = scan.filters[name] ?? {};
  return { filters: { ...filters, ...f }, seen: b, raised: r === true };
}
