import { ArgumentError } from '@repo/client-core';
import type { RawFilters } from '../filters/operators.js';
import { checkTimeOrder, getTimeBounds } from '../filters/time-bounds.js';

const dayInMs = 86_400_000;

/** `gte_ndays` and `lte_ndays` as times: left to the service, the window would slide from page to page. */
export function absolute(filters: RawFilters, now: number): RawFilters {
  return Object.fromEntries(
    Object.entries(filters).map(([field, operators]) => {
      const { gte_ndays: from, lte_ndays: to, ...rest } = operators;
      const times: Record<string, unknown> = { ...rest };
      if (from !== undefined)
        times['gte'] = Math.max(
          now - days(`${field}.gte_ndays`, from) * dayInMs,
          asTime(rest['gte'], -Infinity),
        );
      if (to !== undefined)
        times['lte'] = Math.min(
          now - days(`${field}.lte_ndays`, to) * dayInMs,
          asTime(rest['lte'], Infinity),
        );
      if (from !== undefined || to !== undefined) checkTimeOrder(`filters.${field}`, times);
      return [field, times];
    }),
  );
}

/** Raw filters may hold it as text. */
function days(path: string, value: unknown): number {
  const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
  if (!Number.isFinite(number) || number < 0 || typeof value === 'object')
    throw new ArgumentError(`filters.${path}`, 'is not a number of days', 'Give 0 or more: days before now.');
  return number;
}

function asTime(value: unknown, otherwise: number): number {
  const time = Number(value ?? NaN);
  return Number.isNaN(time) ? otherwise : time;
}

/** Whether the window of a scan depends on what time it is. */
export function isRelative(filters: RawFilters, sortField: string): boolean {
  const days = Object.values(filters).some(
    (operators) => operators['gte_ndays'] !== undefined || operators['lte_ndays'] !== undefined,
  );
  return days || !isClosed(filters[sortField] ?? {});
}

/**
 * The window of a whole scan, fixed before its first page: what arrives during the scan stays out of it. An upper
 * bound on the sort field is added where there is none; a lower one is never invented.
 */
export function fixWindow(filters: RawFilters, sortField: string, now: number): RawFilters {
  const fixed = absolute(filters, now);
  const own = fixed[sortField] ?? {};
  return isClosed(own) ? fixed : { ...fixed, [sortField]: { ...own, lte: now } };
}

function isClosed(operators: Record<string, unknown>): boolean {
  return Number.isFinite(getTimeBounds(operators).to);
}
