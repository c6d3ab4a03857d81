import { LatenessMeter } from '@repo/client-core';
import { clamp, earliestStart, firstPiece, retentionFloor } from '../content/windows.js';
import type { ContentType } from '../models.js';
import type { FeedPosition, SweepProgress } from './feed-cursor.js';
import type { ContentFeedQuery } from './feed-types.js';

const second = 1000;
const hour = 3_600_000;
const day = 24 * hour;
/** The service answers for 24 hours at most: the overlap must leave room for what is new. */
export const maxOverlapInMs: number = 20 * hour;

/** The pace of a feed; all times in milliseconds. */
export interface FeedPace {
  overlapInMs: number;
  pollIntervalInMs: number;
  /** Undefined: no sweeps. */
  lastDayIntervalInMs: number | undefined;
  retentionIntervalInMs: number | undefined;
}

/** One content type of a feed: how far it is, and what of it to list next. */
export class ContentLane {
  readonly type: ContentType;
  readonly lateness: LatenessMeter = new LatenessMeter();
  lateArrivals = 0;
  readonly #startsAtOldest: boolean;
  readonly #pace: FeedPace;
  #position: FeedPosition | undefined;
  #notBefore = -Infinity;
  #sweepNotBefore = -Infinity;
  /** Starts at the oldest, and nothing of it has been listed: the start moves with what the service still lists. */
  #unlisted = false;
  /** The service's time of the last listing that reached its present. */
  #caughtUpAt: number | undefined;
  #listedAt: number | undefined;

  constructor(
    type: ContentType,
    position: FeedPosition | undefined,
    settings: { startsAtOldest: boolean; pace: FeedPace },
  ) {
    this.type = type;
    this.#position = position;
    this.#startsAtOldest = settings.startsAtOldest;
    this.#pace = settings.pace;
  }

  get position(): FeedPosition | undefined {
    return this.#position;
  }

  get notBefore(): number {
    return this.#notBefore;
  }

