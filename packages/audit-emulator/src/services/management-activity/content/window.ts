import { af, omittedWindow } from '../errors.js';
import type { FeedError } from '../errors.js';
import type { FeedCall } from '../feed-call.js';

const day = 86_400_000;

const form = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?$/i;

/**
 * A time as the service reads it, in ms: `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM`, `YYYY-MM-DDTHH:MM:SS`, all UTC, and what it
 * also accepts: fractions, `Z`, an offset. Undefined for anything else.
 */
export function parseTime(given: string): number | undefined {
  const [, date, minutes = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = form.exec(given) ?? [];
  if (date === undefined) return undefined;
  const at = Date.parse(`${date}T${minutes}${seconds}${fraction.slice(0, 4)}${zone.toUpperCase()}`);
  return Number.isNaN(at) ? undefined : at;
}

export interface Window {
  /** Inclusive, in ms. */
  readonly start: number;
  /** Exclusive, in ms. */
  readonly end: number;
  /** As given, to be given back in `NextPageUri`. */
  readonly given: { readonly start: string; readonly end: string };
}

/** The window of a listing: both ends or neither, at most 24 hours, begun at most seven days ago. */
export function windowOf(feed: FeedCall): Window {
  const { settings } = feed.state.managementActivity;
  const givenStart = feed.query('startTime');
  const givenEnd = feed.query('endTime');
  const refuse = (): FeedError =>
    settings.olderRangeCode ? af.olderRange() : af.range(givenStart ?? '', givenEnd ?? '');
  if (givenStart === undefined && givenEnd === undefined) {
    if (settings.omittedWindowFails) throw omittedWindow();
    const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19);
    // Up to now inclusive: what has just appeared is part of the last 24 hours.
    return {
      start: feed.now - day,
      end: feed.now + 1,
      given: { start: stamp(feed.now - day), end: stamp(feed.now + 1000) },
    };
  }
  if (givenStart === undefined || givenEnd === undefined) throw refuse();
  const start = parseTime(givenStart);
  if (start === undefined) throw af.parameterType('startTime', 'datetime');
  const end = parseTime(givenEnd);
  if (end === undefined) throw af.parameterType('endTime', 'datetime');
  const given = { start: givenStart, end: givenEnd };
  if (start >= end || start < feed.now - settings.lookbackInMs) throw refuse();
  if (end - start > day) {
    if (settings.wideWindow === 'refuse') throw refuse();
    return { start, end: start + day, given };
  }
  return { start, end, given };
}
