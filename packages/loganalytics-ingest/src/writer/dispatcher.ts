import type { Batch } from './batch.js';
import type { WriteCall } from './row-ledger.js';

interface DispatcherOptions {
  /** Bodies in flight at the same time. */
  concurrency: number;
  maxInFlight?: { rows?: number | undefined; bytes?: number | undefined } | undefined;
  /** Sends a batch and settles its rows. Never rejects. */
  deliver(batch: Batch<WriteCall>): Promise<void>;
}

/** Keeps at most so many batches, rows and bytes in flight, and makes writers wait for the rest. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #inFlight = new Set<Promise<void>>();
  /** A full batch waits for a body in flight to end; no row is taken meanwhile. */
  #blocked: Promise<void> | undefined;
  /** Rows and bytes of batches that were dispatched and are not settled. */
  #rows = 0;
  #bytes = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Resolves when a batch may follow the one that waits; undefined: none waits. */
  get blocked(): Promise<void> | undefined {
    return this.#blocked;
  }

  /** Whether no row may be taken beside those of `batch`. */
  isFull(batch: Batch<WriteCall>): boolean {
    const { rows = Infinity, bytes = Infinity } = this.#options.maxInFlight ?? {};
    // One row at least, however large.
    if (this.#rows + batch.ends.length === 0) return false;
    return this.#rows + batch.ends.length >= rows || this.#bytes + batch.length >= bytes;
  }

  /** Resolves when a batch in flight has ended; immediately when there is none. */
  async next(): Promise<void> {
    if (this.#blocked) await this.#blocked;
    else if (this.#inFlight.size > 0) await Promise.race(this.#inFlight);
  }

  dispatch(batch: Batch<WriteCall>): void {
    this.#rows += batch.ends.length;
    this.#bytes += batch.length;
    if (!this.#blocked && this.#inFlight.size < this.#options.concurrency) return this.#launch(batch);
    const waiting: Promise<void> = this.#launchWhenFree(batch, this.#blocked).finally(() => {
      if (this.#blocked === waiting) this.#blocked = undefined;
    });
    this.#blocked = waiting;
  }

  #launch(batch: Batch<WriteCall>): void {
    const rows = batch.ends.length;
    const bytes = batch.length;
    const sending = this.#options.deliver(batch).finally(() => {
      this.#inFlight.delete(sending);
      this.#rows -= rows;
      this.#bytes -= bytes;
    });
    this.#inFlight.add(sending);
  }

  async #launchWhenFree(batch: Batch<WriteCall>, before: Promise<void> | undefined): Promise<void> {
    await before;
    while (this.#inFlight.size >= this.#options.concurrency) await Promise.race(this.#inFlight);
    this.#launch(batch);
  }
}
