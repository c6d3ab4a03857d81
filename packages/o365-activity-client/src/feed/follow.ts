import { ApiError } from '@repo/client-core';
import type { Delta, Gap, SavedFeed } from '@repo/client-core';
import type { Content } from '../resources/content.js';
import { RetentionGapError } from '../errors.js';
import { createContentFeed } from './create-content-feed.js';
import type { ContentFeed, BlobUnit, ContentFeedOptions, ContentFeedQuery } from './feed-types.js';
import type { ContentBlob, ContentType } from '../models.js';
import { readBlobs } from '../content/read-blobs.js';
import type { BlobReadOptions } from '../content/read-blobs.js';
import { createRecentIds } from '../content/recent-ids.js';
import type { DedupeOptions } from '../content/recent-ids.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import type { Service } from '../http/service.js';

const postponeInMs = 5 * 60_000;

export interface FollowRecordsOptions extends ContentFeedOptions, Omit<BlobReadOptions, 'form'> {
  /** Where an earlier run has stopped. */
  saved?: SavedFeed;
  /** The last `maxKeys` record ids are remembered, and none of them handed out twice. Default 100,000. `false`: none. */
  dedupe?: false | DedupeOptions | undefined;
  /** End when everything up to now has been read, instead of waiting for more. Default false. */
  untilCaughtUp?: boolean;
  onGap?(gap: Gap, contentType: ContentType): void;
  /** Told of a content type that cannot be listed; it is tried again after five minutes. Without it: thrown. */
  onContentTypeError?(contentType: ContentType, error: ApiError): void;
}

/** The records of one blob, and the state to save with them. */
export interface BlobPage {
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
  options: FollowRecordsOptions,
): AsyncGenerator<BlobPage, void, void> {
  const feed = createContentFeed(options.saved, options);
  const isNew = createRecentIds(options.dedupe, 100_000);
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
  feed: ContentFeed,
  content: Content,
  query: ContentFeedQuery,
  service: Service,
  options: FollowRecordsOptions,
): Promise<BlobUnit[]> {
  const { onGap, onContentTypeError, abortSignal } = options;
  const { contentType, from, to, gap } = query;
  const lost = (one: Gap): void => {
    if (!onGap) throw new RetentionGapError(contentType, one);
    onGap(one, contentType);
  };
  if (gap) lost(gap);
  const blobs: ContentBlob[] = [];
  const asked = service.clock.now();
  try {
    const listing = content.list(contentType, {
      from,
      to,
      ...(abortSignal && { abortSignal }),
      // The minutes between asking the feed and asking the service.
      ...(onGap && { onGap: lost }),
    });
    for await (const blob of listing) blobs.push(blob);
  } catch (error) {
    if (!onContentTypeError || !ApiError.isInstance(error) || abortSignal?.aborted) throw error;
    onContentTypeError(contentType, error);
    feed.postpone(query, service.now() + postponeInMs);
    return [];
  }
  return feed.listed({ query, blobs, listedAt: service.now() - (service.clock.now() - asked) });
}

async function* each(items: readonly BlobUnit[]): AsyncGenerator<ContentBlob, void, void> {
  for (const { blob } of items) yield blob;
}
