import { createRateLimiter } from '@repo/client-core';
import { testClock } from '@repo/test-kit';
import type { TestClock } from '@repo/test-kit';
import { McasClient, apiToken } from '../../src/index.js';
import type { McasClientOptions } from '../../src/index.js';

/** An activity as far as scanning looks at it. */
export interface ServiceRecord {
  _id: string;
  timestamp: number;
  created: number;
  appId: number;
}

/** How this service differs from what the client asks for. It shares no code with the emulator. */
export interface ServiceHabits {
  /** Sorts by the event's time, whatever `sortField` says. */
  ignoresSortField?: boolean;
  /** Newest first, whatever `sortDirection` says. */
  ignoresSortDirection?: boolean;
  /** Records of one page in no order; which records it holds, and its cursor, are right. */
  unsortedPages?: boolean;
  /** The last record of each page says that it happened in 1970. */
  brokenTimes?: boolean;
  /** The cursor lacks a filter of the query. */
  dropsFilter?: string;
  /** The cursor lacks the bound on the other side. */
  dropsBound?: boolean;
  /** `hasNext` without a cursor on these requests (0 is the first). */
  missingCursorAt?: readonly number[];
  /** Repeats the boundary record of one page on the next. */
  repeatsBoundary?: boolean;
  /** Adds an estimate of all matches. */
  total?: boolean;
  /** Answers 504 when more than this many records a page are asked for. */
  slowAbove?: number;
  /** Answers 504 to this many first requests. */
  slowBefore?: number;
  /** Answers 503 until this time. */
  downUntil?: number;
  /** Answers 403. */
  refuses?: boolean;
  /** The service's clock minus the client's, in ms. */
  offsetInMs?: number;
  /** Writes scalars for lists and digits for numbers in its cursor. */
  rewritesCursor?: boolean;
}

interface Body {
  filters: Record<string, Record<string, unknown>>;
  sortField: 'date' | 'created';
  sortDirection: 'asc' | 'desc';
  limit: number;
}

export interface ScanService {
  records: ServiceRecord[];
  readonly bodies: Body[];
  readonly clock: TestClock;
  connect(options?: McasClientOptions): McasClient;
}

/** One page holds a hundredth of the records asked for, as a page that is not the last may. */
const scale = 100;

export function createScanService(
  records: ServiceRecord[],
  habits: ServiceHabits,
  start: number,
): ScanService {
  const clock = testClock(start);
  const bodies: Body[] = [];
  const service: ScanService = {
    records,
    bodies,
    clock,
    connect: (options = {}) =>
      new McasClient('contoso.eu2.portal.cloudappsecurity.com', apiToken('a-token'), {
        clock,
        limiter: createRateLimiter({ limit: 1_000_000, clock }),
        fetch: async (request) => {
          const body = (await request.json()) as Body;
          bodies.push(body);
          const date = new Date(clock.now() + (habits.offsetInMs ?? 0)).toUTCString();
          if (body.limit > (habits.slowAbove ?? Infinity) || bodies.length <= (habits.slowBefore ?? 0))
            return new Response('', { status: 504, headers: { date } });
          if (habits.refuses) return new Response('', { status: 403, headers: { date } });
          if (clock.now() < (habits.downUntil ?? 0))
            return new Response('', { status: 503, headers: { date } });
          const page = answer(service.records, body, habits, bodies.length - 1);
          return Response.json(page, { headers: { date } });
        },
        ...options,
      }),
  };
  return service;
}

function answer(
  records: readonly ServiceRecord[],
  body: Body,
  habits: ServiceHabits,
  request: number,
): object {
  const field = habits.ignoresSortField ? 'date' : body.sortField;
  const down = habits.ignoresSortDirection ? true : body.sortDirection === 'desc';
  const size = Math.max(1, Math.floor(body.limit / scale));
  const matching = records
    .filter((record) => matches(record, body.filters))
    .sort((a, b) => (timeOf(a, field) - timeOf(b, field) || (a._id < b._id ? -1 : 1)) * (down ? -1 : 1));
  const total = habits.total ? { total: matching.length } : {};
  if (matching.length <= size) return { ...total, data: present(matching, habits), hasNext: false };
  const boundary = timeOf(matching[size] as ServiceRecord, field);
  let page = matching.slice(0, size).filter((record) => timeOf(record, field) !== boundary);
  // More than a page within one millisecond: as many as fit, and a cursor that cannot move.
  if (page.length === 0) page = matching.slice(0, size);
  else if (habits.repeatsBoundary) page = matching.slice(0, size);
  const next = cursor(body.filters, field, down, boundary, habits);
  return {
    ...total,
    data: present(page, habits),
    hasNext: true,
    ...(!habits.missingCursorAt?.includes(request) && { nextQueryFilters: next }),
  };
}

function cursor(
  filters: Body['filters'],
  field: 'date' | 'created',
  down: boolean,
  boundary: number,
  { dropsFilter, dropsBound, rewritesCursor }: ServiceHabits,
): object {
  const { lte, lt, gte, gt, ...rest } = filters[field] ?? {};
  const lower = { ...(gte !== undefined && { gte }), ...(gt !== undefined && { gt }) };
  const upper = { ...(lte !== undefined && { lte }), ...(lt !== undefined && { lt }) };
  const kept = dropsBound ? {} : down ? lower : upper;
  const next: Record<string, Record<string, unknown>> = {
    ...filters,
    [field]: { ...rest, ...kept, ...(down ? { lte: boundary } : { gte: boundary }) },
  };
  if (dropsFilter !== undefined) delete next[dropsFilter];
  if (!rewritesCursor) return next;
  return Object.fromEntries(
    Object.entries(next).map(([name, operators]) => [
      name,
      Object.fromEntries(
        Object.entries(operators).map(([operator, value]) => {
          const scalar: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
          return [operator, typeof scalar === 'number' ? String(scalar) : scalar];
        }),
      ),
    ]),
  );
}

function present(page: readonly ServiceRecord[], { unsortedPages, brokenTimes }: ServiceHabits): object[] {
  const ordered = unsortedPages
    ? page.toSorted((a, b) =>
        a._id.split('').toReversed().join('') < b._id.split('').toReversed().join('') ? -1 : 1,
      )
    : [...page];
  if (!brokenTimes) return ordered;
  return ordered.map((record, index) =>
    index === ordered.length - 1 ? { ...record, timestamp: 0, created: 0 } : record,
  );
}

function timeOf(record: ServiceRecord, field: 'date' | 'created'): number {
  return field === 'date' ? record.timestamp : record.created;
}

function matches(record: ServiceRecord, filters: Body['filters']): boolean {
  return Object.entries(filters).every(([field, operators]) =>
    Object.entries(operators).every(([operator, value]) => {
      const own = field === 'date' ? record.timestamp : field === 'created' ? record.created : record.appId;
      const list = (Array.isArray(value) ? value : [value]) as unknown[];
      switch (operator) {
        case 'eq':
          return list.map(Number).includes(own);
        case 'neq':
          return !list.map(Number).includes(own);
        case 'gt':
          return own > Number(value);
        case 'gte':
          return own >= Number(value);
        case 'lt':
          return own < Number(value);
        case 'lte':
          return own <= Number(value);
        default:
          throw new Error(`the service does not know ${operator}`);
      }
    }),
  );
}
