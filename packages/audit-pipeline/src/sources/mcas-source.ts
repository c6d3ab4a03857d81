import { ArgumentError, systemClock } from '@repo/client-core';
import type { Clock, Cloud, Delta } from '@repo/client-core';
import type { Activity, ActivityFeedOptions, McasClient } from 'mcas-client';
import { createActivityFeed, listWindows } from 'mcas-client/feed';
import type { ActivityWindow } from 'mcas-client/feed';
import type { Source } from '../ports.js';

export interface McasSourceOptions extends ActivityFeedOptions {
  /** Where a first run begins, ms since the epoch or a Date. */
  startFrom: number | Date;
  /** The cloud of the tenant. Default: the client's. */
  cloud?: Cloud;
  /** Wait for more instead of ending. Default false. */
  follow?: boolean;
  clock?: Clock;
}

const never = 8.64e15;

/**
 * Activities of Cloud App Security: units are closed slices of the time at which records were saved, each read by its
 * own scan. Slices overlap, and `recordId` removes what they share: run it with `concurrency: 1`, or the two slices of
 * one overlap are in flight together.
 */
export function mcasSource(client: McasClient, options: McasSourceOptions): Source<ActivityWindow, Activity> {
  const { cloud = client.cloud, follow = false, clock = systemClock, ...feedOptions } = options;
  // The client would begin 24 hours ago without a word.
  if (feedOptions.startFrom === undefined)
    throw new ArgumentError('options.startFrom', 'is missing', 'Say where a first run begins.');
  return {
    identity: `mcas:${client.endpoint}`,
    ...(cloud && { cloud }),
    open(saved) {
      const feed = createActivityFeed(saved, feedOptions);
      return {
        async *discover({ abortSignal, onListed }) {
          for (;;) {
            const step = feed.next(client.serviceTime());
            if ('waitUntil' in step) {
              onListed?.();
              if (!follow) return;
              await clock.sleep(Math.max(1, step.waitUntil - client.serviceTime()), abortSignal);
              continue;
            }
            yield* feed.listed(listWindows(step.list));
          }
        },
        read: (slice, readOptions) => client.activities.scanWindow(feed.query(slice), readOptions),
        ack: (id) => feed.ack(id),
        fail: (id, reason) => feed.fail(id, reason),
      };
    },
    between: (from, to) => ({
      open(saved) {
        const done = new Set([...(saved.seen ?? [])].map(({ id }) => id));
        const { maxWindowInMs = 3_600_000 } = feedOptions;
        const feed = createActivityFeed({}, feedOptions);
        const settle = (id: string): Delta => ({
          cursor: '{"v":1}',
          add: [{ id, expires: never }],
          expire: [],
        });
        return {
          async *discover({ onListed }) {
            onListed?.();
            for (let start = from; start < to; start += maxWindowInMs) {
              // Both ends are included: the end of a span belongs to the next one.
              const end = Math.min(start + maxWindowInMs, to) - 1;
              const id = `created:${start}-${end}`;
              if (!done.has(id)) yield { id, from: start, to: end };
            }
          },
          read: (slice, readOptions) => client.activities.scan(feed.query(slice), readOptions),
          ack: settle,
          fail: settle,
        };
      },
    }),
  };
}

/** The id of an activity, for dropping what two slices share. */
export function activityId(activity: Activity): string {
  return activity._id;
}
