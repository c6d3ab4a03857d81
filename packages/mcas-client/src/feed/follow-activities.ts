import type { Clock, Delta, OperationOptions, Page, PagedAsyncIterable, SavedFeed } from '@repo/client-core';
import type { Activity } from '../models/activity.js';
import type { ScanPage, ScanQuery } from '../scan/scan-query.js';
import { createActivityFeed, listWindows } from './create-activity-feed.js';
import type { ActivityFeedOptions } from './feed-options.js';

/** Asking for the next page says that this one is safe; what to store for that is in `delta`. */
export interface ActivityPage extends Page<Activity> {
  /** The cursor after this page; also in `delta`. */
  cursor: string;
  delta: Delta;
}

export interface FollowActivitiesOptions extends ActivityFeedOptions, OperationOptions {
  /** Where an earlier run ended: its last cursor and its ledger. */
  saved?: SavedFeed;
}

type Scan = (query: ScanQuery, options: OperationOptions) => PagedAsyncIterable<Activity, ScanPage>;

/** New activities as they are saved, for ever: ends by `abortSignal`, an error, or leaving the loop. */
export async function* follow(
  scan: Scan,
  clock: Clock,
  { saved, ...options }: FollowActivitiesOptions,
): AsyncGenerator<ActivityPage, void, undefined> {
  const feed = createActivityFeed(saved, options);
  const { abortSignal, timeoutInMs, maxRetries } = options;
  const calls: OperationOptions = {
    ...(abortSignal && { abortSignal }),
    ...(timeoutInMs !== undefined && { timeoutInMs }),
    ...(maxRetries !== undefined && { maxRetries }),
  };
  for (;;) {
    abortSignal?.throwIfAborted();
    const step = feed.next(clock.now());
    if ('waitUntil' in step) {
      await clock.sleep(Math.max(1, step.waitUntil - clock.now()), abortSignal);
      continue;
    }
    for (const slice of feed.listed(listWindows(step.list))) {
      for await (const page of scan(feed.query(slice), calls).byPage()) {
        const { items, delta } = feed.fresh(page.items);
        const last = page.continuationToken === undefined;
        const done = last ? feed.ack(slice.id) : undefined;
        const joined: Delta = done
          ? { ...done, add: delta.add, expire: [...delta.expire, ...done.expire] }
          : delta;
        // Nothing new in the middle of a slice is nothing to store.
        if (last || items.length > 0) yield { items, cursor: joined.cursor, delta: joined };
      }
    }
  }
}
