import { json, text } from '../../server/service.js';
import type { Call } from '../../server/service.js';
import { compileFilters, notValid } from './filters/evaluate.js';
import type { Filters, FilterTable } from './filters/evaluate.js';
import { isObject } from './filters/operators.js';
import type { McasSettings } from './settings.js';
import type { McasRecord } from './records.js';
import { detail } from './respond.js';

export interface ListRequest {
  filters: Filters;
  /** Anything but `asc` is the default: clients are seen that send other words. */
  direction: 'asc' | 'desc';
  sortField: string | undefined;
  skip: number;
  limit: number | undefined;
  isScan: boolean;
  [field: string]: unknown;
}

/** How a resource sorts: the readers of its sort fields; the first is the default. */
export type SortFields = Readonly<Record<string, (record: McasRecord) => number | string>>;

/** Reads the JSON body, whatever its label says, or the query of a GET, where `filters` is JSON text. */
export function readListRequest(call: Call): ListRequest | Response {
  const fields = readFields(call);
  if (fields instanceof Response) return fields;
  const { filters = {}, sortDirection, sortField, skip, limit, isScan, ...others } = fields;
  if (!isObject(filters)) return json(400, notValid('filters', filters));
  const skipped = count(skip ?? 0);
  const limited = limit === undefined || limit === null ? undefined : count(limit);
  if (skipped === undefined) return json(400, notValid('skip', skip));
  if (limit !== undefined && limit !== null && limited === undefined)
    return json(400, notValid('limit', limit));
  return {
    ...others,
    filters,
    direction: sortDirection === 'asc' ? 'asc' : 'desc',
    sortField: typeof sortField === 'string' ? sortField : undefined,
    skip: skipped,
    limit: limited,
    isScan: isScan === true || isScan === 'true',
  };
}

/** The fields of a JSON body, or of the query when there is none. */
export function readFields(call: Call): Record<string, unknown> | Response {
  const body = text(call).trim();
  const fromQuery: Record<string, unknown> = Object.fromEntries(call.url.searchParams);
  try {
    if (typeof fromQuery['filters'] === 'string')
      fromQuery['filters'] = JSON.parse(fromQuery['filters']) as unknown;
    if (body === '') return fromQuery;
    const parsed = JSON.parse(body) as unknown;
    return isObject(parsed) ? parsed : detail(400, 'JSON parse error');
  } catch {
    return detail(400, 'JSON parse error');
  }
}

function count(value: unknown): number | undefined {
  const found = typeof value === 'string' && value !== '' ? Number(value) : value;
  return Number.isInteger(found) && (found as number) >= 0 ? (found as number) : undefined;
}

/** The records a request selects, in its order; equal keys keep the order of the store. */
export function select<T extends McasRecord>(
  records: readonly T[],
  request: ListRequest,
  resource: { table: FilterTable; sorts: SortFields },
  now: number,
): T[] | Response {
  const compiled = compileFilters(request.filters, resource.table, now);
  if (!compiled.ok) return json(400, compiled.body);
  const name = request.sortField ?? Object.keys(resource.sorts)[0] ?? '';
  const key = Object.hasOwn(resource.sorts, name) ? resource.sorts[name] : undefined;
  if (!key) return json(400, notValid('sortField', name));
  const found = records.filter((record) => compiled.matches(record));
  const sign = request.direction === 'asc' ? 1 : -1;
  return found.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x === y ? 0 : x < y ? -sign : sign;
  });
}

const pageCap = 100;
const deepest = 5000;

export interface PagePart<T> {
  data: T[];
  hasNext: boolean;
  max: number;
  total: number;
}

/** One page by `skip` and `limit`; a larger limit than 100 is taken as 100. */
export function page<T>(
  found: readonly T[],
  request: ListRequest,
  settings: McasSettings,
): PagePart<T> | Response {
  const max = Math.min(request.limit ?? pageCap, pageCap);
  const end = request.skip + max;
  if (end > deepest && settings.deepSkip === 'refuse') return json(400, notValid('skip', request.skip));
  return { data: found.slice(request.skip, end), hasNext: end < found.length, max, total: found.length };
}
