import { ArgumentError, createFingerprint, decodeToken, encodeToken } from '@repo/client-core';
import type { ContentType } from '../models.js';

/** A sweep that is under way: [next, end) is still to be listed, ms since the epoch. */
export interface SweepProgress {
  /** Of all that the service lists, as against the last day. */
  whole: boolean;
  next: number;
  end: number;
  startedAt: number;
}

/** How far a content type is, in ms since the epoch. */
export interface FeedPosition {
  /** Everything that became available before has been settled, but for what comes late. */
  through: number;
  /** The stated start: what became available before was never wanted. */
  from?: number | undefined;
  /** When the last sweeps of the last day and of the whole retention began. */
  lastDaySweptAt?: number | undefined;
  retentionSweptAt?: number | undefined;
  sweep?: SweepProgress | undefined;
}

/** The cursor belongs to a tenant, not to a query: types may be added and left out between runs. */
const binding = { kind: 'content.feed', version: 1, fingerprint: createFingerprint('content.feed') };

export function writeCursor(positions: ReadonlyMap<ContentType, FeedPosition>): string {
  return encodeToken({ ...binding, state: Object.fromEntries(positions) });
}

/** @throws ArgumentError for text that is no cursor of this feed. */
export function readCursor(cursor: string): Map<ContentType, FeedPosition> {
  const state = decodeToken(cursor, { ...binding, path: 'saved.cursor' });
  const entries = Object.entries((state ?? {}) as Record<ContentType, FeedPosition>);
  if (entries.every(([, position]) => isPosition(position))) return new Map(entries);
  throw new ArgumentError(
    'saved.cursor',
    'was not written by this feed',
    'Pass the cursor of its last delta.',
  );
}

function isPosition(position: FeedPosition | null): boolean {
  if (typeof position !== 'object' || position === null) return false;
  const { through, from = 0, lastDaySweptAt = 0, retentionSweptAt = 0, sweep } = position;
  const { next, end, startedAt } = sweep ?? { next: 0, end: 0, startedAt: 0 };
  return [through, from, lastDaySweptAt, retentionSweptAt, next, end, startedAt].every(Number.isFinite);
}
