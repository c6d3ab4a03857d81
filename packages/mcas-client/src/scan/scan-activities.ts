import { ApiError, ArgumentError, ResponseFormatError, paged } from '@repo/client-core';
import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import type { RawFilters } from '../filters/operators.js';
import { getTimeBounds } from '../filters/time-bounds.js';
import type { Transport } from '../http/transport.js';
import type { Activity } from '../models/activity.js';
import { scanOperation } from './reader/fetch-scan-page.js';
import { fixWindow, isRelative } from './fix-window.js';
import { ScanTally } from './scan-certificate.js';
import { ScanLanes, estimateWidth, getDivisibleRest } from './scan-lanes.js';
import { startAt } from './scan-position.js';
import type { CheckedScan, ScanPage } from './scan-query.js';
import type { ScanContext, ScanStep } from './reader/scan-reader.js';
import { scanSteps } from './scan-steps.js';
import { decodeScanToken, encodeScanToken } from './scan-token.js';
import type { ScanState } from './scan-token.js';

/** A larger error of the machine's clock than this makes a scan start again with the service's time. */
const tolerableSkewInMs = 60_000;
const maxStarts = 3;

/** A step with what is left after it. */
interface Reading {
  step: ScanStep;
  state: ScanState | undefined;
}

/** All activities that match, each once; ends only when the service says so. */
export function scanActivities(
  transport: Transport,
  scan: CheckedScan,
  options: OperationOptions,
): PagedAsyncIterable<Activity, ScanPage> {
  return paged<Activity, ScanPage>((token) => scanPages({ transport, scan, options }, token));
}

async function* scanPages(
  context: ScanContext,
  token: string | undefined,
): AsyncGenerator<ScanPage, void, undefined> {
  const { scan } = context;
  if (token !== undefined && scan.verify)
    throw new ArgumentError(
      'continuationToken',
      'is given to a scan that verifies',
      'Only a whole scan can be compared: leave out verify, or the token.',
    );
  const tally = new ScanTally();
  const onGap = scan.onGap;
  const counted: CheckedScan = onGap ? { ...scan, onGap: (gap) => (tally.gaps.push(gap), onGap(gap)) } : scan;
  let fixed: RawFilters | undefined;
  const readings =
    token === undefined
      ? startScan({ ...context, scan: counted }, (filters) => (fixed = filters))
      : resumeScan({ ...context, scan: counted }, decodeScanToken(scan, token));
  let last = token;
  try {
    for await (const { step, state } of readings) {
      tally.add(step);
      const { items, duplicates, total } = step;
      last = state && encodeScanToken(scan, state);
      yield {
        items,
        duplicates,
        ...(total !== undefined && { total }),
        ...(last !== undefined && { continuationToken: last }),
      };
    }
  } catch (error) {
    throw withContinuationToken(error, last);
  }
  const verified = scan.verify && fixed !== undefined;
  if (verified) await verifyScan(context, fixed ?? {}, tally);
  const { from, to } = getTimeBounds(fixed?.[scan.sortField] ?? {});
  scan.onComplete?.({
    window: {
      from: Number.isFinite(from) ? from : undefined,
      to: Number.isFinite(to) ? to : undefined,
    },
    pages: tally.pages,
    records: tally.records,
    duplicates: tally.duplicates,
    idsHash: tally.idsHash,
    monotone: tally.monotone,
    totals: tally.totals,
    gaps: tally.gaps,
    resumed: token !== undefined,
    verified,
  });
}

/**
 * Fixes the window by the service's clock. Before the first response that is this machine's; where the two turn out to
 * be far apart, the scan begins again: a machine that is behind would leave out the newest records.
 */
async function* startScan(
  context: ScanContext,
  onWindow: (filters: RawFilters) => void,
): AsyncGenerator<Reading, void, undefined> {
  const { transport, scan } = context;
  for (let tries = 1; ; tries += 1) {
    const offset = transport.offset();
    const filters = fixWindow(scan.filters, scan.sortField, transport.now());
    const steps = scanSteps(context, startAt(filters));
    const first = await steps.next();
    const wrong = Math.abs(transport.offset() - offset) > tolerableSkewInMs;
    // One response alone may have a wrong Date: two must agree.
    const unconfirmed = !transport.isTimeKnown && Math.abs(transport.offset()) > tolerableSkewInMs;
    if (tries < maxStarts && (wrong || unconfirmed) && isRelative(scan.filters, scan.sortField)) {
      await steps.return();
      continue;
    }
    onWindow(filters);
    if (!first.done) yield* readSteps(context, filters, first.value, steps);
    return;
  }
}

