import { backoff } from '../backoff.js';
import { ApiError } from '../errors.js';
import type { Clock } from '../types.js';
import type { CompleteUntil, Delta, DrivableFeed } from './feed.js';
import { UnitsDeferredError } from './units-deferred-error.js';
import type { Deferral } from './units-deferred-error.js';

/** What the driver hands out. */
export type FeedStep<U> =
  /** New units, oldest first. Read them in any order, and settle each: `ack`, `fail` or `defer`. */
  | { type: 'units'; units: U[] }
  /** The position, to be saved: at the start, and at least every `checkpointIntervalInMs`, also when nothing is new. */
  | { type: 'checkpoint'; delta: Delta; completeUntil: CompleteUntil | undefined };

export interface FeedDriverOptions<Query, Listing, U extends { id: string }> {
  /** For errors, for example `records.follow`. */
  operation: string;
  /** Plans and remembers; makes no requests. */
  feed: DrivableFeed<Query, Listing, U>;
  clock: Clock;
  /** The server's time, in milliseconds since the epoch. */
  now(): number;
  /** Asks the server for its time. Called when nothing is due: a wrong Date header must not stall the feed. */
  refreshTime?: (() => Promise<unknown>) | undefined;
  /**
   * Lists one query: yields units as its pages come, and returns the whole listing, which alone moves the position. A
   * listing that is broken off has delivered what it found.
   */
  list(query: Query, abortSignal: AbortSignal | undefined): AsyncGenerator<U[], Listing, void>;
  /** What a query is about, for example its content type: lanes fail and back off each by itself. */
  getLane(query: Query): string;
  /** All lanes there are: when none of them can be listed, and none will heal by itself, the driver throws. */
  lanes: readonly string[];
  /** Wait for more. False: end when everything up to now has been handed out. */
  follow: boolean;
  abortSignal?: AbortSignal | undefined;
  /** Called for each listing or unit that is deferred, and each time it fails again. */
  onDeferred?: ((deferral: Deferral) => void) | undefined;
  /** Default two minutes. */
  checkpointIntervalInMs?: number | undefined;
  /** No wait between tries, and none without asking for the time, is longer. Default five minutes. */
  maxPauseInMs?: number | undefined;
  /** When not following: how often a listing or unit is tried before it is named in UnitsDeferredError. Default 3. */
  maxTries?: number | undefined;
  /** In [0, 1), for jitter. */
  random?: (() => number) | undefined;
}

const firstPauseInMs = 5000;

/**
 * Drives a feed: lists what it plans, hands out units and positions, and lets no lane and no unit hold up the others. It
 * has no state beyond the process and knows no destination. It promises that every unit is handed out, or named by
 * `onDeferred`; what is deferred stays behind the position and is handed out again. Following ends only by the
 * signal, by leaving the loop, by errors that are no ApiError, or when no lane can be listed and none of the refusals
 * is retryable. A run that does not follow ends with UnitsDeferredError when something could not be read.
 */
export class FeedDriver<Query, Listing, U extends { id: string }> {
  readonly #options: FeedDriverOptions<Query, Listing, U>;
  readonly #checkpointIntervalInMs: number;
  readonly #maxPauseInMs: number;
  readonly #maxTries: number;
  readonly #lanes = new Map<string, Deferral>();
  readonly #units = new Map<string, { deferral: Deferral; unit: U; out: boolean }>();
  #outstanding = 0;
  #checkpointAt = -Infinity;
  /** When a response has last told the time, by this machine's clock. */
  #timeHeardAt = -Infinity;

  constructor(options: FeedDriverOptions<Query, Listing, U>) {
    this.#options = options;
    this.#checkpointIntervalInMs = options.checkpointIntervalInMs ?? 120_000;
    this.#maxPauseInMs = options.maxPauseInMs ?? 300_000;
    this.#maxTries = options.maxTries ?? 3;
  }

