import type { RawFilters } from '../filters/operators.js';

const dayInMs = 86_400_000;

/** `gte_ndays` and `lte_ndays` as times: left to the service, the window would slide from page to page. */
export function absolute(filters: RawFilters, now: number): RawFilters {
  return Object.fromEntries(
    Object.entries(filters).map(([field, operators]) => {
      const { gte_ndays: from, lte_ndays: to, ...rest } = operators;
      const times: Record<string, unknown> = { ...rest };
      if (typeof from === 'number')
        times['gte'] = Math.max(now - from * dayInMs, asTime(rest['gte'], -Infinity));
      if (typeof to === 'number') times['lte'] = Math.min(now - to * dayInMs, asTime(rest['lte'], Infinity));
      return [field, times];
    }),
  );
}

function asTime(value: unknown, otherwise: number): number {
  const time = Number(value ?? NaN);
  return Number.isNaN(time) ? otherwise : time;
}

/**
 * The window of a whole scan, fixed before its first page: what arrives during the scan stays out of it. An upper
 * bound on the sort field is added where there is none; a lower one is never invented.
 */
export function fixWindow(filters: RawFilters, sortField: string, now: number): RawFilters {
  const fixed = absolute(filters, now);
  const own = fixed[sortField] ?? {};
  const { range } = own;
  const ranges: unknown[] = range === undefined ? [] : Array.isArray(range) ? (range as unknown[]) : [range];
  const closed =
    'lte' in own ||
    'lt' in own ||
    'eq' in own ||
    (ranges.length > 0 && ranges.every((one) => typeof (one as { end?: unknown } | null)?.end === 'number'));
  return closed ? fixed : { ...fixed, [sortField]: { ...own, lte: now } };
}
