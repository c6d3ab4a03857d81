import type { Filters } from './filters/evaluate.js';
import { isObject } from './filters/operators.js';
import type { ListRequest } from './list.js';
import type { McasSettings } from './settings.js';
import type { McasActivity } from './records.js';

export interface ScanPage {
  data: McasActivity[];
  hasNext: boolean;
  total: number;
  /** The whole `filters` of the next request; missing on the last page. */
  nextQueryFilters?: Filters;
}

type Key = (activity: McasActivity) => number;

/**
 * One page of a scan over what the request selected. When there is more, the records that share the page's last
 * millisecond are left for the next page, whose inclusive bound is that millisecond.
 */
export function scanPage(
  found: McasActivity[],
  request: ListRequest,
  settings: McasSettings,
  now: number,
): ScanPage {
  const { min, max } = settings.scanLimits;
  const field = request.sortField === 'created' ? 'created' : 'date';
  const key: Key = field === 'created' ? (one) => one.created : (one) => one.timestamp;
  const limit = Math.min(Math.max(request.limit ?? 500, min), max);
  const total = found.length;
  const cursor = (bound: number): Filters => nextFilters(request, field, bound, settings, now);

  const first = found[0];
  if (settings.emptyPages && first && !isAt(request, field, key(first)))
    return { data: [], hasNext: true, total, nextQueryFilters: cursor(key(first)) };

  const short = settings.shortPages ? Math.ceil(limit / 3) : limit;
  const keptShort = total > short ? keepWholeMilliseconds(found, short, key) : undefined;
  if (total <= short || (!keptShort && total <= limit)) return { data: found, hasNext: false, total };
  const kept = keptShort ?? keepWholeMilliseconds(found, limit, key);
  if (!kept) {
    const stuck = key(found[0] as McasActivity);
    const data = settings.overfullMillisecond === 'repeat' ? found.slice(0, limit) : [];
    return { data, hasNext: true, total, nextQueryFilters: cursor(stuck) };
  }
  // Where empty pages are wanted, the bound stays just behind the page, so that an empty one has room to move it.
  const bound = key(found[kept] as McasActivity);
  const last = key(found[kept - 1] as McasActivity);
  const loose = last + (request.direction === 'asc' ? 1 : -1);
  const nextQueryFilters = cursor(settings.emptyPages ? loose : bound);
  return { data: found.slice(0, kept), hasNext: true, total, nextQueryFilters };
}

/** How many records come before the millisecond of the `limit`-th one; none when they all share it. */
function keepWholeMilliseconds(found: readonly McasActivity[], limit: number, key: Key): number | undefined {
  const boundary = key(found[limit - 1] as McasActivity);
  let kept = limit - 1;
  while (kept > 0 && key(found[kept - 1] as McasActivity) === boundary) kept--;
  return kept > 0 ? kept : undefined;
}

function side(request: ListRequest): 'gte' | 'lte' {
  return request.direction === 'asc' ? 'gte' : 'lte';
}

function isAt(request: ListRequest, field: string, bound: number): boolean {
  const conditions = request.filters[field];
  return isObject(conditions) && Number(conditions[side(request)]) === bound;
}

const day = 86_400_000;

function nextFilters(
  request: ListRequest,
  field: string,
  bound: number,
  settings: McasSettings,
  now: number,
): Filters {
  const given = request.filters[field];
  const conditions: Record<string, unknown> = { ...(isObject(given) ? given : {}) };
  if (settings.relativeDates === 'freeze') {
    for (const name of ['gte', 'lte'] as const) {
      const days = conditions[`${name}_ndays`];
      if (days === undefined) continue;
      delete conditions[`${name}_ndays`];
      conditions[name] ??= now - Number(days) * day;
    }
  }
  return { ...request.filters, [field]: { ...conditions, [side(request)]: bound } };
}
