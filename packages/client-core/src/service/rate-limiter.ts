import { untilAborted } from '../abort.js';
import { ArgumentError } from '../errors.js';
import { checkOptions } from '../options/check-options.js';
import type { OptionTable } from '../options/check-options.js';
import { hasMethods, isBoolean, isNumber } from '../options/option-rules.js';
import { systemClock } from '../clock.js';
import type { Clock, RateLimiter } from '../types.js';

export interface RateLimiterOptions {
  /** Units (requests, unless a cost is given) in any window. */
  limit: number;
  /** Length of the window in milliseconds. Default 60,000. */
  windowInMs?: number | undefined;
  /**
   * Spread the units evenly over the window instead of letting them pass as they come: no bursts, and no
   * idle half minute after one. Default false.
   */
  smooth?: boolean | undefined;
  clock?: Clock | undefined;
}

const limiterTable: OptionTable<RateLimiterOptions> = {
  limit: isNumber({ exclusive: true }),
  windowInMs: isNumber({ exclusive: true }),
  smooth: isBoolean,
  clock: hasMethods('now', 'sleep'),
};

/**
 * Never more than `limit` units in any window of `windowInMs`, first come first served. Counted over a sliding
 * window, so that it holds whenever the service's own minute begins.
 */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const given = checkOptions(options, limiterTable);
  if (given.limit === undefined)
    throw new ArgumentError('options.limit', 'is missing', 'Give a number above 0.');
  const { limit, windowInMs = 60_000, smooth = false, clock = systemClock } = given;
  const gap = smooth ? windowInMs / limit : 0;
  const passed: { time: number; cost: number }[] = [];
  let inWindow = 0;
  let last = -Infinity;
  let pause = { since: -Infinity, until: -Infinity };
  let turn: Promise<void> = Promise.resolve();

  /** After the clock went back: what has passed cannot lie in the future, or waits would be longer than a window. */
  function adjustToClock(now: number): void {
    if (last <= now && pause.since <= now) return;
    for (const entry of passed) entry.time = Math.min(entry.time, now);
    last = Math.min(last, now);
    if (pause.since > now) pause = { since: now, until: pause.until - (pause.since - now) };
  }

  function getWait(cost: number): number {
    const now = clock.now();
    adjustToClock(now);
    for (let first = passed[0]; first && first.time <= now - windowInMs; first = passed[0]) {
      passed.shift();
      inWindow -= first.cost;
    }
    let wait = Math.max(0, pause.until - now, last + gap - now);
    let excess = inWindow + Math.min(cost, limit) - limit;
    for (const entry of passed) {
      if (excess <= 0) break;
      excess -= entry.cost;
      wait = Math.max(wait, entry.time + windowInMs - now);
    }
    return wait;
  }

  async function pass(cost: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    for (let wait = getWait(cost); wait > 0; wait = getWait(cost)) await clock.sleep(Math.ceil(wait), signal);
    last = clock.now();
    passed.push({ time: last, cost });
    inWindow += cost;
  }

  return {
    acquire({ cost = 1, abortSignal } = {}) {
      const pending = turn.then(() => pass(cost, abortSignal));
      // A caller that gives up does not block the ones after it.
      turn = pending.catch(() => {});
      // Waiting in the queue is abortable too, not only waiting at its head.
      return untilAborted(pending, abortSignal);
    },
    pauseUntil(ms) {
      if (ms > pause.until) pause = { since: clock.now(), until: ms };
    },
  };
}
