import { ArgumentError, SweepBudget, parseTime } from '@repo/client-core';
import type { CompleteUntil, Delta, SavedFeed } from '@repo/client-core';
import { parseServiceTime } from '../http/time.js';
import { typesOf } from '../models.js';
import type { ContentBlob, ContentType } from '../models.js';
import { ContentLane, toWholeSecond } from './content-lane.js';
import { readCursor, writeCursor } from './feed-cursor.js';
import type { FeedPosition } from './feed-cursor.js';
import { readFeedOptions } from './feed-options.js';
import type { FeedSettings } from './feed-options.js';
import type {
  BlobUnit,
  ContentFeed,
  ContentFeedListing,
  ContentFeedOptions,
  ContentFeedQuery,
  ContentTypeStatus,
} from './feed-types.js';
import { UnitLedger } from './unit-ledger.js';

/** Sweeps wait until no type is due at its head, but for no more listings: a busy head must not end them. */
const maxHeadStreak = 20;

/**
 * Decides what to list next and which blobs are new. Synchronous, without I/O and without a clock: the caller
 * lists, reads and acknowledges, and keeps the deltas. Pass the service's time.
 */
export function createContentFeed(saved: SavedFeed = {}, options: ContentFeedOptions = {}): ContentFeed {
  const feed = new FeedState(saved, options.contentTypes, readFeedOptions(options));
  return {
    next: (now) => feed.next(now),
    listed: (listing) => feed.addListed(listing),
    announce: (units) => feed.addAnnounced(units),
    ack: (unitId) => feed.settle(unitId),
    fail: (unitId) => feed.settle(unitId),
    checkpoint: () => feed.delta([]),
    postpone: (query, until) => feed.postpone(query, until),
    shiftTime: (byMs) => feed.shiftTime(byMs),
    completeUntil: () => feed.completeUntil(),
    status: () => feed.status(),
  };
}

class FeedState {
  readonly #overlapInMs: number;
  readonly #savedPositions: ReadonlyMap<ContentType, FeedPosition>;
  readonly #lanes = new Map<ContentType, ContentLane>();
  readonly #ledger: UnitLedger;
  readonly #budget: SweepBudget;
  /** Listings of the head since it was last up to date. */
  #headStreak = 0;

  constructor(
    saved: SavedFeed,
    contentTypes: readonly ContentType[] | undefined,
    { startFrom, pace, maxRequestsPerMinute }: FeedSettings,
  ) {
    this.#overlapInMs = pace.overlapInMs;
    this.#budget = new SweepBudget(maxRequestsPerMinute);
    this.#savedPositions =
      saved.cursor === undefined ? new Map<ContentType, FeedPosition>() : readCursor(saved.cursor);
    for (const type of typesOf(contentTypes, 'options.contentTypes')) {
      const position = this.#savedPositions.get(type) ?? statedStart(startFrom, type);
      const settings = { startsAtOldest: startFrom === 'oldest', pace };
      this.#lanes.set(type, new ContentLane(type, position, settings));
    }
    this.#ledger = new UnitLedger(saved.seen ?? []);
  }

