const day = 86_400_000;

/** Whether a text is ISO 8601 with exactly six fraction digits, which tables of the plan Auxiliary ask of TimeGenerated. */
export function isAuxiliaryTime(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

/** A time as tables of the plan Auxiliary want it: JavaScript's own three fraction digits are too few. */
export function auxiliaryTime(time: Date | number): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}

/**
 * Whether the service will put the time of reception in place of this time: more than two days old, or more than a
 * day ahead. What is no time at all is not judged.
 * https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns
 */
export function isReplaced(value: unknown, now: number): boolean {
  const time = value instanceof Date ? value.getTime() : typeof value === 'string' ? parse(value) : NaN;
  return time < now - 2 * day || time > now + day;
}

/** Date.parse would take a time without zone for local time; the service reads UTC. */
function parse(text: string): number {
  return Date.parse(/[T ][\d:.]+$/.test(text) ? `${text}Z` : text);
}
