import { ApiError } from '../errors.js';
import type { Clock } from '../types.js';
import { Deferrals } from './deferrals.js';
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
  readonly #deferrals: Deferrals<U>;
  #outstanding = 0;
  // Times of this machine's clock: the server's may be corrected by hours.
  #checkpointAt = -Infinity;
  /** The server's time less this machine's, as it was last seen. */
  #offset: number | undefined;
  /** When a response has last told the time, by this machine's clock. */
  #timeHeardAt = -Infinity;

  constructor(options: FeedDriverOptions<Query, Listing, U>) {
    this.#options = options;
    this.#checkpointIntervalInMs = options.checkpointIntervalInMs ?? 120_000;
    this.#maxPauseInMs = options.maxPauseInMs ?? 300_000;
    this.#deferrals = new Deferrals({
      clock: options.clock,
      now: () => options.now(),
      follow: options.follow,
      maxPauseInMs: this.#maxPauseInMs,
      maxTries: options.maxTries ?? 3,
      random: options.random,
    });
  }

  /** What cannot be read at the moment, listings first. */
  get deferred(): Deferral[] {
    return this.#deferrals.all;
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
    const deferral = this.#deferrals.addUnit(unit, error);
    this.#outstanding -= 1;
    this.#options.onDeferred?.(deferral);
  }

  /** Asking for the next step is possible while units are outstanding: reading ahead is the caller's choice. */
  async *steps(): AsyncGenerator<FeedStep<U>, void, void> {
    const { feed, abortSignal } = this.#options;
    for (;;) {
      abortSignal?.throwIfAborted();
      this.#followTime();
      const step = feed.next(this.#options.now());
      if (this.#options.clock.now() >= this.#checkpointAt) yield this.#createCheckpoint();
      const again = this.#deferrals.takeDueUnits();
      if (again.length > 0) yield this.#handOut(again);
      if ('list' in step) {
        yield* this.#list(step.list);
        this.#timeHeardAt = this.#options.clock.now();
      } else if (this.#isTimeOld()) {
        await this.#refreshTime();
      } else if (!this.#options.follow && this.#deferrals.areExhausted) {
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
        if ('whole' in page) this.#deferrals.removeListing(lane);
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
      const deferral = this.#deferrals.addListing(lane, error);
      const isLast = !this.#options.follow && this.#deferrals.isExhausted(deferral);
      this.#options.feed.postpone(query, isLast ? Infinity : deferral.retryAt);
      this.#options.onDeferred?.(deferral);
      this.#throwIfNothingHeals(error);
      return undefined;
    }
  }

  /** Whether all lanes are refused for good: waiting would help nobody. */
  #throwIfNothingHeals(error: ApiError): void {
    const { lanes, follow } = this.#options;
    if (follow && lanes.every((lane) => this.#deferrals.isHopeless(lane))) throw error;
  }

  #handOut(units: U[]): FeedStep<U> {
    this.#outstanding += units.length;
    return { type: 'units', units };
  }

  #settle(unitId: string): void {
    this.#deferrals.removeUnit(unitId);
    this.#outstanding -= 1;
  }

  #throwDeferred(): void {
    const { deferred } = this;
    if (deferred.length > 0) throw new UnitsDeferredError(this.#options.operation, deferred);
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
    this.#checkpointAt = this.#options.clock.now() + this.#checkpointIntervalInMs;
    return delta;
  }

  /** Sleeps until something is due. */
  async #pause(waitUntil: number): Promise<void> {
    const { clock, abortSignal } = this.#options;
    const now = clock.now();
    const listingAt = now + waitUntil - this.#options.now();
    const due = Math.min(listingAt, this.#checkpointAt, this.#deferrals.dueAt);
    await clock.sleep(Math.min(Math.max(1, due - now), this.#maxPauseInMs), abortSignal);
  }

  /** What was planned by a wrong time moves with it when it is corrected: nothing waits until a time that was wrong. */
  #followTime(): void {
    const offset = this.#options.now() - this.#options.clock.now();
    const moved = offset - (this.#offset ?? offset);
    this.#offset = offset;
    if (moved !== 0) this.#options.feed.shiftTime?.(moved);
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
