import type { TimePart } from './expression.js';

const dayInMs = 86_400_000;

/** A part of a time in UTC; audit times are written without zone. Undefined for what is no time. */
export function getTimePart(text: string, part: TimePart): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const time = text.replace(/(\.\d{3})\d+/, '$1');
  const hasZone = /(?:z|[+-]\d{2}:?\d{2})$/i.test(time) || time.length === 10;
  const date = new Date(hasZone ? time : `${time}Z`);
  if (Number.isNaN(date.getTime())) return undefined;
  switch (part) {
    case 'minute':
      return date.getUTCMinutes();
    case 'hour':
      return date.getUTCHours();
    case 'day':
      return date.getUTCDate();
    case 'week':
      return getIsoWeek(date);
    case 'month':
      return date.getUTCMonth() + 1;
    case 'year':
      return date.getUTCFullYear();
  }
}

/** ISO 8601: week 1 is the one with the year's first Thursday. */
function getIsoWeek(date: Date): number {
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  const weekday = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(day + (3 - weekday) * dayInMs);
  const yearStart = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - yearStart) / (7 * dayInMs));
}
