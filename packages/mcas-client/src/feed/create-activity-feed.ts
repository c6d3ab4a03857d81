import { ArgumentError, createFingerprint } from '@repo/client-core';
import type { CompleteUntil, Delta, Feed, SavedFeed, SeenEntry } from '@repo/client-core';
import { activityFilterRules } from '../filters/activity-filters.js';
import { getTimeBounds } from '../filters/time-bounds.js';
import { toRawFilters } from '../filters/to-raw-filters.js';
import type { ScanQuery } from '../scan/scan-query.js';
import { joinWindow, readCursor, writeCursor } from './feed-cursor.js';
import type { FeedCursor } from './feed-cursor.js';
import { checkFeed } from './feed-options.js';
import type { ActivityFeedOptions, CheckedFeed } from './feed-options.js';
import { RecordLedger } from './record-ledger.js';

/** An ingestion-time window that is closed: it can be read again, and gives the same. */
export interface ActivityWindow {
  /** The same window has the same id in every process. */
  id: string;
  /** Ms since the epoch, inclusive; reaches back over the overlap, but not before the feed's start. */
  from: number;
  /** Ms since the epoch, exclusive. */
  to: number;
}

/** A record as the ledger sees it. */
export interface SavedRecord {
  _id: string;
  created?: number;
}

/** The feed of activities: windows of ingestion time, and a ledger of record ids for what they share. */
export interface ActivityFeed extends Feed<ScanQuery, readonly ActivityWindow[], ActivityWindow> {
  /** The scan that reads one window. */
  query(window: ActivityWindow): ScanQuery;
  /**
   * Of these records the ones that the ledger does not hold, each once. They are remembered, and named in the delta
   * that is to be stored together with them. `late` counts those that no window without a sweep would have found.
   */
  fresh<R extends SavedRecord>(records: readonly R[]): { items: R[]; late: number; delta: Delta };
  /** The position as it is. */
  checkpoint(): Delta;
  /** What is certain; undefined before the first `next`. */
  completeUntil(): CompleteUntil | undefined;
  /** How far back from the newest window sweeps reach, in ms: less than asked for when the ledger is full. */
  readonly reachInMs: number;
}

const dayInMs = 86_400_000;
/** Documented for activities; a first scan of that much takes hours. */
const retentionInMs = 180 * dayInMs;

/** The windows of a query that a feed's `next` returned. No request is needed: they are known. */
export function listWindows(query: ScanQuery): ActivityWindow[] {
  const { created } = query.filters ?? {};
  const { from, to } = getTimeBounds(created ?? {});
  if (!Number.isFinite(from) || !Number.isFinite(to))
    throw new ArgumentError(
      'query.filters.created',
      'has no two bounds',
      'Give the query that next() returned.',
    );
  return [{ id: `created:${from}-${to}`, from, to }];
}

/**
 * Decides which window of ingestion time comes next; synchronous, without I/O and clock. `next(now)` gives a query,
 * `listed(listWindows(query))` the windows that are new, `ack` what to store once a window's records are safe. `now` is
 * the service's time (`mcas.serverTime()`), and windows are read by `activities.scanWindow`: a machine's clock may be
 * ahead.
 */
export function createActivityFeed(saved?: SavedFeed, options: ActivityFeedOptions = {}): ActivityFeed {
  return new WindowFeed(saved, options);
}

class WindowFeed implements ActivityFeed {
  readonly #settings: CheckedFeed;
  readonly #options: ActivityFeedOptions;
  readonly #fingerprint: string;
  readonly #open = new Map<string, ActivityWindow>();
  readonly #sweeps = new Set<string>();
  readonly #ledger: RecordLedger;
  #cursor: FeedCursor | undefined;
  /** Everything before this has been planned, in this process. */
  #planned = -Infinity;

  constructor(saved: SavedFeed = {}, options: ActivityFeedOptions) {
    this.#settings = checkFeed(options);
    this.#options = options;
    const { filters, rawFilters } = options;
    this.#fingerprint = createFingerprint(toRawFilters(filters, activityFilterRules, rawFilters));
    if (saved.cursor !== undefined) {
      this.#cursor = readCursor(saved.cursor, this.#fingerprint);
      this.#planned = this.#cursor.through;
    }
    this.#ledger = new RecordLedger(saved.seen ?? []);
  }

