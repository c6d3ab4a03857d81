import type { RawFilters } from '../filters/operators.js';
import { getTimeBounds } from '../filters/time-bounds.js';
import type { Activity } from '../models/activity.js';
import { getTime } from './reader/is-monotone.js';
import { hashId, packHashes, unpackHashes } from './reader/recent-ids.js';
import { startAt } from './scan-position.js';
import type { ScanContext, ScanStep } from './reader/scan-reader.js';
import { scanSteps } from './scan-steps.js';
import type { LaneState, ScanState } from './scan-token.js';

/** How full a page a lane aims at: one that is a little too large costs a whole request more. */
const aim = 0.8;
/** Where records without a usable time are remembered. */
const strays = -1;

type Window = readonly [from: number, to: number];

interface Lane {
  window: Window;
  steps: AsyncGenerator<ScanStep, void, undefined>;
  /** The step that was asked for last: at most one is held for each lane. */
  upcoming: Promise<IteratorResult<ScanStep, void>>;
  /** Where it goes on after the last step that was handed out. */
  position: LaneState;
  found: number;
}

/**
 * A window read as parts, several at the same time. Parts are windows of time alone, so that no order of the service
 * matters; they share their edges, so that no time between two whole milliseconds is left out, and what an edge brings
 * twice is handed out once.
 */
export class ScanLanes {
  readonly #context: ScanContext;
  readonly #filters: RawFilters;
  readonly #lanes: Lane[] = [];
  /** Of an earlier process, not opened yet. */
  readonly #saved: LaneState[];
  /** Hashes of ids that were handed out at the edges of lanes, with the edge or `strays`. */
  readonly #shared = new Map<string, number>();
  readonly #edges = new Set<number>();
  #strays = 0;
  #rest: Window | undefined;
  #width: number;

  /** `filters` are those of the whole window. */
  constructor(context: ScanContext, filters: RawFilters, { lanes, rest, width = 1, edges = [] }: ScanState) {
    this.#context = context;
    this.#filters = filters;
    this.#rest = rest;
    this.#width = width;
    for (const time of rest ?? []) this.#edges.add(time);
    for (const { window } of lanes) for (const time of window ?? []) this.#edges.add(time);
    for (const [time, packed] of edges) for (const hash of unpackHashes(packed)) this.#shared.set(hash, time);
    this.#strays = edges.filter(([time]) => time === strays).length;
    this.#saved = [...lanes];
  }