/** Reads one page after another, or in parts as soon as the cursor says what is left. */
async function* readSteps(
  context: ScanContext,
  filters: RawFilters,
  first: ScanStep,
  steps: AsyncGenerator<ScanStep, void, undefined>,
): AsyncGenerator<Reading, void, undefined> {
  const { concurrency, sortField, limit } = context.scan;
  let window = getTimeBounds(filters[sortField] ?? {});
  for (let step = first; ;) {
    const rest = concurrency > 1 ? getDivisibleRest(step, sortField) : undefined;
    if (rest && step.next) {
      await steps.return();
      const down = step.move.bound === 'to';
      const covered = down ? ([rest[1], window.to] as const) : ([window.from, rest[0]] as const);
      const width = estimateWidth(step, covered[1] - covered[0], limit);
      yield* readLanes(context, step.next.filters, { lanes: [], rest, width }, { step, window: covered });
      return;
    }
    yield { step, state: step.next && { lanes: [step.next] } };
    if (!step.next) return;
    window = getTimeBounds(step.next.filters[sortField] ?? {});
    const following = await steps.next();
    if (following.done) return;
    step = following.value;
  }
}

async function* readLanes(
  context: ScanContext,
  filters: RawFilters,
  state: ScanState,
  head?: { step: ScanStep; window: readonly [number, number] },
): AsyncGenerator<Reading, void, undefined> {
  const stop = new AbortController();
  const { abortSignal: outer } = context.options;
  const abortSignal = outer ? AbortSignal.any([stop.signal, outer]) : stop.signal;
  const lanes = new ScanLanes({ ...context, options: { ...context.options, abortSignal } }, filters, state);
  try {
    if (head) yield { step: lanes.admit(head.step, head.window), state: lanes.state };
    for (let step = await lanes.next(); step; step = await lanes.next()) {
      const left = lanes.state;
      yield { step, state: left.lanes.length > 0 || left.rest ? left : undefined };
    }
  } finally {
    stop.abort();
    await lanes.return();
  }
}

async function* resumeScan(context: ScanContext, state: ScanState): AsyncGenerator<Reading, void, undefined> {
  const [lane] = state.lanes;
  if (lane && state.lanes.length === 1 && !state.rest && !lane.window) {
    const steps = scanSteps(context, lane);
    const first = await steps.next();
    if (!first.done) yield* readSteps(context, lane.filters, first.value, steps);
    return;
  }
  yield* readLanes(context, state.base ?? context.scan.filters, state);
}

/** Scans once more in the other direction: both must find the same ids. */
async function verifyScan(context: ScanContext, filters: RawFilters, expected: ScanTally): Promise<void> {
  const sortDirection = context.scan.sortDirection === 'desc' ? 'asc' : 'desc';
  const scan: CheckedScan = { ...context.scan, sortDirection, concurrency: 1 };
  const tally = new ScanTally();
  for await (const step of scanSteps({ ...context, scan }, startAt(filters))) tally.add(step);
  if (tally.records === expected.records && tally.idsHash === expected.idsHash) return;
  throw new ResponseFormatError(
    `${scanOperation}: the scan found ${expected.records} records, one in the other direction ${tally.records}${tally.records === expected.records ? ', and not the same' : ''}. Records may have become visible in between: scan again, some minutes later.`,
    { operation: scanOperation },
  );
}

const tokenKey: unique symbol = Symbol.for('mcas-client.continuation-token');

function withContinuationToken(error: unknown, token: string | undefined): unknown {
  if (token !== undefined && ApiError.isInstance(error))
    Object.defineProperty(error, tokenKey, { value: token, configurable: true });
  return error;
}

/** Where to go on after an error of a scan: the token of its last page, with the same query. Undefined when it has none. */
export function getContinuationToken(error: unknown): string | undefined {
  const token: unknown = (error as { [tokenKey]?: unknown } | null | undefined)?.[tokenKey];
  return typeof token === 'string' ? token : undefined;
}
