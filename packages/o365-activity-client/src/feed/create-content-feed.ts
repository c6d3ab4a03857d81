import { ArgumentError, parseTime } from '@repo/client-core';
import type { Delta, SavedFeed } from '@repo/client-core';
import { clamp, earliestStart, firstPiece, retentionFloor } from '../content/windows.js';
import { parseServiceTime } from '../http/time.js';
import { typesOf } from '../models.js';
import type { ContentBlob, ContentType } from '../models.js';
import { readCursor, writeCursor } from './feed-cursor.js';
import type { FeedPosition } from './feed-cursor.js';
import type {
  BlobUnit,
  ContentFeed,
  ContentFeedListing,
  ContentFeedOptions,
  ContentFeedQuery,
} from './feed-types.js';
import { UnitLedger } from './unit-ledger.js';

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
  const { overlapInMs = 2 * hour, pollIntervalInMs = 60_000 } = options;
  if (!(overlapInMs >= 0 && overlapInMs <= maxOverlapInMs))
    throw new ArgumentError('options.overlapInMs', `is ${overlapInMs}`, 'Give 0 to 72,000,000 (20 hours).');
  if (!(pollIntervalInMs > 0))
    throw new ArgumentError('options.pollIntervalInMs', `is ${pollIntervalInMs}`, 'Give more than 0.');
  const feed = new FeedState(saved, options, { overlapInMs, pollIntervalInMs });
  return {
    next: (now) => feed.next(now),
    listed: (listing) => feed.addListed(listing),
    announce: (units) => feed.addAnnounced(units),
    ack: (unitId) => feed.settle(unitId),
    fail: (unitId) => feed.settle(unitId),
    checkpoint: () => feed.delta([]),
    postpone: ({ contentType }, until) => feed.postpone(contentType, until),
  };
}

class FeedState {
  readonly #startFrom: ContentFeedOptions['startFrom'];
  readonly #overlapInMs: number;
  readonly #pollIntervalInMs: number;
  readonly #savedPositions: ReadonlyMap<ContentType, FeedPosition>;
  readonly #types = new Map<ContentType, TypeState>();
  readonly #ledger: UnitLedger;

  constructor(
    saved: SavedFeed,
    { startFrom, contentTypes }: ContentFeedOptions,
    pace: { overlapInMs: number; pollIntervalInMs: number },
  ) {
    this.#startFrom = startFrom;
    this.#overlapInMs = pace.overlapInMs;
    this.#pollIntervalInMs = pace.pollIntervalInMs;
    this.#savedPositions =
      saved.cursor === undefined ? new Map<ContentType, FeedPosition>() : readCursor(saved.cursor);
    for (const type of typesOf(contentTypes, 'options.contentTypes')) {
      const position = this.#savedPositions.get(type) ?? statedStart(startFrom, type);
      this.#types.set(type, { ...(position && { position }), notBefore: -Infinity });
    }
    this.#ledger = new UnitLedger(saved.seen ?? []);
  }

  next(now: number): { list: ContentFeedQuery } | { waitUntil: number } {
    this.#ledger.forget(now);
    for (;;) {
      let waitUntil = Infinity;
      let best: { type: ContentType; state: TypeState; position: FeedPosition } | undefined;
      for (const [type, state] of this.#types) {
        waitUntil = Math.min(waitUntil, state.notBefore);
        if (state.notBefore > now) continue;
        const position = this.#currentPosition(state, now);
        // The type that is furthest behind.
        if (!best || position.through < best.position.through) best = { type, state, position };
      }
      if (!best) return { waitUntil };
      const list = this.#query(best.type, best.position, now);
      const upToDate = !list || parseTime(list.to, 'to') >= wholeSecond(now);
      if (upToDate) best.state.notBefore = now + this.#pollIntervalInMs;
      if (list) return { list };
    }
  }

  #currentPosition(state: TypeState, now: number): FeedPosition {
    const oldest = this.#startFrom === 'oldest';
    const start = oldest ? retentionFloor(now) : wholeSecond(now);
    if (!state.position) state.unlisted = oldest;
    if (!state.position || (state.unlisted && state.position.through < start))
      state.position = { through: start, from: start };
    // Saved by a machine whose clock was ahead: list again what has become available since.
    if (state.position.through > now) state.position = { ...state.position, through: wholeSecond(now) };
    return state.position;
  }

  /** What to list of one type; undefined when nothing can be new yet. */
  #query(contentType: ContentType, position: FeedPosition, now: number): ContentFeedQuery | undefined {
    const end = wholeSecond(now);
    const { through, from = -Infinity } = position;
    const start = wholeSecond(Math.max(through - this.#overlapInMs, from, earliestStart(through, now)));
    if (start >= end) return undefined;
    const { gap } = clamp({ start: through, end: Math.max(end, through + 1000) }, now);
    const piece = firstPiece({ start, end });
    return { contentType, from: iso(piece.start), to: iso(piece.end), ...(gap && { gap }) };
  }

  addListed({ query, blobs, listedAt = Infinity }: ContentFeedListing): BlobUnit[] {
    const { contentType, from, to } = query;
    const state = this.#types.get(contentType);
    const end = Math.min(parseTime(to, 'query.to'), wholeSecond(listedAt));
    if (state) state.unlisted = false;
    if (state?.position && end > state.position.through) state.position = { ...state.position, through: end };
    return this.#ledger.add(
      blobs.map((blob) => ({
        unit: { id: blob.contentId, blob },
        type: contentType,
        created: parseServiceTime(blob.contentCreated) ?? parseTime(from, 'query.from'),
      })),
    );
  }

  addAnnounced(units: readonly BlobUnit[]): BlobUnit[] {
    return this.#ledger.add(
      units.map((unit) => {
        const type = this.#typeOf(unit.blob);
        const fallback = this.#types.get(type)?.position?.through ?? 0;
        return { unit, type, created: parseServiceTime(unit.blob.contentCreated) ?? fallback };
      }),
    );
  }

  /** The type as this feed names it: the service may use another case. */
  #typeOf({ contentType }: ContentBlob): ContentType {
    const name = contentType.toLowerCase();
    return [...this.#types.keys()].find((type) => type.toLowerCase() === name) ?? contentType;
  }

  settle(unitId: string): Delta {
    return this.delta([this.#ledger.settle(unitId)]);
  }

  delta(add: Delta['add']): Delta {
    // Types this feed was not asked for keep their positions.
    const positions = new Map(this.#savedPositions);
    for (const [type, { position }] of this.#types) if (position) positions.set(type, position);
    for (const [type, created] of this.#ledger.oldestPending()) {
      const position = positions.get(type);
      if (position && created < position.through) positions.set(type, { ...position, through: created });
    }
    return { cursor: writeCursor(positions), add, expire: this.#ledger.takeExpired() };
  }

  postpone(contentType: ContentType, until: number): void {
    const state = this.#types.get(contentType);
    if (state) state.notBefore = until;
  }
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
  const through = wholeSecond(parseTime(startFrom, 'options.startFrom'));
  return { through, from: through };
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
