import { ArgumentError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import type { RawFilters } from '../filters/operators.js';
import type { Activity } from '../models/activity.js';
import type { Transport } from '../http/transport.js';
import { scanPages } from './scan-pages.js';
import type { CheckedScan, ScanPage } from './scan-query.js';

/** How full a page a slice aims at: one that is a little too large costs a whole request more. */
const aim = 0.8;

interface ActivityWindow {
  pages: AsyncGenerator<ScanPage, void, undefined>;
  /** The page that was asked for last: at most one is held for each slice. */
  next: Promise<IteratorResult<ScanPage, void>>;
  width: number;
  found: number;
}

/**
 * One scan as slices of its window, several in flight under the same limiter. The first page is asked for alone: it
 * may be all there is, and it tells how dense the records are. Slices share their edges, so that no time between two
 * whole milliseconds is left out; what an edge brings twice comes once.
 */
export async function* scanInSlices(
  transport: Transport,
  scan: CheckedScan,
  filters: RawFilters,
  options: OperationOptions,
): AsyncGenerator<ScanPage, void, undefined> {
  const { concurrency, ordered, sortField, sortDirection, limit } = scan;
  const window = windowOf(filters, sortField);
  const { gt, lt } = filters[sortField] ?? {};
  const excluded = { ...(gt !== undefined && { gt }), ...(lt !== undefined && { lt }) };
  const stop = new AbortController();
  const abortSignal = options.abortSignal ? AbortSignal.any([stop.signal, options.abortSignal]) : stop.signal;
  const pagesOf = (from: number, to: number): AsyncGenerator<ScanPage, void, undefined> =>
    scanPages(
      transport,
      scan,
      { ...filters, [sortField]: { ...excluded, gte: from, lte: to } },
      { ...options, abortSignal },
    );
  const timeOf = (one: Activity): unknown => (sortField === 'date' ? one.timestamp : one.created);
  const edges = new Map<number, Set<string>>();

  /** Leaves out what another slice has brought at an edge. */
  function fresh(page: ScanPage): ScanPage {
    const items = page.items.filter((one) => {
      const ids = edges.get(timeOf(one) as number);
      if (!ids || typeof one._id !== 'string') return true;
      if (ids.has(one._id)) return false;
      ids.add(one._id);
      return true;
    });
    const { total: _ofItsSlice, continuationToken: _ofItsSliceToo, ...rest } = page;
    return { ...rest, items, duplicates: page.duplicates + page.items.length - items.length };
  }

  const active: ActivityWindow[] = [];
  try {
    const head = pagesOf(window.from, window.to);
    let rest: { from: number; to: number } | undefined;
    let width = 0;
    for (let one = await head.next(); !one.done; one = await head.next()) {
      const last = one.value.items.at(-1);
      const more = one.value.continuationToken !== undefined;
      const reached = more && last ? timeOf(last) : undefined;
      // Without a time there is no edge to cut at: the scan goes on one page after another.
      if (typeof reached !== 'number') {
        yield fresh(one.value);
        continue;
      }
      edges.set(reached, new Set());
      yield fresh(one.value);
      const down = sortDirection === 'desc';
      rest = down ? { from: window.from, to: reached } : { from: reached, to: window.to };
      const covered = down ? window.to - reached : reached - window.from;
      width = (Math.max(covered, 1) / one.value.items.length) * limit * aim;
      break;
    }
    await head.return();
    if (!rest) return;

    let left = rest;
    function cut(): ActivityWindow | undefined {
      if (left.from > left.to) return undefined;
      const span = Math.max(1, Math.floor(width));
      const down = sortDirection === 'desc';
      const edge = down ? Math.max(left.from, left.to - span) : Math.min(left.to, left.from + span);
      const [from, to] = down ? [edge, left.to] : [left.from, edge];
      const done = down ? edge <= left.from : edge >= left.to;
      left = done ? { from: 1, to: 0 } : down ? { from: left.from, to: edge } : { from: edge, to: left.to };
      for (const time of [from, to]) if (!edges.has(time)) edges.set(time, new Set());
      const pages = pagesOf(from, to);
      const next = pages.next();
      // Awaited later; until then its failure is nobody's.
      next.catch(() => undefined);
      return { pages, next, width: to - from, found: 0 };
    }

    for (;;) {
      while (active.length < concurrency) {
        const slice = cut();
        if (!slice) break;
        active.push(slice);
      }
      if (active.length === 0) return;
      const at = ordered ? 0 : await Promise.race(active.map(async ({ next }, index) => (await next, index)));
      const slice = active[at] as ActivityWindow;
      const result = await slice.next;
      if (result.done) {
        active.splice(at, 1);
        // Grows and shrinks by half at most: one quiet hour says little about the next.
        const ideal = (slice.width / Math.max(slice.found, 1)) * limit * aim;
        width = Math.min(Math.max(ideal, width / 2), width * 2);
        continue;
      }
      slice.found += result.value.items.length + result.value.duplicates;
      const page = fresh(result.value);
      slice.next = slice.pages.next();
      slice.next.catch(() => undefined);
      yield page;
    }
  } finally {
    stop.abort();
    await Promise.allSettled(active.map(({ pages }) => pages.return()));
  }
}

/** Both ends of the window in milliseconds; slices need them. */
function windowOf(filters: RawFilters, sortField: string): { from: number; to: number } {
  const bounds = filters[sortField] ?? {};
  const range: unknown = Array.isArray(bounds['range']) ? bounds['range'][0] : bounds['range'];
  const { start, end } = (range ?? {}) as { start?: unknown; end?: unknown };
  const several = Array.isArray(bounds['range']) && bounds['range'].length > 1;
  const numbers = (values: unknown[]): number[] => values.filter((one) => one !== undefined).map(Number);
  const from = Math.max(...numbers([bounds['gte'], bounds['gt'], start]));
  const to = Math.min(...numbers([bounds['lte'], bounds['lt'], end]));
  if (several || bounds['eq'] !== undefined || !Number.isFinite(from) || !Number.isFinite(to))
    throw new ArgumentError(
      'query.concurrency',
      `needs one span of ${sortField}`,
      `Give filters.${sortField} a gte, or scan without concurrency.`,
    );
  return { from, to };
}
