import { ApiError, ArgumentError, backoff } from '@repo/client-core';
import type { Delta, Gap } from '@repo/client-core';
import { readBlobs } from '../content/read-blobs.js';
import type { BlobResult } from '../content/read-blobs.js';
import { createRecentIds } from '../content/recent-ids.js';
import { RetentionGapError, UnitsDeferredError } from '../errors.js';
import type { DeferredUnit } from '../errors.js';
import type { Service } from '../http/service.js';
import type { ContentBlob, ContentType } from '../models.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import type { Content } from '../resources/content.js';
import { createContentFeed } from './create-content-feed.js';
import type { BlobUnit, ContentFeed, ContentFeedQuery } from './feed-types.js';
import type { BlobPage, FollowRecordsOptions } from './follow-types.js';

const operation = 'records.follow';
const pageSize = 1000;
const retryPace = { baseInMs: 60_000, maxInMs: 5 * 60_000 };

interface DeferredBlob extends DeferredUnit {
  unit: BlobUnit;
  failures: number;
  retryAt: number;
}

interface DeferredType extends DeferredUnit {
  failures: number;
}

/** One run over a feed: lists, reads, and hands out pages until the caller stops. */
export class Follower {
  readonly #service: Service;
  readonly #content: Content;
  readonly #options: FollowRecordsOptions;
  readonly #feed: ContentFeed;
  readonly #isNew: (record: AuditRecord) => boolean;
  readonly #checkpointIntervalInMs: number;
  readonly #deferredTypes = new Map<ContentType, DeferredType>();
  readonly #deferredBlobs = new Map<string, DeferredBlob>();
  /** What was given up without being asked for: named at the end of a run that ends. */
  readonly #lost: DeferredUnit[] = [];
  #hasListed = false;
  #handedOverAt = 0;

  constructor(service: Service, content: Content, options: FollowRecordsOptions) {
    const { checkpointIntervalInMs = 120_000, dedupe, saved } = options;
    if (!(checkpointIntervalInMs > 0))
      throw new ArgumentError(
        'options.checkpointIntervalInMs',
        `is ${checkpointIntervalInMs}`,
        'Give more than 0.',
      );
    this.#service = service;
    this.#content = content;
    this.#options = options;
    this.#feed = createContentFeed(saved, options);
    this.#isNew = createRecentIds(dedupe, 100_000);
    this.#checkpointIntervalInMs = checkpointIntervalInMs;
  }

