import { ArgumentError } from '@repo/client-core';

/** The operators of one field, by name. */
type Operators = Readonly<Record<string, unknown>>;

/** Both ends of what a time filter lets through, in ms since the epoch; infinite where it has no bound. */
export interface TimeBounds {
  from: number;
  to: number;
}

/** Where the filter on one time field begins and ends. Relative days must have been made absolute. */
export function getTimeBounds(operators: Operators): TimeBounds {
  const ranges = asArray(operators['range']) as ({ start?: unknown; end?: unknown } | null)[];
  const equal = asArray(operators['eq']).map(Number);
  return {
    from: Math.max(
      toBound(operators['gte'], -Infinity),
      toBound(operators['gt'], -Infinity),
      ranges.length > 0 ? Math.min(...ranges.map((range) => toBound(range?.start, -Infinity))) : -Infinity,
      equal.length > 0 ? Math.min(...equal) : -Infinity,
    ),
    to: Math.min(
      toBound(operators['lte'], Infinity),
      toBound(operators['lt'], Infinity),
      ranges.length > 0 ? Math.max(...ranges.map((range) => toBound(range?.end, Infinity))) : Infinity,
      equal.length > 0 ? Math.max(...equal) : Infinity,
    ),
  };
}

/** Refuses a window that ends before it begins: the service would answer with nothing, and that looks like no events. */
export function checkTimeOrder(path: string, operators: Operators): void {
  const { gte_ndays: from, lte_ndays: to } = operators;
  if (from !== undefined && to !== undefined && Number(from) < Number(to))
    throw new ArgumentError(path, 'ends before it begins', 'gte_ndays is the larger number: days ago.');
  const bounds = getTimeBounds(operators);
  if (bounds.from <= bounds.to) return;
  const iso = (time: number): string => new Date(time).toISOString();
  throw new ArgumentError(
    path,
    `begins at ${iso(bounds.from)} and ends before, at ${iso(bounds.to)}`,
    'Swap the bounds.',
  );
}

function toBound(value: unknown, otherwise: number): number {
  return value === undefined || value === null ? otherwise : Number(value);
}

function asArray(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
