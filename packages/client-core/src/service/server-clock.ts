import type { Clock } from '../types.js';

/** The server's time, as the Date headers of its responses tell it. */
export interface ServerClock {
  /**
   * Milliseconds since the epoch: this machine's clock, corrected where two responses agree that it is more than a
   * minute off; until two have agreed on anything, by the last one. Once known, one wrong header changes nothing.
   */
  now(): number;
  /** Whether the time is confirmed: a header agreed with this machine, or two headers with each other. */
  readonly isKnown: boolean;
  /** How many headers have been read: whether another response may tell more. */
  readonly headersRead: number;
  /** Takes the Date of a response, where it has one. */
  learn(headers: Headers): void;
}

/** Dates have no fractions, and responses take their time. */
const toleranceInMs = 60_000;

export function createServerClock(clock: Clock): ServerClock {
  let skewInMs: number | undefined;
  /** What the last header said, when nothing has confirmed it. */
  let unconfirmedInMs: number | undefined;
  let headersRead = 0;

  const agrees = (a: number, b: number | undefined): boolean =>
    b !== undefined && Math.abs(a - b) <= toleranceInMs;

  return {
    now: () => clock.now() + (skewInMs ?? unconfirmedInMs ?? 0),
    get isKnown() {
      return skewInMs !== undefined;
    },
    get headersRead() {
      return headersRead;
    },
    learn(headers) {
      const date = Date.parse(headers.get('date') ?? '');
      if (Number.isNaN(date)) return;
      headersRead += 1;
      const offsetInMs = date - clock.now();
      if (Math.abs(offsetInMs) <= toleranceInMs) {
        // The machine itself is the second witness, unless the server has said otherwise twice.
        if (skewInMs === undefined || skewInMs === 0 || agrees(offsetInMs, unconfirmedInMs)) skewInMs = 0;
        unconfirmedInMs = offsetInMs;
      } else {
        if (agrees(offsetInMs, unconfirmedInMs) || agrees(offsetInMs, skewInMs)) skewInMs = offsetInMs;
        unconfirmedInMs = offsetInMs;
      }
    },
  };
}

/** How often the server is asked for its time before this machine's clock is taken. */
const maxProbes = 3;

/**
 * Calls `probe` until the server's time is confirmed, at most three times. A failure of the probe is thrown only when
 * its response told no time either; with no Date header at all the clock stays this machine's.
 */
export async function confirmServerTime(
  serverClock: ServerClock,
  probe: () => Promise<unknown>,
  abortSignal?: AbortSignal,
): Promise<void> {
  for (let probes = 0; !serverClock.isKnown && probes < maxProbes; probes += 1) {
    const before = serverClock.headersRead;
    try {
      await probe();
    } catch (error) {
      // A refusal tells the time too; the call that is made next says what was refused.
      if (abortSignal?.aborted || serverClock.headersRead === before) throw error;
    }
    if (serverClock.headersRead === before) return;
  }
}
