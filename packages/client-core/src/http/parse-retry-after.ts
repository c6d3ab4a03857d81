/**
 * How long a service asks to wait, in milliseconds: `retry-after-ms`, `x-ms-retry-after-ms`, or `Retry-After`
 * in seconds (fractions too) or as an HTTP date. Undefined when absent, malformed or negative.
 */
export function parseRetryAfter(headers: Headers, now: number): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const ms = parsePositive(headers.get(name));
    if (ms !== undefined) return ms;
  }
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = parsePositive(value);
  if (seconds !== undefined) return seconds * 1000;
  if (/^\s*[-+\d.]/.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function parsePositive(value: string | null): number | undefined {
  if (value === null || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}
