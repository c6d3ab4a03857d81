import { minScanLimit } from '../scan-query.js';

/** Records a page: halved after a page that took too long, doubled again after pages that did not. */
export class PageSize {
  current: number;
  readonly #wanted: number;
  #successes = 0;
  /** Pages that must succeed before a larger one is tried; doubled with each failure, so that it settles. */
  #patience = 1;

  constructor(wanted: number) {
    this.#wanted = wanted;
    this.current = wanted;
  }

  shrink(tried: number): void {
    this.current = Math.max(minScanLimit, Math.floor(tried / 2));
    this.#successes = 0;
    this.#patience = Math.min(this.#patience * 2, 32);
  }

  grow(): void {
    if (this.current >= this.#wanted) return;
    this.#successes += 1;
    if (this.#successes < this.#patience) return;
    this.current = Math.min(this.#wanted, this.current * 2);
    this.#successes = 0;
  }
}
