import { ResponseFormatError, toCanonicalJson } from '@repo/client-core';
import type { ApiError, OperationOptions } from '@repo/client-core';
import type { RawFilters } from '../../filters/operators.js';
import { getTimeBounds } from '../../filters/time-bounds.js';
import type { Envelope } from '../../http/read-envelope.js';
import type { Transport } from '../../http/transport.js';
import type { Activity } from '../../models/activity.js';
import { checkNextFilters } from './check-next-filters.js';
import type { CursorMove } from './check-next-filters.js';
import { fetchScanPage, PageTooSlowError, scanOperation } from './fetch-scan-page.js';
import { isMonotone } from './is-monotone.js';
import { PageSize } from './page-size.js';
import { RecentIds } from './recent-ids.js';
import type { ScanPosition } from '../scan-position.js';
import { maxScanLimit, minScanLimit } from '../scan-query.js';
import type { CheckedScan } from '../scan-query.js';

export interface ScanContext {
  transport: Transport;
  scan: CheckedScan;
  options: OperationOptions;
}

/** What one request brought. */
export interface ScanStep {
  items: Activity[];
  duplicates: number;
  total: number | undefined;
  /** Whether the page was sorted as asked. */
  monotone: boolean;
  move: CursorMove;
  /** Where the scan goes on; undefined when the service says that nothing follows. */
  next: ScanPosition | undefined;
  /** The millisecond that a page of 5000 records cannot get past. */
  crowded: number | undefined;
}

/** Cursors that are remembered, so that a service going in circles is noticed. */
const rememberedCursors = 64;

/** Reads one scan page by page. Ends only when the service says so; everything else is an error. */
export class ScanReader {
  readonly #context: ScanContext;
  readonly #size: PageSize;
  readonly #recent: RecentIds;
  readonly #cursors: string[];
  #filters: RawFilters;
  #raised: boolean;
  #lastIds = '';
  #requests = 0;

  constructor(context: ScanContext, start: ScanPosition) {
    this.#context = context;
    this.#size = new PageSize(context.scan.limit);
    this.#recent = new RecentIds(start.recent);
    this.#filters = start.filters;
    this.#raised = start.raised;
    this.#cursors = [toCanonicalJson(start.filters)];
  }

