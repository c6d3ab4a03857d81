import { AuditSdkError, backoff, checkOptions, isCallback, operationOptionTable } from '@repo/client-core';
import type {
  Clock,
  CompleteUntil,
  Delta,
  Gap,
  OperationOptions,
  Page,
  PagedAsyncIterable,
  SavedFeed,
} from '@repo/client-core';
import type { Activity } from '../models/activity.js';
import type { ScanPage, ScanQuery } from '../scan/scan-query.js';
import { createActivityFeed, listWindows } from './create-activity-feed.js';
import type { ActivityFeed, ActivityWindow } from './create-activity-feed.js';
import type { ActivityFeedOptions } from './feed-options.js';

/** Asking for the next page says that this one is safe; what to store for that is in `delta`. */
export interface ActivityPage extends Page<Activity> {
  /** The cursor after this page; also in `delta`. */
  cursor: string;
  delta: Delta;
  /** What is certain so far; undefined until a window has been planned. */
  completeUntil: CompleteUntil | undefined;
  /** Records of this page that only a sweep found: they showed later than the overlap reaches back. */
  late: number;
  /** How far back sweeps reach now, in ms. */
  reachInMs: number;
  /** What the service does not give: milliseconds with more than 5,000 records that cannot be split. */
  gaps: readonly Gap[];
}

/** A window that cannot be read now and is tried again. */
export interface FollowRetry {
  error: AuditSdkError;
  /** 1 for the first failure in a row. */
  attempt: number;
  /** Pause before the next attempt, in ms; at most five minutes unless the service asks for more. */
  delayInMs: number;
}

export interface FollowActivitiesOptions extends ActivityFeedOptions, OperationOptions {
  /** Where an earlier run ended: its last cursor and its ledger. */
  saved?: SavedFeed | undefined;
  /** Called before each pause after a failure that may heal by itself. */
  onRetry?: ((retry: FollowRetry) => void) | undefined;
}

interface FollowContext {
  clock: Clock;
  /** The service's time. */
  now(): number;
  /** Asks again when a single response says that this machine's clock is wrong. */
  confirmTime(options: OperationOptions): Promise<void>;
  scanWindow(query: ScanQuery, options: OperationOptions): PagedAsyncIterable<Activity, ScanPage>;
}

const hourInMs = 3_600_000;
const pauses = { baseInMs: 5000, maxInMs: 300_000 };

/**
 * New activities as they are saved. Waits out whatever may heal by itself; ends by `abortSignal`, by leaving the loop,
 * or by an error that no waiting heals. The first page holds the position alone.
 */
export async function* followActivities(
  context: FollowContext,
  { saved, onRetry, ...options }: FollowActivitiesOptions,
): AsyncGenerator<ActivityPage, void, undefined> {
  checkOptions({ onRetry }, { onRetry: isCallback });
  const { abortSignal, timeoutInMs, maxRetries } = options;
  checkOptions({ abortSignal, timeoutInMs, maxRetries, requestId: undefined }, operationOptionTable);
  const feed = createActivityFeed(saved, { ...options, sweepReachInMs: options.sweepReachInMs ?? hourInMs });
  const calls = { abortSignal, timeoutInMs, maxRetries };
  const { clock, now } = context;
  for (let first = true; ; first = false) {
    abortSignal?.throwIfAborted();
    await context.confirmTime(calls);
    const step = feed.next(now());
    if (first) yield toPage(feed, [], 0, feed.checkpoint(), []);
    if ('waitUntil' in step) {
      await clock.sleep(Math.min(Math.max(1, step.waitUntil - now()), pauses.maxInMs), abortSignal);
      continue;
    }
    for (const window of feed.listed(listWindows(step.list)))
      for (let attempt = 1; ; attempt += 1)
        try {
          yield* readWindow(context, feed, window, calls);
          break;
        } catch (error) {
          await pauseAfter(error, attempt, { clock, abortSignal, onRetry });
          // The position goes on being handed over while the service is down.
          yield toPage(feed, [], 0, feed.checkpoint(), []);
        }
  }
}

async function* readWindow(
  { scanWindow }: FollowContext,
  feed: ActivityFeed,
  window: ActivityWindow,
  calls: OperationOptions,
): AsyncGenerator<ActivityPage, void, undefined> {
  const gaps: Gap[] = [];
  const query = { ...feed.query(window), onGap: (gap: Gap) => void gaps.push(gap) };
  for await (const page of scanWindow(query, calls).byPage()) {
    const { items, late, delta } = feed.fresh(page.items);
    if (page.continuationToken !== undefined) {
      // Nothing new in the middle of a window is nothing to store.
      if (items.length > 0 || gaps.length > 0) yield toPage(feed, items, late, delta, gaps.splice(0));
      continue;
    }
    const done = feed.ack(window.id);
    const joined = { ...done, add: delta.add, expire: [...delta.expire, ...done.expire] };
    yield toPage(feed, items, late, joined, gaps.splice(0));
  }
}

function toPage(
  feed: ActivityFeed,
  items: Activity[],
  late: number,
  delta: Delta,
  gaps: readonly Gap[],
): ActivityPage {
  const { reachInMs } = feed;
  return { items, cursor: delta.cursor, delta, completeUntil: feed.completeUntil(), late, reachInMs, gaps };
}

/** Waits before the next attempt; throws what no waiting heals. */
export async function pauseAfter(
  error: unknown,
  attempt: number,
  {
    clock,
    abortSignal,
    onRetry,
  }: {
    clock: Clock;
    abortSignal: AbortSignal | undefined;
    onRetry: ((retry: FollowRetry) => void) | undefined;
  },
): Promise<void> {
  abortSignal?.throwIfAborted();
  if (!AuditSdkError.isInstance(error) || !error.retryable) throw error;
  const asked = (error as { retryAfterInMs?: number }).retryAfterInMs ?? 0;
  const delayInMs = Math.max(backoff(attempt, pauses), asked);
  onRetry?.({ error, attempt, delayInMs });
  await clock.sleep(delayInMs, abortSignal);
}
