import { ArgumentError, systemClock } from '@repo/client-core';
import type { Clock, Cloud } from '@repo/client-core';
import type { Activity, ActivityFeedOptions, McasClient } from 'mcas-client';
import { createActivityFeed, listWindows } from 'mcas-client/feed';
import type { ActivityFeed, ActivityWindow } from 'mcas-client/feed';
import type { DiscoverOptions, Source } from '../ports.js';
import { finiteSource } from './finite-source.js';

export interface McasSourceOptions extends ActivityFeedOptions {
  /** Where a first run begins, ms since the epoch or a Date. */
  startFrom: NonNullable<ActivityFeedOptions['startFrom']>;
  /** The cloud of the tenant. Default: the client's. */
  cloud?: Cloud | undefined;
  clock?: Clock | undefined;
}

type ReadOptions = { abortSignal?: AbortSignal | undefined };

/**
 * Activities of Cloud App Security: units are closed windows of the time at which records were saved, each read by its
 * own scan. Windows overlap; with `recordId` a record in two windows in flight is sent once.
 */
export function mcasSource(client: McasClient, options: McasSourceOptions): Source<ActivityWindow, Activity> {
  const { cloud = client.cloud, clock = systemClock, maxWindowInMs = 3_600_000 } = options;
  // The client would begin 24 hours ago without a word.
  if (options.startFrom === undefined)
    throw new ArgumentError('options.startFrom', 'is missing', 'Say where a first run begins.');
  return {
    identity: `mcas:${client.endpoint}`,
    cloud,
    open(saved) {
      const feed = createActivityFeed(saved, options);
      return {
        discover: (how) => discover(client, feed, clock, how),
        read: (unit, how) =>
          readPages(client.activities.scanWindow(feed.query(unit), callOptions(how)).byPage()),
        ack: (id) => feed.ack(id),
        fail: (id, reason) => feed.fail(id, reason),
      };
    },
    between: (from, to) => ({
      open(saved) {
        const feed = createActivityFeed({}, options);
        return finiteSource({
          saved,
          units: () => splitRange(from, to, maxWindowInMs),
          read: (unit, how) => readPages(client.activities.scan(feed.query(unit), callOptions(how)).byPage()),
        });
      },
    }),
  };
}

async function* discover(
  client: McasClient,
  feed: ActivityFeed,
  clock: Clock,
  { abortSignal, follow = false, onListed }: DiscoverOptions,
): AsyncGenerator<ActivityWindow, void, void> {
  for (;;) {
    const now = (await client.serverTime({ abortSignal })).getTime();
    const step = feed.next(now);
    if (!('waitUntil' in step)) {
      yield* feed.listed(listWindows(step.list));
      continue;
    }
    onListed?.();
    if (!follow) return;
    await clock.sleep(Math.max(1, step.waitUntil - now), abortSignal);
  }
}

/** The end of a window is exclusive. */
function* splitRange(from: number, to: number, widthInMs: number): Generator<ActivityWindow, void, void> {
  for (let start = from; start < to; start += widthInMs) {
    const end = Math.min(start + widthInMs, to);
    yield { id: `created:${start}-${end}`, from: start, to: end };
  }
}

async function* readPages(
  pages: AsyncIterable<{ items: Activity[] }>,
): AsyncGenerator<Activity[], void, void> {
  for await (const { items } of pages) if (items.length > 0) yield items;
}

const callOptions = ({ abortSignal }: ReadOptions): { abortSignal?: AbortSignal } =>
  abortSignal ? { abortSignal } : {};

/** The id of an activity, for skipping what two windows share. */
export function activityId(activity: Activity): string {
  return activity._id;
}
