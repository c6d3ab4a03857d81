import type { Clock } from '@repo/client-core';

interface Timer {
  at: number;
  order: number;
  wake(): void;
}

/** Time that moves only when nothing else can: the same seed gives the same order of everything. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #timers: Timer[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const onAbort = (): void => {
        this.#timers.splice(this.#timers.indexOf(timer), 1);
        reject(signal?.reason as Error);
      };
      const timer: Timer = {
        at: this.#now + Math.max(0, ms),
        order: (this.#order += 1),
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#insert(timer);
    });
  }

  /** Runs the work to its end, moving the time whenever everything waits. */
  async drive<T>(work: Promise<T>): Promise<T> {
    const outcome = { settled: false };
    const settle = (): void => void (outcome.settled = true);
    work.then(settle, settle);
    for (;;) {
      // Two turns of the event loop: whatever is ready has run, bodies of answers included.
      for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (outcome.settled) return await work;
      // Something real may be under way, as a module that is loaded on first use.
      for (let turn = 0; turn < 100 && !outcome.settled && this.#timers.length === 0; turn += 1)
        await new Promise((resolve) => setTimeout(resolve, 1));
      if (outcome.settled) return await work;
      const timer = this.#timers.shift();
      if (!timer) throw new Error(`nothing moves any more at ${new Date(this.#now).toISOString()}`);
      this.#now = Math.max(this.#now, timer.at);
      timer.wake();
    }
  }

  #insert(timer: Timer): void {
    let [low, high] = [0, this.#timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timers[middle] as Timer;
      if (other.at < timer.at || (other.at === timer.at && other.order < timer.order)) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
  }
}