  get reachInMs(): number {
    const { through = 0 } = this.#cursor ?? {};
    return Math.max(this.#settings.overlapInMs, through - this.#sweepFrom);
  }

  next(now: number): { list: ScanQuery } | { waitUntil: number } {
    const { settleDelayInMs, pollIntervalInMs, maxWindowInMs, overlapInMs } = this.#settings;
    const cursor = (this.#cursor ??= this.#begin(now));
    let from = Math.max(this.#planned, cursor.through);
    for (const [start, end] of cursor.done) if (start <= from) from = Math.max(from, end);
    this.#planned = from;
    const end = now - settleDelayInMs;
    if (end - from >= pollIntervalInMs) {
      const start = Math.max(from - overlapInMs, cursor.from ?? -Infinity);
      return { list: this.#toQuery(start, Math.min(end, from + maxWindowInMs)) };
    }
    // Sweeps wait until the head has caught up.
    const sweepAt = this.#sweepAt;
    const sweepTo = from - overlapInMs;
    if (sweepAt <= now && this.#sweepFrom < sweepTo && this.#open.size === 0) {
      this.#cursor = { ...cursor, sweptAt: now };
      const query = this.#toQuery(this.#sweepFrom, sweepTo);
      for (const { id } of listWindows(query)) this.#sweeps.add(id);
      return { list: query };
    }
    const headAt = from + pollIntervalInMs + settleDelayInMs;
    return { waitUntil: sweepAt > now ? Math.min(headAt, sweepAt) : headAt };
  }

  listed(windows: readonly ActivityWindow[]): ActivityWindow[] {
    const found = windows.filter(
      ({ id, to }) => !this.#open.has(id) && (this.#sweeps.has(id) || to > this.#planned),
    );
    for (const window of found) {
      this.#open.set(window.id, window);
      this.#planned = Math.max(this.#planned, window.to);
    }
    return found;
  }

  query({ from, to }: ActivityWindow): ScanQuery {
    return this.#toQuery(from, to);
  }

  fresh<R extends SavedRecord>(records: readonly R[]): { items: R[]; late: number; delta: Delta } {
    const add: SeenEntry[] = [];
    const settled = (this.#cursor?.through ?? -Infinity) - this.#settings.overlapInMs;
    let late = 0;
    const items = records.filter(({ _id, created }) => {
      if (typeof _id !== 'string') return true;
      if (this.#ledger.has(_id)) return false;
      const saved = created ?? Math.max(this.#planned, 0);
      if (saved < settled) late += 1;
      add.push(this.#ledger.add(_id, saved));
      return true;
    });
    return { items, late, delta: this.#toDelta(add) };
  }

  ack(unitId: string): Delta {
    const window = this.#open.get(unitId);
    if (!window)
      throw new ArgumentError('unitId', `'${unitId}' is not being read`, 'Acknowledge each window once.');
    this.#open.delete(unitId);
    if (!this.#sweeps.delete(unitId))
      this.#cursor = joinWindow(this.#cursor ?? { through: window.from, done: [] }, [window.from, window.to]);
    return this.#toDelta([]);
  }

  fail(unitId: string): Delta {
    return this.ack(unitId);
  }

  checkpoint(): Delta {
    return this.#toDelta([]);
  }

  completeUntil(): CompleteUntil | undefined {
    if (!this.#cursor) return undefined;
    const { overlapInMs, settleDelayInMs } = this.#settings;
    // The last window that reaches back to a record is read when it is at least that old.
    const time = new Date(this.#cursor.through - overlapInMs).toISOString();
    return { time, latenessInMs: overlapInMs + settleDelayInMs };
  }

  #begin(now: number): FeedCursor {
    const { startFrom = now - dayInMs, settleDelayInMs } = this.#settings;
    const start = startFrom === 'now' ? now : startFrom === 'oldest' ? now - retentionInMs : startFrom;
    const through = startFrom === 'now' ? start : Math.min(start, now - settleDelayInMs);
    this.#planned = through;
    return { through, done: [], from: through, floor: through };
  }

  get #sweepAt(): number {
    const { sweepReachInMs, sweepIntervalInMs } = this.#settings;
    if (sweepReachInMs === 0) return Infinity;
    return (this.#cursor?.sweptAt ?? this.#cursor?.from ?? -Infinity) + sweepIntervalInMs;
  }

  /** Where a sweep begins: never before what the ledger holds, or records would be handed out twice. */
  get #sweepFrom(): number {
    const { through = 0, from = -Infinity, floor } = this.#cursor ?? {};
    const { overlapInMs, sweepReachInMs } = this.#settings;
    return Math.max(from, floor ?? through - overlapInMs, through - overlapInMs - sweepReachInMs);
  }

  #toQuery(from: number, to: number): ScanQuery {
    const { filters, rawFilters } = this.#options;
    return {
      filters: { ...filters, created: { gte: from, lt: to } },
      rawFilters,
      sortField: 'created',
      sortDirection: 'asc',
    };
  }

  #toDelta(add: SeenEntry[]): Delta {
    const { overlapInMs, sweepReachInMs, maxSweptIds } = this.#settings;
    const cursor = this.#cursor ?? { through: 0, done: [] };
    // Windows to come begin no earlier: what was saved before cannot be met again.
    const head = cursor.through - overlapInMs;
    const kept = sweepReachInMs === 0 ? head : Math.min(head, this.#ledger.getFloor(maxSweptIds));
    const reach = Math.max(head - sweepReachInMs, kept === -Infinity ? -Infinity : kept);
    const floor = Math.max(cursor.floor ?? head, reach);
    if (this.#cursor) this.#cursor = { ...cursor, floor };
    return {
      cursor: writeCursor({ ...cursor, floor }, this.#fingerprint),
      add,
      expire: this.#ledger.expire(Math.min(floor, head)),
    };
  }
}