  /** What cannot be read at the moment, listings first. */
  get deferred(): Deferral[] {
    return [...this.#lanes.values(), ...[...this.#units.values()].map(({ deferral }) => deferral)];
  }

  /** Units handed out that have not been settled. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** The unit has been read and its records are safe. Save the delta with them. */
  ack(unitId: string): Delta {
    this.#settle(unitId);
    return this.#handOver(this.#options.feed.ack(unitId));
  }

  /** The unit can never be read; it is not handed out again. */
  fail(unitId: string, reason: string): Delta {
    this.#settle(unitId);
    return this.#handOver(this.#options.feed.fail(unitId, reason));
  }

  /** The unit could not be read now: it is handed out again after a pause, and the position stays before it. */
  defer(unit: U, error: unknown): void {
    const known = this.#units.get(unit.id);
    const deferral = this.#createDeferral('unit', unit.id, error, (known?.deferral.tries ?? 0) + 1);
    this.#units.set(unit.id, { deferral, unit, out: false });
    this.#outstanding -= 1;
    this.#options.onDeferred?.(deferral);
  }

  /** Asking for the next step is possible while units are outstanding: reading ahead is the caller's choice. */
  async *steps(): AsyncGenerator<FeedStep<U>, void, void> {
    const { feed, abortSignal } = this.#options;
    for (;;) {
      abortSignal?.throwIfAborted();
      const now = this.#options.now();
      const step = feed.next(now);
      if (now >= this.#checkpointAt) yield this.#createCheckpoint();
      const again = this.#takeDueUnits(now);
      if (again.length > 0) yield this.#handOut(again);
      if ('list' in step) {
        yield* this.#list(step.list);
        this.#timeHeardAt = this.#options.clock.now();
      } else if (this.#isTimeOld()) {
        await this.#refreshTime();
      } else if (!this.#options.follow && this.#isFinished()) {
        yield this.#createCheckpoint();
        this.#throwDeferred();
        return;
      } else {
        await this.#pause(step.waitUntil);
      }
    }
  }

  async *#list(query: Query): AsyncGenerator<FeedStep<U>, void, void> {
    const { feed, abortSignal } = this.#options;
    const lane = this.#options.getLane(query);
    const listing = this.#options.list(query, abortSignal);
    try {
      for (;;) {
        const page = await this.#takePage(listing, query, lane);
        if (page === undefined) return;
        const units = 'whole' in page ? feed.listed(page.whole) : feed.announce(page.part);
        if ('whole' in page) this.#lanes.delete(lane);
        if (units.length > 0) yield this.#handOut(units);
        if ('whole' in page) return;
      }
    } finally {
      await listing.return(undefined as never).catch(() => {});
    }
  }

  /** Undefined: the listing has failed, and its lane is deferred. */
  async #takePage(
    listing: AsyncGenerator<U[], Listing, void>,
    query: Query,
    lane: string,
  ): Promise<{ part: U[] } | { whole: Listing } | undefined> {
    try {
      const result = await listing.next();
      return result.done ? { whole: result.value } : { part: result.value };
    } catch (error) {
      this.#options.abortSignal?.throwIfAborted();
      if (!ApiError.isInstance(error)) throw error;
      const deferral = this.#createDeferral('listing', lane, error, (this.#lanes.get(lane)?.tries ?? 0) + 1);
      this.#lanes.set(lane, deferral);
      const isLast = !this.#options.follow && this.#isExhausted(deferral);
      this.#options.feed.postpone(query, isLast ? Infinity : deferral.retryAt);
      this.#options.onDeferred?.(deferral);
      this.#throwIfNothingHeals(error);
      return undefined;
    }
  }

  /** Whether all lanes are refused for good: waiting would help nobody. */
  #throwIfNothingHeals(error: ApiError): void {
    const { lanes, follow } = this.#options;
    const isHopeless = (lane: string): boolean => {
      const deferral = this.#lanes.get(lane);
      return ApiError.isInstance(deferral?.error) && !deferral.error.retryable;
    };
    if (follow && lanes.every(isHopeless)) throw error;
  }

  #handOut(units: U[]): FeedStep<U> {
    this.#outstanding += units.length;
    return { type: 'units', units };
  }

  #takeDueUnits(now: number): U[] {
    const due = [...this.#units.values()].filter(({ deferral, out }) => !out && deferral.retryAt <= now);
    const again = this.#options.follow ? due : due.filter(({ deferral }) => !this.#isExhausted(deferral));
    for (const entry of again) entry.out = true;
    return again.map(({ unit }) => unit);
  }

  #settle(unitId: string): void {
    this.#units.delete(unitId);
    this.#outstanding -= 1;
  }

  /** What is deferred has had its tries. Units that are still out are the caller's. */
  #isFinished(): boolean {
    const waiting = [...this.#units.values()].filter(({ out }) => !out).map(({ deferral }) => deferral);
    return [...waiting, ...this.#lanes.values()].every((deferral) => this.#isExhausted(deferral));
  }

  #isExhausted({ kind, tries, error }: Deferral): boolean {
    return tries >= this.#maxTries || (kind === 'listing' && ApiError.isInstance(error) && !error.retryable);
  }

  #throwDeferred(): void {
    const { deferred } = this;
    if (deferred.length > 0) throw new UnitsDeferredError(this.#options.operation, deferred);
  }

  #createDeferral(kind: Deferral['kind'], name: string, error: unknown, tries: number): Deferral {
    const { random } = this.#options;
    const isApiError = ApiError.isInstance(error);
    const own = backoff(tries, { baseInMs: firstPauseInMs, maxInMs: this.#maxPauseInMs, random });
    // A refusal is not asked about every few seconds; a service that says when is asked then.
    const pause = isApiError && !error.retryable && this.#options.follow ? this.#maxPauseInMs : own;
    const pauseInMs = Math.max(pause, (isApiError ? error.retryAfterInMs : undefined) ?? 0);
    return { kind, name, error, tries, retryAt: this.#options.now() + pauseInMs };
  }

  #createCheckpoint(): FeedStep<U> {
    const { feed } = this.#options;
    return {
      type: 'checkpoint',
      delta: this.#handOver(feed.checkpoint()),
      completeUntil: feed.completeUntil?.(),
    };
  }

  #handOver(delta: Delta): Delta {
    this.#checkpointAt = this.#options.now() + this.#checkpointIntervalInMs;
    return delta;
  }

  /** Sleeps until something is due. */
  async #pause(waitUntil: number): Promise<void> {
    const { clock, abortSignal, follow } = this.#options;
    const now = this.#options.now();
    const retries = [...this.#units.values()]
      .filter(({ out, deferral }) => !out && (follow || !this.#isExhausted(deferral)))
      .map(({ deferral }) => deferral.retryAt);
    const due = Math.min(waitUntil, this.#checkpointAt, ...retries);
    await clock.sleep(Math.min(Math.max(1, due - now), this.#maxPauseInMs), abortSignal);
  }

  #isTimeOld(): boolean {
    return this.#options.clock.now() - this.#timeHeardAt >= this.#maxPauseInMs;
  }

  async #refreshTime(): Promise<void> {
    this.#timeHeardAt = this.#options.clock.now();
    try {
      await this.#options.refreshTime?.();
    } catch (error) {
      this.#options.abortSignal?.throwIfAborted();
      // The time stays as it is known; the next listing says what is wrong with the service.
      if (!ApiError.isInstance(error)) throw error;
    }
  }
}