  next(now: number): { list: ContentFeedQuery } | { waitUntil: number } {
    this.#ledger.forget(now);
    // All starts are fixed by the first call, also of the types whose turn comes later.
    for (const lane of this.#lanes.values()) lane.locate(now);
    const list =
      (this.#headStreak >= maxHeadStreak ? this.#planSweep(now) : undefined) ??
      this.#planHead(now) ??
      this.#planSweep(now);
    this.#headStreak = list && !list.sweep ? this.#headStreak + 1 : 0;
    return list ? { list } : { waitUntil: this.#wakeUpTime(now) };
  }

  /** The type that is furthest behind, of those that may be asked for. */
  #planHead(now: number): ContentFeedQuery | undefined {
    for (;;) {
      const due = [...this.#lanes.values()].filter(({ notBefore }) => notBefore <= now);
      const [first] = due.toSorted((a, b) => a.locate(now).through - b.locate(now).through);
      const list = first?.planHead(now);
      if (list || !first) return list;
    }
  }

  #planSweep(now: number): ContentFeedQuery | undefined {
    if (this.#budget.readyAt(now) > now) return undefined;
    for (const lane of this.#lanes.values()) {
      const list = lane.sweepDueAt() <= now ? lane.planSweep(now) : undefined;
      if (list) return list;
    }
    return undefined;
  }

  #wakeUpTime(now: number): number {
    const lanes = [...this.#lanes.values()];
    const head = Math.min(...lanes.map(({ notBefore }) => notBefore));
    const sweep = Math.max(Math.min(...lanes.map((lane) => lane.sweepDueAt())), this.#budget.readyAt(now));
    return Math.min(head, sweep);
  }

  addListed({ query, blobs, listedAt, requests = 1 }: ContentFeedListing): BlobUnit[] {
    const { contentType } = query;
    const from = parseTime(query.from, 'query.from');
    const lane = this.#lanes.get(contentType);
    const units = blobs.map((blob) => ({ id: blob.contentId, blob }));
    const wasUpToDate = listedAt !== undefined && (lane?.isUpToDate(listedAt) ?? false);
    if (query.sweep) this.#budget.spend(requests);
    const fresh = this.#add(units, () => ({ type: contentType, fallback: from }));
    if (wasUpToDate)
      for (const { created } of fresh) lane?.lateness.add(Math.max(0, listedAt - created), listedAt);
    lane?.addListed(query, parseTime(query.to, 'query.to'), listedAt);
    return fresh.map(({ unit }) => unit);
  }

  addAnnounced(units: readonly BlobUnit[]): BlobUnit[] {
    const added = this.#add(units, (blob) => {
      const type = this.#findType(blob);
      return { type, fallback: this.#lanes.get(type)?.position?.through ?? 0 };
    });
    return added.map(({ unit }) => unit);
  }

  #add(
    units: readonly BlobUnit[],
    describe: (blob: ContentBlob) => { type: ContentType; fallback: number },
  ): ReturnType<UnitLedger['add']> {
    const fresh = this.#ledger.add(
      units.map((unit) => {
        const { type, fallback } = describe(unit.blob);
        const created = parseServiceTime(unit.blob.contentCreated) ?? fallback;
        return { unit, type, created, late: created < (this.#completeTime(type) ?? -Infinity) };
      }),
    );
    for (const { type, late } of fresh) {
      const lane = this.#lanes.get(type);
      if (late && lane) lane.lateArrivals += 1;
    }
    return fresh;
  }

  /** The type as this feed names it: the service may use another case. */
  #findType({ contentType }: ContentBlob): ContentType {
    const name = contentType.toLowerCase();
    return [...this.#lanes.keys()].find((type) => type.toLowerCase() === name) ?? contentType;
  }

  settle(unitId: string): Delta {
    return this.delta([this.#ledger.settle(unitId)]);
  }

  delta(add: Delta['add']): Delta {
    // Types this feed was not asked for keep their positions.
    const positions = new Map(this.#savedPositions);
    for (const [type, { position }] of this.#lanes) if (position) positions.set(type, position);
    for (const [type, created] of this.#ledger.oldestPending()) {
      const position = positions.get(type);
      if (position && created < position.through) positions.set(type, { ...position, through: created });
    }
    return { cursor: writeCursor(positions), add, expire: this.#ledger.takeExpired() };
  }

  postpone(query: ContentFeedQuery, until: number): void {
    this.#lanes.get(query.contentType)?.postpone(query, until);
  }

  shiftTime(byMs: number): void {
    for (const lane of this.#lanes.values()) lane.shiftTime(byMs);
  }

  completeUntil(): CompleteUntil | undefined {
    const times = [...this.#lanes.keys()].map((type) => this.#completeTime(type));
    const known = times.filter((time) => time !== undefined);
    return known.length < times.length ? undefined : this.#toCompleteUntil(Math.min(...known));
  }

  status(): ContentTypeStatus[] {
    return [...this.#lanes].map(([contentType, lane]) => {
      const time = this.#completeTime(contentType);
      return {
        contentType,
        ...(time !== undefined && { completeUntil: this.#toCompleteUntil(time) }),
        lateArrivals: lane.lateArrivals,
        lateness: lane.lateness.read(),
      };
    });
  }

  #toCompleteUntil(time: number): CompleteUntil {
    return { time: new Date(time).toISOString(), latenessInMs: this.#overlapInMs };
  }

  #completeTime(type: ContentType): number | undefined {
    const time = this.#lanes.get(type)?.completeTime();
    const unread = this.#ledger.oldestTimely(type);
    return time === undefined || unread === undefined ? time : Math.min(time, unread);
  }
}

/** Where a content type begins of which nothing is saved. */
function statedStart(startFrom: FeedSettings['startFrom'], type: ContentType): FeedPosition | undefined {
  if (startFrom === undefined)
    throw new ArgumentError(
      'options.startFrom',
      `is needed: nothing is saved for ${type}`,
      "Say where to start: 'oldest', 'now' or a time.",
    );
  if (startFrom === 'oldest' || startFrom === 'now') return undefined;
  const through = toWholeSecond(parseTime(startFrom, 'options.startFrom'));
  return { through, from: through };
}