  /** Where the page that is read next begins. */
  get position(): ScanPosition {
    return { filters: this.#filters, recent: this.#recent.pack(this.#filters), raised: this.#raised };
  }

  async read(): Promise<ScanStep> {
    const { sortField, sortDirection } = this.#context.scan;
    const { limit, page } = await this.#fetch();
    const { data, hasNext, nextQueryFilters: next } = page;
    if (!hasNext) return this.#toStep(page, {}, undefined, undefined);
    if (next === undefined)
      throw toScanError(
        'says that more follows but gives no cursor (nextQueryFilters), also when asked again',
      );
    const cursor = toCanonicalJson(next);
    if (cursor === this.#cursors.at(-1)) {
      const crowded = limit === maxScanLimit ? getEdge(next, sortField, sortDirection) : undefined;
      if (limit === maxScanLimit && crowded === undefined) throw toScanError('does not move its cursor');
      // The same place once more, with a page that may hold the whole millisecond.
      this.#raised = true;
      this.#lastIds = '';
      return this.#toStep(page, {}, next, crowded);
    }
    if (this.#cursors.includes(cursor))
      throw toScanError('goes in circles: it gives a cursor that it gave before');
    const ids = toCanonicalJson(data.map((record) => (record as Activity | null)?._id ?? null));
    if (data.length > 0 && ids === this.#lastIds)
      throw toScanError('repeats the last page under another cursor; it seems to ignore what it is asked');
    const move = checkNextFilters(this.#filters, next);
    if (typeof move === 'string') throw toScanError(move);
    if (data.length > 0) this.#lastIds = ids;
    const step = this.#toStep(page, move, undefined, undefined);
    this.#moveTo(next, cursor);
    return { ...step, next: this.position };
  }

  /** The records that no page of this scan has brought, which are remembered. */
  addNew(records: readonly Activity[]): Activity[] {
    return this.#recent.addNew(records, this.#filters);
  }

  /** Goes on behind a millisecond that has been read by other means; false when nothing is left. */
  skip(time: number): boolean {
    const { sortField, sortDirection } = this.#context.scan;
    const operators = this.#filters[sortField] ?? {};
    const bound = pastBound(sortField, sortDirection, time);
    const next = { ...this.#filters, [sortField]: { ...withoutBound(operators, sortDirection), ...bound } };
    const { from, to } = getTimeBounds(next[sortField] ?? {});
    this.#moveTo(next, toCanonicalJson(next));
    return from <= to;
  }

  #moveTo(next: RawFilters, cursor: string): void {
    this.#raised = false;
    this.#filters = next;
    this.#cursors.push(cursor);
    if (this.#cursors.length > rememberedCursors) this.#cursors.shift();
    this.#recent.move(next);
  }

  #toStep(
    { data, total }: Envelope<Activity>,
    move: CursorMove,
    stay: RawFilters | undefined,
    crowded: number | undefined,
  ): ScanStep {
    const { sortField, sortDirection } = this.#context.scan;
    const items = this.#recent.addNew(data, this.#filters);
    return {
      items,
      duplicates: data.length - items.length,
      total,
      monotone: isMonotone(data, sortField, sortDirection),
      move,
      next: stay && this.position,
      crowded,
    };
  }

  async #fetch(): Promise<{ limit: number; page: Envelope<Activity> }> {
    const { transport, scan, options } = this.#context;
    for (let missing = 0; ;) {
      const limit = this.#raised ? maxScanLimit : this.#size.current;
      this.#requests += 1;
      const requestId =
        options.requestId &&
        (this.#requests === 1 ? options.requestId : `${options.requestId}.${this.#requests}`);
      try {
        const page = await fetchScanPage(
          transport,
          {
            filters: this.#filters,
            sortField: scan.sortField,
            sortDirection: scan.sortDirection,
            limit,
            failWhenSlow: !this.#raised && limit > minScanLimit,
          },
          { ...options, ...(requestId && { requestId }) },
        );
        this.#size.grow();
        // A cursor that is missing is asked for once more.
        if (!page.hasNext || page.nextQueryFilters || missing > 0) return { limit, page };
        missing += 1;
      } catch (error) {
        if (!(error instanceof PageTooSlowError)) throw error;
        this.#size.shrink(limit);
      }
    }
  }
}

export function toScanError(problem: string): ApiError {
  return new ResponseFormatError(
    `${scanOperation}: the service ${problem}. The scan stops here, incomplete; go on from the last continuationToken.`,
    { operation: scanOperation },
  );
}

/** The end of the window that moves: where a cursor stands still. */
function getEdge(filters: RawFilters, field: string, direction: 'asc' | 'desc'): number | undefined {
  const { from, to } = getTimeBounds(filters[field] ?? {});
  const edge = direction === 'desc' ? to : from;
  return Number.isFinite(edge) ? edge : undefined;
}

/** `created` may exclude a bound; for `date` no such operator is documented, and its times are whole milliseconds. */
function pastBound(field: string, direction: 'asc' | 'desc', time: number): Record<string, unknown> {
  if (field === 'created') return direction === 'desc' ? { lt: time } : { gt: time };
  return direction === 'desc' ? { lte: time - 1 } : { gte: time + 1 };
}

function withoutBound(
  operators: Record<string, unknown>,
  direction: 'asc' | 'desc',
): Record<string, unknown> {
  const replaced = new Set(direction === 'desc' ? ['lte', 'lt'] : ['gte', 'gt']);
  return Object.fromEntries(Object.entries(operators).filter(([operator]) => !replaced.has(operator)));
}
