import { ArgumentError } from '@repo/client-core';

/** A point in time: a Date, or ISO 8601 text that says its zone (`…Z` or `…+02:00`). */
export type TimeInput = Date | string;

const withZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i;

/** Milliseconds since the epoch. A text without zone is refused: it would mean another time on another machine. */
export function timeOf(value: TimeInput, path: string): number {
  const hint = 'Give a Date, or ISO 8601 with its zone, as in 2026-11-20T08:00:00Z.';
  if (typeof value === 'string' && !withZone.test(value))
    throw new ArgumentError(path, 'is not a time with a zone', hint);
  const ms = typeof value === 'string' ? Date.parse(value) : value.getTime();
  if (Number.isNaN(ms)) throw new ArgumentError(path, 'is not a time', hint);
  return ms;
}

/** The service's own spelling of a time: UTC, whole seconds, no zone. The only place that writes it. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** A time of the service's answers as milliseconds; one without zone is UTC. Undefined when it is none. */
export function serviceTime(text: string): number | undefined {
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? undefined : ms;
}
