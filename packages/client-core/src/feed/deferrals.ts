import { backoff } from '../backoff.js';
import { ApiError } from '../errors.js';
import type { Clock } from '../types.js';
import type { Deferral } from './units-deferred-error.js';

interface DeferralSettings {
  clock: Clock;
  /** The server's time, in milliseconds since the epoch. */
  now(): number;
  follow: boolean;
  maxPauseInMs: number;
  maxTries: number;
  random: (() => number) | undefined;
}

interface DeferredUnit<U> {
  deferral: Deferral;
  unit: U;
  /** Handed out again, and not settled. */
  out: boolean;
  /** By this machine's clock: the server's may be corrected by hours. */
  dueAt: number;
}

const firstPauseInMs = 5000;

/** What cannot be read at the moment, and when it is tried again. */
export class Deferrals<U extends { id: string }> {
  readonly #settings: DeferralSettings;
  readonly #lanes = new Map<string, Deferral>();
  readonly #units = new Map<string, DeferredUnit<U>>();

  constructor(settings: DeferralSettings) {
    this.#settings = settings;
  }

  /** Listings first. */
  get all(): Deferral[] {
    return [...this.#lanes.values(), ...[...this.#units.values()].map(({ deferral }) => deferral)];
  }

  /** Whether everything has had its tries. Units that are out are the caller's. */
  get areExhausted(): boolean {
    const waiting = [...this.#units.values()].filter(({ out }) => !out).map(({ deferral }) => deferral);
    return [...waiting, ...this.#lanes.values()].every((deferral) => this.isExhausted(deferral));
  }

  /** When the next unit is due, by this machine's clock. */
  get dueAt(): number {
    const waiting = [...this.#units.values()].filter(
      ({ out, deferral }) => !out && (this.#settings.follow || !this.isExhausted(deferral)),
    );
    return Math.min(...waiting.map(({ dueAt }) => dueAt));
  }

  addListing(lane: string, error: ApiError): Deferral {
    const deferral = this.#create('listing', lane, error, (this.#lanes.get(lane)?.tries ?? 0) + 1);
    this.#lanes.set(lane, deferral);
    return deferral;
  }

  addUnit(unit: U, error: unknown): Deferral {
    const tries = (this.#units.get(unit.id)?.deferral.tries ?? 0) + 1;
    const deferral = this.#create('unit', unit.id, error, tries);
    const dueAt = this.#settings.clock.now() + deferral.retryAt - this.#settings.now();
    this.#units.set(unit.id, { deferral, unit, out: false, dueAt });
    return deferral;
  }

  removeListing(lane: string): void {
    this.#lanes.delete(lane);
  }

  removeUnit(unitId: string): void {
    this.#units.delete(unitId);
  }

  takeDueUnits(): U[] {
    const { clock, follow } = this.#settings;
    const now = clock.now();
    const due = [...this.#units.values()].filter(({ dueAt, out }) => !out && dueAt <= now);
    const again = follow ? due : due.filter(({ deferral }) => !this.isExhausted(deferral));
    for (const entry of again) entry.out = true;
    return again.map(({ unit }) => unit);
  }

  isExhausted({ kind, tries, error }: Deferral): boolean {
    const { maxTries } = this.#settings;
    return tries >= maxTries || (kind === 'listing' && ApiError.isInstance(error) && !error.retryable);
  }

  /** Whether a lane is refused for good. */
  isHopeless(lane: string): boolean {
    const deferral = this.#lanes.get(lane);
    return ApiError.isInstance(deferral?.error) && !deferral.error.retryable;
  }

  #create(kind: Deferral['kind'], name: string, error: unknown, tries: number): Deferral {
    const { now, follow, maxPauseInMs, random } = this.#settings;
    const isApiError = ApiError.isInstance(error);
    const own = backoff(tries, { baseInMs: firstPauseInMs, maxInMs: maxPauseInMs, random });
    // A refusal is not asked about every few seconds; a service that says when is asked then.
    const pause = isApiError && !error.retryable && follow ? maxPauseInMs : own;
    const pauseInMs = Math.max(pause, (isApiError ? error.retryAfterInMs : undefined) ?? 0);
    return { kind, name, error, tries, retryAt: now() + pauseInMs };
  }
}
