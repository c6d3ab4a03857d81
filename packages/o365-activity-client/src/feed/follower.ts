import { ApiError, FeedDriver, UnitsDeferredError } from '@repo/client-core';
import type { Deferral, Delta, FeedStep, Gap } from '@repo/client-core';
import { readBlobs } from '../content/read-blobs.js';
import type { BlobResult } from '../content/read-blobs.js';
import { createRecentIds } from '../content/recent-ids.js';
import { RetentionGapError } from '../errors.js';
import type { Service } from '../http/service.js';
import { typesOf } from '../models.js';
import type { ContentBlob } from '../models.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import type { Content } from '../resources/content.js';
import { createContentFeed } from './create-content-feed.js';
import type { BlobUnit, ContentFeed, ContentFeedListing, ContentFeedQuery } from './feed-types.js';
import type { BlobPage, FollowRecordsOptions } from './follow-types.js';

const operation = 'records.follow';
const pageSize = 1000;
const expiredCodes = new Set(['BlobExpired', 'AF20051']);

/** One run over a feed: the driver lists and defers, this reads blobs and hands out pages until the caller stops. */
export class Follower {
  readonly #service: Service;
  readonly #content: Content;
  readonly #options: FollowRecordsOptions;
  readonly #feed: ContentFeed;
  readonly #driver: FeedDriver<ContentFeedQuery, ContentFeedListing, BlobUnit>;
  readonly #isNew: (record: AuditRecord) => boolean;
  /** Blobs that expired before they could be read: no later try can have them. */
  readonly #lost: Deferral[] = [];
  /** A lost span for which no callback was given: the driver would try the listing again. */
  #gapError: RetentionGapError | undefined;

  constructor(service: Service, content: Content, options: FollowRecordsOptions) {
    const { abortSignal, checkpointIntervalInMs, contentTypes, untilCaughtUp = false } = options;
    this.#service = service;
    this.#content = content;
    this.#options = options;
    this.#feed = createContentFeed(options.saved, options);
    this.#isNew = createRecentIds(options.dedupe, 100_000);
    this.#driver = new FeedDriver({
      operation,
      feed: this.#feed,
      clock: service.clock,
      now: () => service.now(),
      refreshTime: () => service.refreshTime({ abortSignal }),
      list: (query) => this.#list(query),
      getLane: ({ contentType }) => contentType,
      lanes: [...typesOf(contentTypes, 'options.contentTypes')],
      follow: !untilCaughtUp,
      abortSignal,
      checkpointIntervalInMs,
      onDeferred: ({ kind, name, error }) => {
        if (kind === 'listing') options.onContentTypeError?.(name, error as ApiError);
      },
    });
  }

  async *pages(): AsyncGenerator<BlobPage, void, void> {
    // Where to begin, and what is too old, is decided by the service's clock.
    await this.#service.askTime({ abortSignal: this.#options.abortSignal }, true);
    try {
      for await (const step of this.#driver.steps()) yield* this.#take(step);
    } catch (error) {
      if (this.#gapError) throw this.#gapError;
      if (!UnitsDeferredError.isInstance(error)) throw error;
      throw new UnitsDeferredError(operation, [...error.deferred, ...this.#lost]);
    }
    if (this.#lost.length > 0) throw new UnitsDeferredError(operation, this.#lost);
  }

  async *#take(step: FeedStep<BlobUnit>): AsyncGenerator<BlobPage, void, void> {
    if (step.type === 'checkpoint') yield this.#toPage(step.delta);
    else yield* this.#read(step.units);
  }

  async *#list(query: ContentFeedQuery): AsyncGenerator<BlobUnit[], ContentFeedListing, void> {
    const { onGap, abortSignal } = this.#options;
    const { contentType, from, to, gap } = query;
    const reportGap = (lost: Gap): void => {
      if (onGap) return onGap(lost, contentType);
      this.#gapError = new RetentionGapError(contentType, lost);
      throw new TypeError(this.#gapError.message);
    };
    if (gap) reportGap(gap);
    const blobs: ContentBlob[] = [];
    const startedAt = this.#service.clock.now();
    let requests = 0;
    // Minutes pass between asking the feed and asking the service: the oldest may be gone by then.
    const listing = this.#content.list(contentType, { from, to, abortSignal, onGap: reportGap });
    for await (const { items } of listing.byPage()) {
      requests += 1;
      blobs.push(...items);
      yield items.map((blob) => ({ id: blob.contentId, blob }));
    }
    const listedAt = this.#service.now() - (this.#service.clock.now() - startedAt);
    return { query, blobs, listedAt, requests };
  }

  async *#read(units: readonly BlobUnit[]): AsyncGenerator<BlobPage, void, void> {
    const byBlob = new Map(units.map((unit) => [unit.blob, unit]));
    let invalidRecords = 0;
    const results = readBlobs(this.#service, iterate(units), {
      ...this.#options,
      onInvalidRecord: (blob, index) => {
        invalidRecords += 1;
        this.#options.onInvalidRecord?.(blob, index);
      },
    });
    for await (const result of results) {
      const { blob } = result;
      let items: AuditRecord[] = [];
      let duplicates = 0;
      for await (const record of result.records()) {
        if (!this.#isNew(record)) {
          duplicates += 1;
          continue;
        }
        if (items.length === pageSize) {
          yield { ...this.#toPage(this.#feed.checkpoint()), items, blob, invalidRecords, duplicates };
          [items, invalidRecords, duplicates] = [[], 0, 0];
        }
        items.push(record);
      }
      const settled = this.#settle(byBlob.get(blob) as BlobUnit, result);
      const page = this.#toPage(settled?.delta ?? this.#feed.checkpoint());
      // A deferred blob has no page of its own unless some of it was read.
      if (settled || items.length > 0)
        yield { ...page, skipped: settled?.skipped, items, blob, invalidRecords, duplicates };
      invalidRecords = 0;
    }
  }

  /** Undefined: the blob is deferred. */
  #settle(unit: BlobUnit, { outcome, error }: BlobResult): { delta: Delta; skipped?: ApiError } | undefined {
    if (!error) return { delta: this.#driver.ack(unit.id) };
    if (outcome === 'deferred' && !expiredCodes.has(error.code)) {
      this.#driver.defer(unit, error);
      return undefined;
    }
    if (outcome === 'deferred')
      this.#lost.push({ kind: 'unit', name: unit.id, error, tries: 1, retryAt: Infinity });
    return { delta: this.#driver.fail(unit.id, error.code), skipped: error };
  }

  #toPage(delta: Delta): BlobPage {
    return {
      items: [],
      blob: undefined,
      cursor: delta.cursor,
      delta,
      completeUntil: this.#feed.completeUntil(),
      lateArrivals: this.#feed.status().reduce((sum, { lateArrivals }) => sum + lateArrivals, 0),
      invalidRecords: 0,
      duplicates: 0,
      deferred: this.#driver.deferred,
    };
  }
}

async function* iterate(units: readonly BlobUnit[]): AsyncGenerator<ContentBlob, void, void> {
  for (const { blob } of units) yield blob;
}