  async *pages(): AsyncGenerator<BlobPage, void, void> {
    const { abortSignal, untilCaughtUp = false } = this.#options;
    // Where to begin, and what is too old, is decided by the service's clock.
    await this.#service.askTime({ abortSignal }, true);
    // The first step fixes where every content type begins: that is handed over before anything is read.
    let step = this.#feed.next(this.#service.now());
    yield this.#toPage(this.#feed.checkpoint());
    for (;;) {
      abortSignal?.throwIfAborted();
      if ('list' in step) yield* this.#read(await this.#list(step.list));
      else {
        const retries = this.#takeDueBlobs();
        if (retries.length > 0) yield* this.#read(retries);
        else if (untilCaughtUp) break;
        else await this.#wait(step.waitUntil);
      }
      if (this.#service.clock.now() - this.#handedOverAt >= this.#checkpointIntervalInMs)
        yield this.#toPage(this.#feed.checkpoint());
      step = this.#feed.next(this.#service.now());
    }
    yield this.#toPage(this.#feed.checkpoint());
    const unread = [...this.#lost, ...this.#deferred()];
    if (unread.length > 0) throw new UnitsDeferredError(operation, unread);
  }

  async #wait(until: number): Promise<void> {
    const now = this.#service.now();
    const retryAt = Math.min(...[...this.#deferredBlobs.values()].map((blob) => blob.retryAt));
    const checkpointInMs = this.#handedOverAt + this.#checkpointIntervalInMs - this.#service.clock.now();
    const waitInMs = Math.min(Math.min(until, retryAt) - now, checkpointInMs);
    await this.#service.clock.sleep(Math.max(1, waitInMs), this.#options.abortSignal);
  }

  async #list(query: ContentFeedQuery): Promise<BlobUnit[]> {
    const { onGap, abortSignal } = this.#options;
    const { contentType, from, to, gap } = query;
    const reportGap = (lost: Gap): void => {
      if (!onGap) throw new RetentionGapError(contentType, lost);
      onGap(lost, contentType);
    };
    if (gap) reportGap(gap);
    const blobs: ContentBlob[] = [];
    const startedAt = this.#service.clock.now();
    let requests = 0;
    try {
      // Minutes pass between asking the feed and asking the service.
      const listing = this.#content.list(contentType, { from, to, abortSignal, onGap: onGap && reportGap });
      for await (const { items } of listing.byPage()) {
        requests += 1;
        blobs.push(...items);
      }
    } catch (error) {
      if (!ApiError.isInstance(error) || RetentionGapError.isInstance(error) || abortSignal?.aborted)
        throw error;
      this.#deferType(query, error);
      return [];
    }
    this.#hasListed = true;
    this.#deferredTypes.delete(contentType);
    const listedAt = this.#service.now() - (this.#service.clock.now() - startedAt);
    return this.#feed.listed({ query, blobs, listedAt, requests });
  }

  /** One content type that is refused must not stop the others; when all are, from the start, nothing would happen. */
  #deferType(query: ContentFeedQuery, error: ApiError): void {
    const { contentType } = query;
    const failures = (this.#deferredTypes.get(contentType)?.failures ?? 0) + 1;
    this.#deferredTypes.set(contentType, { contentType, error, failures });
    const refused = [...this.#deferredTypes.values()].filter((unit) => !unit.error.retryable);
    if (!this.#hasListed && refused.length === this.#feed.status().length) throw error;
    this.#options.onContentTypeError?.(contentType, error);
    this.#feed.postpone(query, this.#service.now() + backoff(failures, retryPace));
  }

  #takeDueBlobs(): BlobUnit[] {
    const now = this.#service.now();
    return [...this.#deferredBlobs.values()].filter(({ retryAt }) => retryAt <= now).map(({ unit }) => unit);
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
      const ended = this.#settle(byBlob.get(blob) as BlobUnit, result);
      // A deferred blob has no page of its own unless some of it was read.
      if (ended || items.length > 0)
        yield {
          ...this.#toPage(ended?.delta ?? this.#feed.checkpoint()),
          ...ended,
          items,
          blob,
          invalidRecords,
          duplicates,
        };
      invalidRecords = 0;
    }
  }

  /** Undefined: the blob is deferred. */
  #settle(unit: BlobUnit, { outcome, error }: BlobResult): { delta: Delta; skipped?: ApiError } | undefined {
    const { id, blob } = unit;
    const { contentType } = blob;
    const failures = (this.#deferredBlobs.get(id)?.failures ?? 0) + 1;
    this.#deferredBlobs.delete(id);
    if (!error) return { delta: this.#feed.ack(id) };
    const expired = error.code === 'BlobExpired' || error.code === 'AF20051';
    if (outcome === 'deferred' && !expired) {
      const retryAt = this.#service.now() + backoff(failures, retryPace);
      this.#deferredBlobs.set(id, { unit, contentType, blob, error, failures, retryAt });
      return undefined;
    }
    // Expired: no later attempt can have it, so it is named instead of being kept for ever.
    if (outcome === 'deferred') this.#lost.push({ contentType, blob, error });
    return { delta: this.#feed.fail(id, error.code), skipped: error };
  }

  #deferred(): DeferredUnit[] {
    return [...this.#deferredTypes.values(), ...this.#deferredBlobs.values()].map(
      ({ contentType, blob, error }) => ({ contentType, ...(blob && { blob }), error }),
    );
  }

  #toPage(delta: Delta): BlobPage {
    this.#handedOverAt = this.#service.clock.now();
    return {
      items: [],
      blob: undefined,
      cursor: delta.cursor,
      delta,
      completeUntil: this.#feed.completeUntil(),
      lateArrivals: this.#feed.status().reduce((sum, { lateArrivals }) => sum + lateArrivals, 0),
      invalidRecords: 0,
      duplicates: 0,
      deferred: this.#deferred(),
    };
  }
}

async function* iterate(units: readonly BlobUnit[]): AsyncGenerator<ContentBlob, void, void> {
  for (const { blob } of units) yield blob;
}
