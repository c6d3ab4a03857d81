import { af } from '../errors.js';
import type { FeedCall } from '../feed-call.js';
import type { Window } from './window.js';

export interface TurnedPage<T> {
  readonly items: readonly T[];
  readonly headers: Record<string, string>;
}

/**
 * Cuts a listing into pages. The next one is named by the `NextPageUri` header, an absolute URL whose parameter names
 * come back in lower case and which carries no publisher identifier. A page begins after a known item, so that one
 * that appears late between two pages shifts nothing.
 */
export function turnPage<T>(
  feed: FeedCall,
  operation: string,
  window: Window,
  all: readonly T[],
  sequenceOf: (item: T) => number,
): TurnedPage<T> {
  const { settings } = feed.state.managementActivity;
  const token = feed.query('nextPage');
  const after = token === undefined ? undefined : readToken(token);
  const next = (sequence: number): Record<string, string> => ({
    NextPageUri:
      feed.url(operation, settings.nextPageVersion) +
      `?contenttype=${feed.query('contentType') ?? ''}&starttime=${encodeURIComponent(window.given.start)}` +
      `&endtime=${encodeURIComponent(window.given.end)}&nextpage=${makeToken(window.start, sequence)}`,
  });
  if (after === undefined && settings.emptyFirstPage) return { items: [], headers: next(0) };

  let from = 0;
  if (after !== undefined && after > 0) {
    from = all.findIndex((item) => sequenceOf(item) === after) + 1;
    if (from === 0) throw af.nextPage(token ?? '');
  }
  const items = all.slice(from, from + settings.pageSize);
  const last = items.at(-1);
  if (last === undefined || from + items.length >= all.length) return { items, headers: {} };
  return { items, headers: next(settings.loopingNextPage ? (after ?? 0) : sequenceOf(last)) };
}

function makeToken(start: number, sequence: number): string {
  const hour = new Date(start).toISOString().replaceAll(/\D/g, '').slice(0, 10);
  return `${hour}R${String(sequence).padStart(12, '0')}`;
}

function readToken(token: string): number {
  const sequence = /^\d{10}R(\d{12})$/.exec(token)?.[1];
  if (sequence === undefined) throw af.nextPage(token);
  return Number(sequence);
}
