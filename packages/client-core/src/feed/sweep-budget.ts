/** How many requests sweeps may still send: refilled by the minute, saved up for one minute at most. */
export class SweepBudget {
  readonly #perMinute: number;
  #left: number;
  #refilledAt = -Infinity;

  constructor(requestsPerMinute: number) {
    this.#perMinute = requestsPerMinute;
    this.#left = requestsPerMinute;
  }

  /** From when on (ms since the epoch) a sweep may go on; not after `now` if it may already. */
  readyAt(now: number): number {
    if (this.#refilledAt > -Infinity) {
      const refill = (Math.max(0, now - this.#refilledAt) / 60_000) * this.#perMinute;
      this.#left = Math.min(this.#perMinute, this.#left + refill);
    }
    this.#refilledAt = now;
    return this.#left > 0 ? now : now + Math.ceil(((1 - this.#left) / this.#perMinute) * 60_000);
  }

  /** A listing may cost more than was left: it is not interrupted, the next one waits longer. */
  spend(requests: number): void {
    this.#left -= requests;
  }
}
