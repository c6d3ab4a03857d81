import { af, omittedWindow } from '../errors.js';
import type { FeedError } from '../errors.js';
import type { FeedCall } from '../feed-call.js';
import { parseTime } from './parse-time.js';

const day = 86_400_000;

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
