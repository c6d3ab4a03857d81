import { systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';

const firstPauseInMs = 1000;
/** A destination that is back is noticed within this time. */
const longestPauseInMs = 300_000;

/** A source or destination that is out of order: it is asked again by one unit at a time, at growing intervals. */
export class Outage {
  readonly #clock: Clock;
  readonly #onChange: (reason: string | undefined) => void;
  #since: number | undefined;
  #reason: string | undefined;
  #failures = 0;
  #nextProbeAt = 0;

  constructor(
    onChange: (reason: string | undefined) => void = () => {},
    clock: Clock | undefined = systemClock,
  ) {
    this.#onChange = onChange;
    this.#clock = clock;
  }

  /** When it began, ms since the epoch; undefined while all is well. */
  get since(): number | undefined {
    return this.#since;
  }
  get nextProbeAt(): number {
    return this.#nextProbeAt;
  }

  /** It begins, or a probe has failed. */
  failed(reason: string): void {
    const now = this.#clock.now();
    this.#since ??= now;
    this.#nextProbeAt = now + Math.min(longestPauseInMs, firstPauseInMs * 2 ** Math.min(20, this.#failures));
    this.#failures += 1;
    if (reason === this.#reason) return;
    this.#reason = reason;
    this.#onChange(reason);
  }

  /** A probe was delivered. */
  end(): void {
    if (this.#since === undefined) return;
    this.#since = undefined;
    this.#reason = undefined;
    this.#failures = 0;
    this.#onChange(undefined);
  }
}
