const day = 86_400_000;
const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,7}))?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

export interface DateTime {
  /** Milliseconds since the epoch; finer fractions are only in `text`. */
  readonly ms: number;
  /** ISO 8601 in UTC, with the fraction as it was given when that is finer than milliseconds. */
  readonly text: string;
}

/** An ISO 8601 date, with or without time; without a zone it is UTC. Fractions of more than 7 digits are refused. */
export function parseDateTime(value: string): DateTime | undefined {
  const [, date, time = '00:00', fraction = '', zone = 'Z'] = pattern.exec(value) ?? [];
  if (date === undefined) return undefined;
  const clock = time.length === 5 ? `${time}:00` : time;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const ms = Date.parse(`${date}T${clock}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  if (Number.isNaN(ms)) return undefined;
  const text = new Date(ms).toISOString();
  return { ms, text: fraction.length > 3 ? text.replace(/\.\d{3}Z$/, `.${fraction}Z`) : text };
}

/** A date and a time of day, as opposed to a bare date. */
export function hasTimeOfDay(value: string): boolean {
  return /\d[T ]\d{2}:\d{2}/.test(value);
}

/**
 * The time that becomes `TimeGenerated`: the time of reception replaces what is missing, unreadable, more than
 * two days old or more than a day ahead.
 */
export function timeGenerated(value: unknown, receivedAt: number): string {
  const given = typeof value === 'string' ? parseDateTime(value) : undefined;
  return given && given.ms >= receivedAt - 2 * day && given.ms <= receivedAt + day
    ? given.text
    : new Date(receivedAt).toISOString();
}
