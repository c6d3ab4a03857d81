import { ArgumentError } from '@repo/client-core';
import type { ContentType } from '../models.js';

/** How far a content type is, in ms since the epoch. */
export interface FeedPosition {
  /** Everything that became available before has been dealt with, but for what comes late. */
  through: number;
  /** The stated start: what became available before was never wanted. */
  from?: number;
}

/** JSON, versioned: `{"v":1,"types":{"Audit.General":{"through":1763625600000}}}`. */
export function writeCursor(positions: ReadonlyMap<ContentType, FeedPosition>): string {
  return JSON.stringify({ v: 1, types: Object.fromEntries(positions) });
}

export function readCursor(cursor: string): Map<ContentType, FeedPosition> {
  const positions = new Map<ContentType, FeedPosition>();
  try {
    const { v, types } = JSON.parse(cursor) as { v: unknown; types: Record<string, FeedPosition> };
    for (const [type, { through, from }] of Object.entries(types))
      positions.set(type, { through, ...(from !== undefined && { from }) });
    const sound = [...positions.values()].every(
      ({ through, from = 0 }) => Number.isFinite(through) && Number.isFinite(from),
    );
    if (v === 1 && sound) return positions;
  } catch {
    // Said below.
  }
  throw new ArgumentError(
    'saved.cursor',
    'was not written by this feed',
    'Pass the cursor of its last delta.',
  );
}
