import { ArgumentError } from '@repo/client-core';
import type { Delta, Feed, SavedFeed, SeenEntry } from '@repo/client-core';
import { toRawFilters } from '../filters/to-raw-filters.js';
import { activityFilterRules } from '../filters/activity-filters.js';
import { fingerprint } from '../filters/fingerprint.js';
import type { ScanQuery } from '../scan/scan-query.js';
import { join, readCursor, writeCursor } from './feed-cursor.js';
import type { FeedCursor } from './feed-cursor.js';
import { checkFeed } from './feed-options.js';
import type { ActivityFeedOptions } from './feed-options.js';

/** A closed span of the time at which records were saved: what can be read again, and gives the same. */
export interface ActivityWindow {
  /** The same span has the same id in every process. */
  id: string;
  /** Ms since the epoch, included; reaches back over the overlap, but not before the feed's start. */
  from: number;
  /** Ms since the epoch, included. */
  to: number;
}

/** A record as the ledger sees it. */
export interface SavedRecord {
  _id: string;
  created?: number;
}

/** The feed of activities: slices of `created` time, and a ledger of record ids for their overlaps. */
export interface ActivityFeed extends Feed<ScanQuery, readonly ActivityWindow[], ActivityWindow> {
  /** The scan that reads one slice. */
  query(slice: ActivityWindow): ScanQuery;
  /**
   * Of these records the ones that the ledger does not hold, each once. They are remembered, and named in the delta
   * that is to be stored together with them.
   */
  fresh<R extends SavedRecord>(records: readonly R[]): { items: R[]; delta: Delta };
}

const dayInMs = 86_400_000;

/** The slices of a query that a feed's `next` gave. No request is needed: the spans are known. */
export function listWindows(query: ScanQuery): ActivityWindow[] {
  const { gte, lte } = query.filters?.created ?? {};
  const from = Number(gte);
  const to = Number(lte);
  if (Number.isNaN(from) || Number.isNaN(to))
    throw new ArgumentError(
      'query.filters.created',
      'has no gte and lte',
      'Give the query that next() returned.',
    );
  return [{ id: windowId(from, to), from, to }];
}

function windowId(from: number, to: number): string {
  return `created:${from}-${to}`;
}

/**
 * Decides which span of saved time comes next; synchronous, without I/O and clock. `next(now)` gives a query,
 * `listed(listWindows(query))` the slices that are new, `ack` what to store once a slice's records are safe. `now` is the
 * service's time (`mcas.serverTime()`), and slices are read by `activities.scanWindow`: a machine's clock may be ahead.
 */
export function createActivityFeed(saved: SavedFeed = {}, options: ActivityFeedOptions = {}): ActivityFeed {
  const { startFrom, overlapInMs, settleDelayInMs, pollIntervalInMs, maxWindowInMs } = checkFeed(options);
  const { filters, rawFilters } = options;
  const print = fingerprint(toRawFilters(filters, activityFilterRules, rawFilters));
  let cursor: FeedCursor | undefined =
    saved.cursor === undefined ? undefined : readCursor(saved.cursor, print);
  /** Everything up to here has been planned, in this process. */
  let planned = cursor?.through;
  const open = new Map<string, ActivityWindow>();
  const seen = new Map<string, number>();
  for (const { id, expires } of saved.seen ?? []) seen.set(id, expires);

  const queryOf = (from: number, to: number): ScanQuery => ({
    filters: { ...filters, created: { gte: from, lte: to } },
    ...(rawFilters && { rawFilters }),
    sortField: 'created',
    sortDirection: 'asc',
  });

  function begin(now: number): FeedCursor {
    const through = Math.min(startFrom ?? now - dayInMs, now - settleDelayInMs);
    planned = through;
    return (cursor = { through, done: [], from: through });
  }

  function delta(add: SeenEntry[]): Delta {
    // Slices to come begin no earlier than this: what was saved before cannot be met again.
    const horizon = (cursor?.through ?? 0) - overlapInMs;
    const expire: string[] = [];
    for (const [id, expires] of seen) {
      if (expires >= horizon) continue;
      expire.push(id);
      seen.delete(id);
    }
    return { cursor: writeCursor(cursor ?? { through: 0, done: [] }, print), add, expire };
  }

  function finish(unitId: string): Delta {
    const slice = open.get(unitId);
    if (!slice)
      throw new ArgumentError('unitId', `'${unitId}' is not being read`, 'Acknowledge each slice once.');
    open.delete(unitId);
    cursor = join(cursor ?? { through: slice.from, done: [] }, [slice.from, slice.to]);
    return delta([]);
  }

  return {
    next(now) {
      cursor ??= begin(now);
      let from = Math.max(planned ?? -Infinity, cursor.through);
      for (const [start, end] of cursor.done) if (start <= from) from = Math.max(from, end);
      planned = from;
      const end = now - settleDelayInMs;
      if (end - from < pollIntervalInMs) return { waitUntil: from + pollIntervalInMs + settleDelayInMs };
      const start = Math.max(from - overlapInMs, cursor.from ?? -Infinity);
      return { list: queryOf(start, Math.min(end, from + maxWindowInMs)) };
    },
    listed(slices) {
      const fresh = slices.filter(({ id, to }) => !open.has(id) && to > (planned ?? -Infinity));
      for (const slice of fresh) {
        open.set(slice.id, slice);
        planned = Math.max(planned ?? slice.to, slice.to);
      }
      return fresh;
    },
    query: ({ from, to }) => queryOf(from, to),
    fresh(records) {
      const add: SeenEntry[] = [];
      const items = records.filter(({ _id, created }) => {
        if (typeof _id !== 'string') return true;
        if (seen.has(_id)) return false;
        const expires = created ?? planned ?? 0;
        seen.set(_id, expires);
        add.push({ id: _id, expires });
        return true;
      });
      return { items, delta: delta(add) };
    },
    ack: finish,
    fail: finish,
  };
}
