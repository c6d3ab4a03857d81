import { parseTimeRange } from '@repo/client-core';
import type { Gap, TimeRange } from '@repo/client-core';

const second = 1000;
const day = 24 * 3600 * second;
/** The service lists content that became available in the last seven days. */
export const retentionInMs: number = 7 * day;
/** A request waits in queues and clocks differ: the oldest minutes are not asked for. */
const retentionMarginInMs: number = 5 * 60 * second;
const slackInMs = 60 * second;

/** [start, end) in milliseconds since the epoch, on whole seconds. */
export interface Window {
  start: number;
  end: number;
}

/** The range widened to whole seconds, which is what the service can express. */
export function toWindow(range: TimeRange, path: string): Window {
  const { from, to } = parseTimeRange(range, path);
  return { start: Math.floor(from / second) * second, end: Math.ceil(to / second) * second };
}

/** The earliest time that can still be asked for. */
export function retentionFloor(now: number): number {
  return Math.ceil((now - retentionInMs + retentionMarginInMs) / second) * second;
}

/**
 * The earliest start for who needs everything from `wanted` on: what began at the floor a moment ago is still there,
 * well inside the margin, and is not cut again.
 */
export function earliestStart(wanted: number, now: number): number {
  const floor = retentionFloor(now);
  return wanted < floor && wanted >= floor - slackInMs ? wanted : floor;
}

/** What of the window can still be listed, and what is lost. */
export function clamp(window: Window, now: number): { window?: Window; gap?: Gap } {
  const floor = earliestStart(window.start, now);
  if (window.start >= floor) return { window };
  const gap: Gap = {
    from: new Date(window.start).toISOString(),
    to: new Date(Math.min(floor, window.end)).toISOString(),
    reason: 'older than the seven days the service lists',
  };
  return window.end <= floor ? { gap } : { gap, window: { start: floor, end: window.end } };
}

/** The next piece of at most 24 hours: wider ranges are refused, or answered in part. */
export function firstPiece(window: Window): Window {
  return { start: window.start, end: Math.min(window.end, window.start + day) };
}
