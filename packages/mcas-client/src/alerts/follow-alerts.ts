import {
  ArgumentError,
  anyValue,
  checkOptions,
  createFingerprint,
  decodeToken,
  encodeToken,
  isCallback,
  isDelay,
  isNumber,
  isStart,
  operationOptionTable,
  parseTime,
} from '@repo/client-core';
import type {
  Clock,
  Delta,
  OperationOptions,
  OptionTable,
  Page,
  PagedAsyncIterable,
  SavedFeed,
  TimeInput,
} from '@repo/client-core';
import { pauseAfter } from '../feed/follow-activities.js';
import type { FollowRetry } from '../feed/follow-activities.js';
import type { AlertFilters } from '../filters/alert-filters.js';
import type { RawFilters } from '../filters/operators.js';
import type { ListPage, ListPaging } from '../lists/list-pages.js';
import type { Alert } from '../models/alert.js';
import { AlertStates } from './alert-states.js';

export interface FollowAlertsOptions extends OperationOptions {
  /** Which alerts; without `date` and `resolutionDate`, which following sets. */
  filters?: Omit<AlertFilters, 'date' | 'resolutionDate'> | undefined;
  rawFilters?: RawFilters | undefined;
  /** Where an earlier run ended: its last cursor and its ledger. */
  saved?: SavedFeed | undefined;
  /** Where a first run begins: a time, `oldest` or `now`. `oldest` lists all there are. Default: 24 hours before now. */
  startFrom?: TimeInput | undefined;
  /**
   * Alerts of so long before are looked at again each time: late ones are found, and changes of any field. Older ones
   * are seen again only when they are resolved. Default 24 hours.
   */
  overlapInMs?: number | undefined;
  /** Default 5 minutes; each poll costs two requests when nothing has happened. */
  pollIntervalInMs?: number | undefined;
  /** Called before each pause after a failure that may heal by itself. */
  onRetry?: ((retry: FollowRetry) => void) | undefined;
}

/** Alerts that are new, or have changed since they were handed out. Asking for the next page says this one is safe. */
export interface AlertPage extends Page<Alert> {
  cursor: string;
  delta: Delta;
}

interface AlertQuery extends ListPaging<'date'> {
  filters?: AlertFilters | undefined;
  rawFilters?: RawFilters | undefined;
}

type List = (query: AlertQuery, options: OperationOptions) => PagedAsyncIterable<Alert, ListPage<Alert>>;

interface Position {
  /** Everything up to here has been looked at. */
  through: number;
  /** Where the first run began: nothing older is looked at. */
  from: number;
}

const dayInMs = 86_400_000;
/** Before the service existed. */
const earliest = Date.UTC(2000, 0, 1);
const binding = { kind: 'alerts.follow', version: 2 };

const followTable: OptionTable<FollowAlertsOptions> = {
  ...operationOptionTable,
  filters: anyValue,
  rawFilters: anyValue,
  saved: anyValue,
  startFrom: isStart,
  overlapInMs: isDelay,
  pollIntervalInMs: isNumber({ exclusive: true, max: 2 ** 31 - 1 }),
  onRetry: isCallback,
};

/** Waits out whatever may heal by itself; ends by `abortSignal`, leaving the loop, or an error that no waiting heals. */
export async function* followAlerts(
  list: List,
  clock: Clock,
  options: FollowAlertsOptions,
): AsyncGenerator<AlertPage, void, undefined> {
  const given = checkOptions(options, followTable);
  const { filters, rawFilters, saved = {}, overlapInMs = dayInMs, pollIntervalInMs = 300_000 } = given;
  const { abortSignal, timeoutInMs, maxRetries, onRetry } = given;
  checkFields({ filters, rawFilters });
  const fingerprint = createFingerprint({ filters, rawFilters });
  let position =
    saved.cursor === undefined ? begin(given.startFrom, clock.now()) : readCursor(saved.cursor, fingerprint);
  const states = new AlertStates(saved.seen ?? []);
  const toPage = (items: Alert[], changes: Pick<Delta, 'add' | 'expire'>): AlertPage => {
    const cursor = encodeToken({ ...binding, fingerprint, state: position });
    return { items, cursor, delta: { cursor, ...changes } };
  };
  const byDate = (more: AlertFilters, since: number): AsyncIterable<ListPage<Alert>> =>
    list(
      {
        rawFilters,
        sortField: 'date',
        sortDirection: 'asc',
        filters: { ...filters, ...more, date: { gte: since } },
      },
      { abortSignal, timeoutInMs, maxRetries },
    ).byPage();

  for (let attempt = 1; ;) {
    abortSignal?.throwIfAborted();
    const now = clock.now();
    const since = Math.max(position.through - overlapInMs, position.from);
    // As long as an alert can be listed again by one of the two.
    const expires = now + overlapInMs + dayInMs;
    try {
      // Resolved ones may be of any time.
      for (const pages of [byDate({}, since), byDate({ resolutionDate: { gte: since } }, earliest)])
        for await (const page of pages) {
          const { items, changes } = states.takeChanged(page.items, expires);
          if (items.length > 0) yield toPage(items, changes);
        }
    } catch (error) {
      await pauseAfter(error, attempt, { clock, abortSignal, onRetry });
      attempt += 1;
      continue;
    }
    attempt = 1;
    position = { ...position, through: now };
    yield toPage([], { add: [], expire: states.expire(now) });
    await clock.sleep(pollIntervalInMs, abortSignal);
  }
}

function checkFields(given: Readonly<Record<string, object | undefined>>): void {
  for (const name of ['date', 'resolutionDate'])
    for (const [path, fields] of Object.entries(given))
      if (fields && Object.hasOwn(fields, name))
        throw new ArgumentError(`options.${path}.${name}`, 'is set by following', 'Give startFrom instead.');
}

function begin(startFrom: FollowAlertsOptions['startFrom'], now: number): Position {
  const start =
    startFrom === 'oldest'
      ? earliest
      : startFrom === 'now'
        ? now
        : startFrom === undefined
          ? now - dayInMs
          : parseTime(startFrom, 'options.startFrom');
  return { through: start, from: start };
}

function readCursor(text: string, fingerprint: string): Position {
  const state = decodeToken(text, { ...binding, fingerprint, path: 'saved.cursor' });
  const { through, from } = (state ?? {}) as Partial<Position>;
  if (typeof through !== 'number')
    throw new ArgumentError('saved.cursor', 'is damaged', 'Start again without it.');
  return { through, from: typeof from === 'number' ? from : earliest };
}
