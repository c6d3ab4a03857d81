import { ArgumentError } from '@repo/client-core';
import type { Clock, Delta, OperationOptions, Page, PagedAsyncIterable, SavedFeed } from '@repo/client-core';
import type { AlertListQuery } from './alerts.js';
import { canonical, fingerprint } from './fingerprint.js';
import type { AlertFilters } from './filters/other-filters.js';
import type { RawFilters } from './filters/operators.js';
import type { ListPage } from './list-pages.js';
import type { Alert } from './models/alert.js';

export interface FollowAlertsOptions extends OperationOptions {
  /** Which alerts; without `date` and `resolutionDate`, which following sets. */
  filters?: Omit<AlertFilters, 'date' | 'resolutionDate'>;
  rawFilters?: RawFilters;
  /** Where an earlier run ended: its last cursor and its ledger. */
  saved?: SavedFeed;
  /** Where a first run begins, ms since the epoch or a Date. Default: 24 hours before now. */
  startTime?: number | Date;
  /**
   * Alerts of so long before are looked at again each time: late ones are found, and changes of any field. Older ones
   * are seen again only when they are resolved. Default 24 hours.
   */
  overlapInMs?: number;
  /** Default 5 minutes; each poll costs two requests when nothing has happened. */
  pollIntervalInMs?: number;
}

/** Alerts that are new, or have changed since they were handed out. Asking for the next page says this one is safe. */
export interface FollowAlertsPage extends Page<Alert> {
  cursor: string;
  delta: Delta;
}

type List = (query: AlertListQuery, options: OperationOptions) => PagedAsyncIterable<Alert, ListPage<Alert>>;

const dayInMs = 86_400_000;
const version = 1;

/** For ever: ends by `abortSignal`, an error, or leaving the loop. */
export async function* followAlerts(
  list: List,
  clock: Clock,
  options: FollowAlertsOptions,
): AsyncGenerator<FollowAlertsPage, void, undefined> {
  const { filters, rawFilters, saved = {}, overlapInMs = dayInMs, pollIntervalInMs = 300_000 } = options;
  const { abortSignal, timeoutInMs, maxRetries } = options;
  const calls: OperationOptions = {
    ...(abortSignal && { abortSignal }),
    ...(timeoutInMs !== undefined && { timeoutInMs }),
    ...(maxRetries !== undefined && { maxRetries }),
  };
  const print = fingerprint({ filters, rawFilters });
  let through =
    saved.cursor === undefined
      ? Number(options.startTime ?? clock.now() - dayInMs)
      : readCursor(saved.cursor, print);
  const seen = new Map<string, number>();
  for (const { id, expires } of saved.seen ?? []) seen.set(id, expires);

  /** Of a page what is new or changed, and what of it is to be remembered. */
  function changed(alerts: readonly Alert[], expires: number): { items: Alert[]; add: Delta['add'] } {
    const add: Delta['add'] = [];
    const items = alerts.filter((alert) => {
      const id = `${alert._id}#${fingerprint(canonical(alert))}`;
      const isNew = !seen.has(id);
      if (isNew) add.push({ id, expires });
      seen.set(id, expires);
      return isNew;
    });
    return { items, add };
  }

  for (;;) {
    abortSignal?.throwIfAborted();
    const now = clock.now();
    const since = through - overlapInMs;
    // As long as an alert can be listed again by one of the two.
    const expires = now + overlapInMs + dayInMs;
    for (const span of [{ date: { gte: since } }, { resolutionDate: { gte: since } }] as const) {
      const query = { filters: { ...filters, ...span }, ...(rawFilters && { rawFilters }) };
      for await (const page of list(query, calls).byPage()) {
        const { items, add } = changed(page.items, expires);
        const cursor = writeCursor(through, print);
        if (items.length > 0) yield { items, cursor, delta: { cursor, add, expire: [] } };
      }
    }
    through = now;
    const expire = [...seen].filter(([, until]) => until < now).map(([id]) => id);
    for (const id of expire) seen.delete(id);
    const cursor = writeCursor(through, print);
    yield { items: [], cursor, delta: { cursor, add: [], expire } };
    await clock.sleep(pollIntervalInMs, abortSignal);
  }
}

function writeCursor(through: number, query: string): string {
  return JSON.stringify({ v: version, q: query, through });
}

function readCursor(text: string, query: string): number {
  const saved = parsed(text);
  if (typeof saved?.through !== 'number' || saved.v !== version)
    throw new ArgumentError('saved.cursor', 'is not a cursor of alerts.follow', 'Start anew without it.');
  if (saved.q !== query)
    throw new ArgumentError(
      'saved.cursor',
      'belongs to other filters',
      'Keep one cursor for each set of filters.',
    );
  return saved.through;
}

function parsed(text: string): { v?: unknown; q?: unknown; through?: unknown } | null {
  try {
    return JSON.parse(text) as { through?: unknown } | null;
  } catch {
    return null;
  }
}
