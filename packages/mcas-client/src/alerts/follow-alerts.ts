import { ArgumentError } from '@repo/client-core';
import type { Clock, Delta, OperationOptions, Page, PagedAsyncIterable, SavedFeed } from '@repo/client-core';
import type { AlertListQuery } from '../resources/alerts.js';
import { canonical, fingerprint } from '../filters/fingerprint.js';
import type { AlertFilters } from '../filters/alert-filters.js';
import type { RawFilters } from '../filters/operators.js';
import type { ListPage } from '../lists/list-pages.js';
import type { Alert } from '../models/alert.js';
import { checkStartFrom } from '../feed/start-time.js';

export interface FollowAlertsOptions extends OperationOptions {
  /** Which alerts; without `date` and `resolutionDate`, which following sets. */
  filters?: Omit<AlertFilters, 'date' | 'resolutionDate'>;
  rawFilters?: RawFilters;
  /** Where an earlier run ended: its last cursor and its ledger. */
  saved?: SavedFeed;
  /** Where a first run begins, ms since the epoch or a Date. Default: 24 hours before now. */
  startFrom?: number | Date;
  /**
   * Alerts of so long before are looked at again each time: late ones are found, and changes of any field. Older ones
   * are seen again only when they are resolved. Default 24 hours.
   */
  overlapInMs?: number;
  /** Default 5 minutes; each poll costs two requests when nothing has happened. */
  pollIntervalInMs?: number;
}

/** Alerts that are new, or have changed since they were handed out. Asking for the next page says this one is safe. */
export interface AlertPage extends Page<Alert> {
  cursor: string;
  delta: Delta;
}

type List = (query: AlertListQuery, options: OperationOptions) => PagedAsyncIterable<Alert, ListPage<Alert>>;

const dayInMs = 86_400_000;
/** Before the service existed. */
const earliest = Date.UTC(2000, 0, 1);
const version = 1;

/** For ever: ends by `abortSignal`, an error, or leaving the loop. */
export async function* followAlerts(
  list: List,
  clock: Clock,
  options: FollowAlertsOptions,
): AsyncGenerator<AlertPage, void, undefined> {
  const { filters, rawFilters, saved = {}, overlapInMs = dayInMs, pollIntervalInMs = 300_000 } = options;
  const { abortSignal, timeoutInMs, maxRetries } = options;
  for (const name of ['date', 'resolutionDate'])
    for (const [path, given] of Object.entries({ filters, rawFilters }))
      if (given && Object.hasOwn(given, name))
        throw new ArgumentError(`options.${path}.${name}`, 'is set by following', 'Give startFrom instead.');
  if (!(overlapInMs >= 0))
    throw new ArgumentError('options.overlapInMs', `is ${overlapInMs}`, 'Give 0 or more.');
  if (!(pollIntervalInMs > 0))
    throw new ArgumentError('options.pollIntervalInMs', `is ${pollIntervalInMs}`, 'Give more than 0.');
  const calls: OperationOptions = {
    ...(abortSignal && { abortSignal }),
    ...(timeoutInMs !== undefined && { timeoutInMs }),
    ...(maxRetries !== undefined && { maxRetries }),
  };
  const print = fingerprint({ filters, rawFilters });
  let place: Place =
    saved.cursor === undefined
      ? firstPlace(options.startFrom ?? clock.now() - dayInMs)
      : readCursor(saved.cursor, print);
  /** By id the state that was handed out last: an alert may come back to an earlier one. */
  const seen = new Map<string, { state: string; expires: number }>();
  for (const { id, expires } of saved.seen ?? []) {
    const at = id.lastIndexOf('#');
    seen.set(id.slice(0, at), { state: id.slice(at + 1), expires });
  }

  /** Of a page what is new or changed, and what of it is to be remembered. */
  function changed(alerts: readonly Alert[], expires: number): { items: Alert[]; delta: Delta } {
    const delta: Delta = { cursor: writeCursor(place, print), add: [], expire: [] };
    const items = alerts.filter((alert) => {
      const state = fingerprint(canonical(alert));
      const last = seen.get(alert._id);
      seen.set(alert._id, { state, expires });
      if (last?.state === state) return false;
      if (last) delta.expire.push(`${alert._id}#${last.state}`);
      delta.add.push({ id: `${alert._id}#${state}`, expires });
      return true;
    });
    return { items, delta };
  }

  const byDate = (more: AlertFilters, since: number): AsyncIterable<ListPage<Alert>> =>
    list(
      {
        ...(rawFilters && { rawFilters }),
        sortField: 'date',
        sortDirection: 'asc',
        filters: { ...filters, ...more, date: { gte: since } },
      },
      calls,
    ).byPage();

  for (;;) {
    abortSignal?.throwIfAborted();
    const now = clock.now();
    const since = Math.max(place.through - overlapInMs, place.from);
    // As long as an alert can be listed again by one of the two.
    const expires = now + overlapInMs + dayInMs;
    // Resolved ones may be of any time.
    for (const pages of [byDate({}, since), byDate({ resolutionDate: { gte: since } }, earliest)])
      for await (const page of pages) {
        const { items, delta } = changed(page.items, expires);
        if (items.length > 0) yield { items, cursor: delta.cursor, delta };
      }
    place = { ...place, through: now };
    const gone = [...seen].filter(([, one]) => one.expires < now);
    for (const [id] of gone) seen.delete(id);
    const expire = gone.map(([id, { state }]) => `${id}#${state}`);
    const cursor = writeCursor(place, print);
    yield { items: [], cursor, delta: { cursor, add: [], expire } };
    await clock.sleep(pollIntervalInMs, abortSignal);
  }
}

interface Place {
  /** Everything up to here has been looked at. */
  through: number;
  /** Where the first run began: nothing older is looked at. */
  from: number;
}

function firstPlace(startFrom: number | Date): Place {
  const start = checkStartFrom(startFrom);
  return { through: start, from: start };
}

function writeCursor(place: Place, query: string): string {
  return JSON.stringify({ v: version, q: query, ...place });
}

function readCursor(text: string, query: string): Place {
  const saved = parsed(text);
  if (typeof saved?.through !== 'number' || saved.v !== version)
    throw new ArgumentError('saved.cursor', 'is not a cursor of alerts.follow', 'Start anew without it.');
  if (saved.q !== query)
    throw new ArgumentError(
      'saved.cursor',
      'belongs to other filters',
      'Keep one cursor for each set of filters.',
    );
  return { through: saved.through, from: typeof saved.from === 'number' ? saved.from : -Infinity };
}

function parsed(text: string): { v?: unknown; q?: unknown; through?: unknown; from?: unknown } | null {
  try {
    return JSON.parse(text) as { through?: unknown } | null;
  } catch {
    return null;
  }
}
