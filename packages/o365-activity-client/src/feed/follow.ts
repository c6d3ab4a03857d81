import { ApiError } from '@repo/client-core';
import type { Delta, Gap, SavedFeed } from '@repo/client-core';
import type { Content } from '../resources/content.js';
import { RetentionGapError } from '../errors.js';
import { createFeed } from './content-feed.js';
import type { ActivityFeed, BlobUnit, FeedOptions, FeedQuery } from './feed-types.js';
import type { ContentBlob, ContentType } from '../models.js';
import { readBlobs } from '../content/read-blobs.js';
import type { BlobReadOptions } from '../content/read-blobs.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import type { Service } from '../http/service.js';

const postponeInMs = 5 * 60_000;

export interface FollowOptions extends FeedOptions, Omit<BlobReadOptions, 'form'> {
  /** Where an earlier run has stopped. */
  saved?: SavedFeed;
  /** The last so many record ids are remembered, and none of them handed out twice. Default 100,000. */
  recordWindow?: number;
  /** End when everything up to now has been read, instead of waiting for more. Default false. */
  untilCaughtUp?: boolean;
  onGap?(gap: Gap, contentType: ContentType): void;
  /** Told of a content type that cannot be listed; it is tried again after five minutes. Without it: thrown. */
  onTypeError?(contentType: ContentType, error: ApiError): void;
}

/** The records of one blob, and the state to save with them. */
export interface FollowPage {
  items: AuditRecord[];
  blob: ContentBlob;
  /** The state once this page is dealt with: the same as `delta.cursor`. */
  cursor: string;
  delta: Delta;
}

/** Drives a feed in memory: one page per blob; asking for the next page acknowledges the last. */
export async function* follow(
  service: Service,
  content: Content,
  options: FollowOptions,
): AsyncGenerator<FollowPage, void, void> {
  const feed = createFeed(options.saved, options);
  const isNew = recentIds(options.recordWindow ?? 100_000);
  const { abortSignal } = options;
  // Where to begin, and what is too old, is told by the service's clock.
  await service.askTime({ ...(abortSignal && { abortSignal }) }, true);
  for (;;) {
    abortSignal?.throwIfAborted();
    const step = feed.next(service.now());
    if ('waitUntil' in step) {
      if (options.untilCaughtUp) return;
      await service.clock.sleep(Math.max(0, step.waitUntil - service.now()), abortSignal);
      continue;
    }
    const units = await list(feed, content, step.list, service, options);
    const byBlob = new Map(units.map((unit) => [unit.blob, unit]));
    for await (const result of readBlobs(service, each(units), options)) {
      const { blob } = result;
      const { id } = byBlob.get(blob) as BlobUnit;
      const items: AuditRecord[] = [];
      for await (const record of result.records())
        if (isNew((record as AuditRecord | null)?.Id)) items.push(record);
      // Known only now.
      const { outcome } = result;
      const delta = outcome === 'available' ? feed.ack(id) : feed.fail(id, outcome);
      yield { items, blob, cursor: delta.cursor, delta };
    }
  }
}

async function list(
  feed: ActivityFeed,
  content: Content,
  query: FeedQuery,
  service: Service,
  options: FollowOptions,
): Promise<BlobUnit[]> {
  const { onGap, onTypeError, abortSignal } = options;
  const { contentType, startTime, endTime, gap } = query;
  const lost = (one: Gap): void => {
    if (!onGap) throw new RetentionGapError(contentType, one);
    onGap(one, contentType);
  };
  if (gap) lost(gap);
  const blobs: ContentBlob[] = [];
  const asked = service.clock.now();
  try {
    const listing = content.list(contentType, {
      startTime,
      endTime,
      ...(abortSignal && { abortSignal }),
      // The minutes between asking the feed and asking the service.
      ...(onGap && { onGap: lost }),
    });
    for await (const blob of listing) blobs.push(blob);
  } catch (error) {
    if (!onTypeError || !ApiError.isInstance(error) || abortSignal?.aborted) throw error;
    onTypeError(contentType, error);
    feed.postpone(query, service.now() + postponeInMs);
    return [];
  }
  return feed.listed({ query, blobs, listedAt: service.now() - (service.clock.now() - asked) });
}

/** Whether an id is new among the last `size`. A record without id always is. */
function recentIds(size: number): (id: unknown) => boolean {
  const ids = new Set<unknown>();
  return (id) => {
    if (typeof id !== 'string') return true;
    if (ids.has(id)) return false;
    ids.add(id);
    if (ids.size > size) ids.delete(ids.values().next().value);
    return true;
  };
}

async function* each(items: readonly BlobUnit[]): AsyncGenerator<ContentBlob, void, void> {
  for (const { blob } of items) yield blob;
}