  /** How far the type is; fixes the start of a first run. */
  locate(now: number): FeedPosition {
    const start = this.#startsAtOldest ? retentionFloor(now) : toWholeSecond(now);
    if (!this.#position) this.#unlisted = this.#startsAtOldest;
    if (!this.#position || (this.#unlisted && this.#position.through < start))
      this.#position = { through: start, from: start };
    if (this.#position.lastDaySweptAt === undefined)
      this.#position = { ...this.#position, lastDaySweptAt: now, retentionSweptAt: now };
    // Saved by a machine whose clock was ahead: list again what has become available since.
    if (this.#position.through > now) this.#position = { ...this.#position, through: toWholeSecond(now) };
    return this.#position;
  }

  /** What is new at the head; undefined when nothing can be new yet. */
  planHead(now: number): ContentFeedQuery | undefined {
    const { through, from = -Infinity } = this.locate(now);
    const end = toWholeSecond(now);
    const start = toWholeSecond(Math.max(through - this.#overlapInMs(), from, earliestStart(through, now)));
    const piece = firstPiece({ start, end });
    if (start >= end || piece.end >= end) this.#notBefore = now + this.#pace.pollIntervalInMs;
    if (start >= end) return undefined;
    const { gap } = clamp({ start: through, end: Math.max(end, through + second) }, now);
    return { ...this.#toQuery(piece), sweep: false, ...(gap && { gap }) };
  }

  /** From when on a sweep is due. */
  sweepDueAt(): number {
    const { lastDayIntervalInMs, retentionIntervalInMs } = this.#pace;
    const position = this.#position;
    if (!position || lastDayIntervalInMs === undefined || retentionIntervalInMs === undefined)
      return Infinity;
    const { lastDaySweptAt = -Infinity, retentionSweptAt = -Infinity, sweep } = position;
    const due = sweep
      ? -Infinity
      : Math.min(lastDaySweptAt + lastDayIntervalInMs, retentionSweptAt + retentionIntervalInMs);
    return Math.max(due, this.#sweepNotBefore);
  }

  /** The next piece of a sweep: what the head does not list again by itself. */
  planSweep(now: number): ContentFeedQuery | undefined {
    const position = this.locate(now);
    const sweep = position.sweep ?? this.#startSweep(position, now);
    const next = Math.max(sweep.next, retentionFloor(now));
    if (next >= sweep.end) {
      this.#endSweep(sweep);
      return undefined;
    }
    this.#position = { ...position, sweep: { ...sweep, next } };
    return { ...this.#toQuery(firstPiece({ start: next, end: sweep.end })), sweep: true };
  }

  #startSweep({ through, from = 0, retentionSweptAt = -Infinity }: FeedPosition, now: number): SweepProgress {
    const whole = retentionSweptAt + (this.#pace.retentionIntervalInMs ?? Infinity) <= now;
    const reach = whole ? retentionFloor(now) : now - day;
    return {
      whole,
      startedAt: now,
      next: toWholeSecond(Math.max(reach, from)),
      end: toWholeSecond(through - this.#overlapInMs()),
    };
  }

  #endSweep({ startedAt, whole }: SweepProgress): void {
    const { sweep: _done, ...rest } = this.#position as FeedPosition;
    this.#position = { ...rest, lastDaySweptAt: startedAt, ...(whole && { retentionSweptAt: startedAt }) };
  }

  /** A whole listing of a query moves what the query was about. */
  addListed(query: ContentFeedQuery, to: number, listedAt: number | undefined): void {
    const position = this.#position;
    if (!position) return;
    const { sweep } = position;
    if (query.sweep) {
      if (!sweep) return;
      this.#position = { ...position, sweep: { ...sweep, next: Math.max(sweep.next, to) } };
      if (to >= sweep.end) this.#endSweep(sweep);
      return;
    }
    this.#unlisted = false;
    const end = Math.min(to, toWholeSecond(listedAt ?? Infinity));
    if (end > position.through) this.#position = { ...position, through: end };
    this.#listedAt = listedAt;
    if (listedAt !== undefined && listedAt - end < this.#pace.pollIntervalInMs) this.#caughtUpAt = listedAt;
  }

  /** Whether what a listing finds for the first time has become visible since the one before. */
  isUpToDate(listedAt: number): boolean {
    return this.#caughtUpAt !== undefined && listedAt - this.#caughtUpAt <= 5 * this.#pace.pollIntervalInMs;
  }

  /**
   * Before this time nothing is missing that the service listed within the overlap: a listing asks back to the overlap
   * before the one that preceded it. Ms since the epoch.
   */
  completeTime(): number | undefined {
    const position = this.#position;
    if (!position || (this.#unlisted && this.#listedAt === undefined)) return undefined;
    return Math.min(position.through, (this.#listedAt ?? position.through) - this.#pace.overlapInMs);
  }

  /** A listing of this type failed. */
  postpone(query: ContentFeedQuery, until: number): void {
    this.#sweepNotBefore = until;
    if (!query.sweep) this.#notBefore = until;
  }

  /** The time it was given was wrong by so much. */
  shiftTime(byMs: number): void {
    this.#notBefore += byMs;
    this.#sweepNotBefore += byMs;
    if (this.#caughtUpAt !== undefined) this.#caughtUpAt += byMs;
  }

  /** Grows with what is seen to come late, so that it is found by the next listing and not by the next sweep. */
  #overlapInMs(): number {
    const usual = this.lateness.quantile(0.99) ?? 0;
    return Math.min(Math.max(this.#pace.overlapInMs, usual), maxOverlapInMs);
  }

  #toQuery({ start, end }: { start: number; end: number }): Omit<ContentFeedQuery, 'sweep'> {
    return { contentType: this.type, from: toIso(start), to: toIso(end) };
  }
}

export function toWholeSecond(ms: number): number {
  return Math.floor(ms / second) * second;
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