  /** What is left to do after the steps that were handed out. */
  get state(): ScanState {
    const lanes = [...this.#lanes.map(({ position, window }) => ({ ...position, window })), ...this.#saved];
    const open = new Set([strays, ...(this.#rest ?? []), ...lanes.flatMap(({ window = [] }) => window)]);
    return {
      lanes,
      base: this.#filters,
      rest: this.#rest,
      width: this.#width,
      edges: this.#packShared(open),
    };
  }

  /** What is new of a step, read from this window; ids at its edges are remembered. */
  admit(step: ScanStep, window: Window): ScanStep {
    const items = step.items.filter((record) => this.#isNew(record, window));
    return { ...step, items, duplicates: step.duplicates + step.items.length - items.length };
  }

  /** The next step of any lane, or of the first one when order matters; undefined when all is read. */
  async next(): Promise<ScanStep | undefined> {
    const { concurrency, ordered } = this.#context.scan;
    for (;;) {
      while (this.#lanes.length < concurrency && this.#openNext());
      if (this.#lanes.length === 0) return undefined;
      const index = ordered
        ? 0
        : await Promise.race(this.#lanes.map(async ({ upcoming }, at) => (await upcoming, at)));
      const lane = this.#lanes[index] as Lane;
      const { value: step, done } = await lane.upcoming;
      if (!done) return this.#take(lane, step);
      this.#close(lane);
    }
  }

  async return(): Promise<void> {
    await Promise.allSettled(this.#lanes.map(({ steps }) => steps.return()));
  }

  #take(lane: Lane, step: ScanStep): ScanStep {
    lane.found += step.items.length + step.duplicates;
    // Without a next step the lane is over, and the state must not say otherwise.
    if (!step.next) this.#close(lane);
    else {
      lane.position = step.next;
      lane.upcoming = lane.steps.next();
      lane.upcoming.catch(() => undefined);
    }
    return this.admit(step, lane.window);
  }

  #close(lane: Lane): void {
    this.#lanes.splice(this.#lanes.indexOf(lane), 1);
    // Grows and shrinks by half at most: one quiet hour says little about the next.
    const [from, to] = lane.window;
    const ideal = ((to - from) / Math.max(lane.found, 1)) * this.#context.scan.limit * aim;
    if (Number.isFinite(ideal)) this.#width = Math.min(Math.max(ideal, this.#width / 2), this.#width * 2);
  }

  /** What lanes that are still to be read may bring again. */
  #packShared(open: ReadonlySet<number>): (readonly [number, string])[] {
    const byTime = new Map<number, string[]>();
    for (const [hash, time] of this.#shared) {
      if (!open.has(time)) continue;
      const hashes = byTime.get(time) ?? [];
      byTime.set(time, hashes);
      hashes.push(hash);
    }
    return [...byTime].map(([time, hashes]) => [time, packHashes(hashes)] as const);
  }

  /** Takes the next part off the rest, on the side where the scan begins. */
  #split([from, to]: Window): Window {
    const width = Math.max(1, Math.floor(this.#width));
    const down = this.#context.scan.sortDirection === 'desc';
    const edge = down ? Math.max(from, to - width) : Math.min(to, from + width);
    const last = down ? edge <= from : edge >= to;
    this.#rest = last ? undefined : down ? [from, edge] : [edge, to];
    return down ? [edge, to] : [from, edge];
  }

  #openNext(): boolean {
    const saved = this.#saved.shift();
    if (saved) this.#open(saved.window ?? [-Infinity, Infinity], saved);
    else if (this.#rest) this.#open(this.#split(this.#rest));
    else return false;
    return true;
  }

  #open(window: Window, saved?: LaneState): void {
    const { sortField } = this.#context.scan;
    const { gt, lt } = this.#filters[sortField] ?? {};
    const excluded = { ...(gt !== undefined && { gt }), ...(lt !== undefined && { lt }) };
    const position: LaneState =
      saved ?? startAt({ ...this.#filters, [sortField]: { ...excluded, gte: window[0], lte: window[1] } });
    for (const time of window) this.#edges.add(time);
    const steps = scanSteps(this.#context, position);
    const upcoming = steps.next();
    // Awaited later; until then its failure is nobody's.
    upcoming.catch(() => undefined);
    this.#lanes.push({ window, steps, upcoming, position, found: 0 });
  }

  /** Leaves out what another lane has brought: records at an edge, or outside the lane's own window. */
  #isNew(record: Activity, [from, to]: Window): boolean {
    const id: unknown = (record as Activity | null)?._id;
    if (typeof id !== 'string') return true;
    const time = getTime(record, this.#context.scan.sortField) ?? strays;
    const inside = time > from && time < to;
    if (inside && this.#strays === 0) return true;
    const hash = hashId(id);
    if (this.#shared.has(hash)) return false;
    if (inside) return true;
    const edge = this.#edges.has(time) ? time : strays;
    if (edge === strays) this.#strays += 1;
    this.#shared.set(hash, edge);
    return true;
  }
}

/** How wide a part should be, judged by what a first page covered. */
export function estimateWidth(step: ScanStep, covered: number, limit: number): number {
  return (Math.max(covered, 1) / Math.max(step.items.length, 1)) * limit * aim;
}

/** What the cursor leaves of the window, when it can be read in parts. */
export function getDivisibleRest(step: ScanStep, sortField: 'date' | 'created'): Window | undefined {
  const { next, move, monotone } = step;
  // A service that sorts otherwise than asked is read one page after another: only its cursor knows what is left.
  if (!next || !monotone || move.field !== sortField || move.bound === 'both') return undefined;
  const operators = next.filters[sortField] ?? {};
  const { from, to } = getTimeBounds(operators);
  const divisible =
    Object.keys(operators).every((operator) => ['gt', 'gte', 'lt', 'lte', 'range'].includes(operator)) &&
    !(Array.isArray(operators['range']) && operators['range'].length > 1);
  return divisible && Number.isFinite(from) && Number.isFinite(to) && from < to ? [from, to] : undefined;
}
