import { untilAborted } from '../abort.js';
import { ArgumentError } from '../errors.js';
import { systemClock } from '../clock.js';
import type { Clock, RateLimiter } from '../types.js';

export interface RateLimiterOptions {
  /** Units (requests, unless a cost is given) in any window. */
  limit: number;
  /** Length of the window in milliseconds. Default 60,000. */
  windowInMs?: number;
  /**
   * Spread the units evenly over the window instead of letting them pass as they come: no bursts, and no
   * idle half minute after one. Default false.
   */
  smooth?: boolean;
  clock?: Clock;
}

/**
 * Never more than `limit` units in any window of `windowInMs`, first come first served. Counted over a sliding
 * window, so that it holds whenever the service's own minute begins.
 */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { limit, windowInMs = 60_000, smooth = false, clock = systemClock } = options;
  if (!(limit > 0)) throw new ArgumentError('limit', `is ${limit}`, 'Give a number above 0.');
  const gap = smooth ? windowInMs / limit : 0;
  const passed: { at: number; cost: number }[] = [];
  let inWindow = 0;
  let last = -Infinity;
  let pause = { since: -Infinity, until: -Infinity };
  let turn: Promise<void> = Promise.resolve();

  /** What was, cannot be in the future: a wait is never longer for it than its window. */
  function clockWentBackTo(now: number): void {
    if (last <= now && pause.since <= now) return;
    for (const one of passed) one.at = Math.min(one.at, now);
    last = Math.min(last, now);
    if (pause.since > now) pause = { since: now, until: pause.until - (pause.since - now) };
  }

  function waitFor(cost: number): number {
    const now = clock.now();
    clockWentBackTo(now);
    for (let first = passed[0]; first && first.at <= now - windowInMs; first = passed[0]) {
      passed.shift();
      inWindow -= first.cost;
    }
    let wait = Math.max(0, pause.until - now, last + gap - now);
    let excess = inWindow + Math.min(cost, limit) - limit;
    for (const one of passed) {
      if (excess <= 0) break;
      excess -= one.cost;
      wait = Math.max(wait, one.at + windowInMs - now);
    }
    return wait;
  }

  async function pass(cost: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    for (let wait = waitFor(cost); wait > 0; wait = waitFor(cost)) await clock.sleep(Math.ceil(wait), signal);
    last = clock.now();
    passed.push({ at: last, cost });
    inWindow += cost;
  }

  return {
    acquire({ cost = 1, abortSignal } = {}) {
      const mine = turn.then(() => pass(cost, abortSignal));
      // Who gives up must not hold up those behind.
      turn = mine.catch(() => {});
      // Waiting in the queue is abortable too, not only waiting at its head.
      return untilAborted(mine, abortSignal);
    },
    pauseUntil(ms) {
      if (ms > pause.until) pause = { since: clock.now(), until: ms };
    },
  };
}
