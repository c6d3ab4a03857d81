import { systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';

interface Options {
  abortSignal?: AbortSignal | undefined;
  drainSignal?: AbortSignal | undefined;
  drainTimeoutInMs?: number | undefined;
  clock?: Clock | undefined;
}

/** Who may end what in a run. */
export class RunSignals {
  /** Ends attempts: the caller's abort, the run's own failure, or a drain whose time is over. */
  readonly attempts: AbortSignal;
  /** Ends pauses, and the search for more units: the same, and the drain. */
  readonly pauses: AbortSignal;
  readonly #stop = new AbortController();
  readonly #finished = new AbortController();

  constructor({ abortSignal, drainSignal, drainTimeoutInMs = 30_000, clock = systemClock }: Options) {
    this.attempts = anyOf([this.#stop.signal, abortSignal]);
    this.pauses = anyOf([this.#stop.signal, abortSignal, drainSignal]);
    const drain = (): void => {
      const timeout = new DOMException('Units in flight did not end in time.', 'TimeoutError');
      clock.sleep(drainTimeoutInMs, this.#finished.signal).then(
        () => this.stop(timeout),
        () => {},
      );
    };
    if (drainSignal?.aborted) drain();
    else drainSignal?.addEventListener('abort', drain, { once: true, signal: this.#finished.signal });
  }

  stop(reason: unknown): void {
    this.#stop.abort(reason);
  }

  /** The run is over: nothing waits for a drain any more. */
  finish(): void {
    this.#finished.abort();
  }
}

function anyOf(signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}
