import { ArgumentError } from '@repo/client-core';
import type { Delta, SavedFeed } from '@repo/client-core';
import { readCursor, writeCursor } from './feed-cursor.js';
import type { FeedPosition } from './feed-cursor.js';
import type { ContentFeed, BlobUnit, ContentFeedOptions, ContentFeedQuery } from './feed-types.js';
import { typesOf } from '../models.js';
import { createOldestFirst } from './oldest-first.js';
import type { OldestFirst } from './oldest-first.js';
import type { ContentBlob, ContentType } from '../models.js';
import { serviceTime, timeOf } from '../http/time.js';
import { clamp, earliestStart, firstPiece, retentionFloor, retentionInMs } from '../content/windows.js';

const hour = 3_600_000;
const maxOverlapInMs = 20 * hour;

interface TypeState {
  /** Undefined until the first `next`, when the start is `oldest` or `now`. */
  position?: FeedPosition;
  notBefore: number;
  /** Starts at the oldest, and nothing of it has been listed: the start moves with what the service still lists. */
  unlisted?: boolean;
}

/**
 * Decides what to list next and which blobs are new. Synchronous, without I/O and without a clock: the caller
 * lists, reads and acknowledges, and keeps the deltas.
 */
export function createContentFeed(saved: SavedFeed = {}, options: ContentFeedOptions = {}): ContentFeed {
  const { startFrom, overlapInMs = 2 * hour, pollIntervalInMs = 60_000 } = options;
  if (!(overlapInMs >= 0 && overlapInMs <= maxOverlapInMs))
    throw new ArgumentError('options.overlapInMs', `is ${overlapInMs}`, 'Give 0 to 72,000,000 (20 hours).');
  if (!(pollIntervalInMs > 0))
    throw new ArgumentError('options.pollIntervalInMs', `is ${pollIntervalInMs}`, 'Give more than 0.');
  const positions =
    saved.cursor === undefined ? new Map<ContentType, FeedPosition>() : readCursor(saved.cursor);
  const states = new Map<ContentType, TypeState>();
  for (const type of typesOf(options.contentTypes, 'options.contentTypes')) {
    const position = positions.get(type) ?? statedStart(startFrom, type);
    states.set(type, { ...(position && { position }), notBefore: -Infinity });
  }
  const seen = new Map<string, number>();
  for (const { id, expires } of saved.seen ?? []) seen.set(id, expires);
  const pending = new Map<string, { type: ContentType; created: number }>();
  /** What is pending of each type, by time. */
  const queues = new Map<ContentType, OldestFirst>();
  let forgotten: string[] = [];

  function unsettled(type: ContentType): OldestFirst {
    const queue = queues.get(type) ?? createOldestFirst();
    queues.set(type, queue);
    return queue;
  }

  function forget(now: number): void {
    for (const [id, expires] of seen) {
      if (expires > now) continue;
      seen.delete(id);
      forgotten.push(id);
    }
  }

  function delta(add: Delta['add']): Delta {
    // Types this feed was not asked for keep their positions.
    const safe = new Map(positions);
    for (const [type, { position }] of states) if (position) safe.set(type, position);
    for (const [type, queue] of queues) {
      const position = safe.get(type);
      const created = queue.oldest((id) => pending.has(id));
      if (position && created !== undefined && created < position.through)
        safe.set(type, { ...position, through: created });
    }
    const expire = forgotten;
    forgotten = [];
    return { cursor: writeCursor(safe), add, expire };
  }

  /** The type as this feed names it: an answer may spell it otherwise. */
  function typeOf({ contentType }: ContentBlob): ContentType {
    const name = contentType.toLowerCase();
    return [...states.keys()].find((type) => type.toLowerCase() === name) ?? contentType;
  }

  function take(
    units: readonly BlobUnit[],
    fallback: (blob: ContentBlob) => number,
    listed?: ContentType,
  ): BlobUnit[] {
    const fresh: { unit: BlobUnit; created: number }[] = [];
    for (const unit of units) {
      if (seen.has(unit.id) || pending.has(unit.id)) continue;
      const created = serviceTime(unit.blob.contentCreated) ?? fallback(unit.blob);
      const type = listed ?? typeOf(unit.blob);
      pending.set(unit.id, { type, created });
      unsettled(type).add(unit.id, created);
      fresh.push({ unit, created });
    }
    return fresh
      .toSorted((a, b) => a.created - b.created || (a.unit.id < b.unit.id ? -1 : 1))
      .map(({ unit }) => unit);
  }

  function settle(unitId: string): Delta {
    const one = pending.get(unitId);
    if (!one)
      throw new ArgumentError('unitId', 'is not under way', 'Settle a unit once, after it was listed.');
    pending.delete(unitId);
    // No blob older than the retention is listed any more: then its id can be forgotten.
    const expires = one.created + retentionInMs + hour;
    seen.set(unitId, expires);
    return delta([{ id: unitId, expires }]);
  }

  /** What to list of one type; undefined when nothing can be new yet. */
  function query(
    contentType: ContentType,
    position: FeedPosition,
    now: number,
  ): ContentFeedQuery | undefined {
    const end = wholeSecond(now);
    const { through, from = -Infinity } = position;
    const start = wholeSecond(Math.max(through - overlapInMs, from, earliestStart(through, now)));
    if (start >= end) return undefined;
    const { gap } = clamp({ start: through, end: Math.max(end, through + 1000) }, now);
    const piece = firstPiece({ start, end });
    return { contentType, startTime: iso(piece.start), endTime: iso(piece.end), ...(gap && { gap }) };
  }

  return {
    next(now) {
      forget(now);
      for (;;) {
        let best: { type: ContentType; state: TypeState; position: FeedPosition } | undefined;
        let waitUntil = Infinity;
        for (const [type, state] of states) {
          waitUntil = Math.min(waitUntil, state.notBefore);
          if (state.notBefore > now) continue;
          const start = startFrom === 'oldest' ? retentionFloor(now) : wholeSecond(now);
          if (!state.position) Object.assign(state, { unlisted: startFrom === 'oldest' });
          if (!state.position || (state.unlisted && state.position.through < start))
            state.position = { through: start, from: start };
          // Saved by a machine whose clock was ahead: what came since then is looked for again.
          if (state.position.through > now) state.position = { ...state.position, through: wholeSecond(now) };
          const { position } = state;
          // The one that is furthest behind.
          if (!best || position.through < best.position.through) best = { type, state, position };
        }
        if (!best) return { waitUntil };
        const list = query(best.type, best.position, now);
        const upToDate = !list || timeOf(list.endTime, 'endTime') >= wholeSecond(now);
        if (upToDate) best.state.notBefore = now + pollIntervalInMs;
        if (list) return { list };
      }
    },
    listed({ query: { contentType, startTime, endTime }, blobs, listedAt = Infinity }) {
      const state = states.get(contentType);
      const end = Math.min(timeOf(endTime, 'query.endTime'), wholeSecond(listedAt));
      if (state) state.unlisted = false;
      if (state?.position && end > state.position.through)
        state.position = { ...state.position, through: end };
      return take(
        blobs.map((blob) => ({ id: blob.contentId, blob })),
        () => timeOf(startTime, 'query.startTime'),
        contentType,
      );
    },
    announce: (units) => take(units, (blob) => states.get(typeOf(blob))?.position?.through ?? 0),
    ack: settle,
    fail: (unitId) => settle(unitId),
    checkpoint: () => delta([]),
    postpone({ contentType }, until) {
      const state = states.get(contentType);
      if (state) state.notBefore = until;
    },
  };
}

/** Where a content type begins of which nothing is saved. */
function statedStart(
  startFrom: ContentFeedOptions['startFrom'],
  type: ContentType,
): FeedPosition | undefined {
  if (startFrom === undefined)
    throw new ArgumentError(
      'options.startFrom',
      `is needed: nothing is saved for ${type}`,
      "Say where to start: 'oldest', 'now' or a time.",
    );
  if (startFrom === 'oldest' || startFrom === 'now') return undefined;
  const through = wholeSecond(timeOf(startFrom, 'options.startFrom'));
  return { through, from: through };
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
