import { ArgumentError, decodeToken, encodeToken, toCanonicalJson } from '@repo/client-core';
import type { RawFilters } from '../filters/operators.js';
import { scanOperation } from './reader/fetch-scan-page.js';
import type { ScanPosition } from './scan-position.js';
import type { CheckedScan } from './scan-query.js';

const version = 2;

/** Everything a scan has left to do. */
export interface ScanState {
  /** Scans under way: one, or several of parts of the window. */
  lanes: LaneState[];
  /** Filters of the whole window, where it is read in parts. */
  base?: RawFilters | undefined;
  /** The part of the window that no scan has begun. */
  rest?: readonly [from: number, to: number] | undefined;
  /** Width that parts of the rest should have, in ms. */
  width?: number | undefined;
  /** Packed ids that were handed out at the edges of lanes, by time; `-1` for records without a usable time. */
  edges?: (readonly [time: number, hashes: string])[] | undefined;
}

export interface LaneState extends ScanPosition {
  /** The part of the window, when there are several. */
  window?: readonly [from: number, to: number] | undefined;
}

interface PackedFilters {
  /** Filters that differ from the query's. */
  f: RawFilters;
  /** Names of those that do not: kept out, so that a token stays small however long the query is. */
  k: string[];
}

interface PackedLane extends PackedFilters {
  b: string;
  r?: true;
  w?: readonly [number, number] | undefined;
}

interface PackedState {
  l: PackedLane[];
  a?: PackedFilters | undefined;
  t?: readonly [number, number] | undefined;
  w?: number | undefined;
  e?: (readonly [number, string])[] | undefined;
}

export function encodeScanToken(scan: CheckedScan, { lanes, base, rest, width, edges }: ScanState): string {
  const state: PackedState = {
    l: lanes.map(({ filters, recent, raised, window }) => ({
      ...packFilters(scan, filters),
      b: recent,
      ...(raised && { r: true as const }),
      w: window,
    })),
    a: base && packFilters(scan, base),
    t: rest,
    w: width,
    e: edges,
  };
  return encodeToken({ kind: scanOperation, version, fingerprint: scan.fingerprint, state });
}

export function decodeScanToken(scan: CheckedScan, token: string): ScanState {
  const state = decodeToken(token, { kind: scanOperation, version, fingerprint: scan.fingerprint });
  const { l: lanes, a: base, t: rest, w: width, e: edges } = (state ?? {}) as Partial<PackedState>;
  if (!Array.isArray(lanes)) throw damaged();
  return {
    lanes: lanes.map((lane) => unpackLane(scan, lane)),
    base: base && unpackFilters(scan, base),
    rest,
    width,
    edges,
  };
}

function packFilters(scan: CheckedScan, filters: RawFilters): PackedFilters {
  const same = Object.keys(filters).filter(
    (field) => toCanonicalJson(filters[field]) === toCanonicalJson(scan.filters[field]),
  );
  const changed = Object.entries(filters).filter(([field]) => !same.includes(field));
  return { f: Object.fromEntries(changed), k: same };
}

function unpackFilters(scan: CheckedScan, packed: Partial<PackedFilters> | null): RawFilters {
  const { f: changed, k: same } = packed ?? {};
  if (typeof changed !== 'object' || changed === null || Array.isArray(changed) || !Array.isArray(same))
    throw damaged();
  const filters: RawFilters = {};
  for (const field of same) filters[field] = scan.filters[field] ?? {};
  return { ...filters, ...changed };
}

function unpackLane(scan: CheckedScan, lane: Partial<PackedLane> | null): LaneState {
  const { b: recent, r: raised, w: window } = lane ?? {};
  if (typeof recent !== 'string') throw damaged();
  return { filters: unpackFilters(scan, lane), recent, raised: raised === true, window };
}

function damaged(): ArgumentError {
  return new ArgumentError('continuationToken', 'is damaged', 'Start the scan again without it.');
}
