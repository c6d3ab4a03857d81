import { ApiError } from '@repo/client-core';
import type { Gap, TimeRange } from '@repo/client-core';
import type { Content } from './content.js';
import { follow } from '../feed/follow.js';
import type { FollowRecordsOptions, BlobPage } from '../feed/follow.js';
import { typesOf } from '../models.js';
import type { ContentBlob, ContentType } from '../models.js';
import { readBlobs } from '../content/read-blobs.js';
import type { BlobReadOptions, BlobResult } from '../content/read-blobs.js';
import { createRecentIds } from '../content/recent-ids.js';
import type { DedupeOptions } from '../content/recent-ids.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import type { Service } from '../http/service.js';

/** Which records to read: of which content types, made available in which span of time. */
export interface RecordQuery extends TimeRange, BlobReadOptions {
  /** Default: all five. */
  contentTypes?: readonly ContentType[];
  /** Told of the part of the span that is too old to be listed. Without it that is a RetentionGapError. */
  onGap?(gap: Gap, contentType: ContentType): void;
  /** Told of a content type that cannot be listed (a missing permission); the others go on. Without it: thrown. */
  onContentTypeError?(contentType: ContentType, error: ApiError): void;
}

export interface RecordListQuery extends Omit<RecordQuery, 'form'> {
  /** Hand out a record once per run, by its `Id`. Remembers every id unless `maxKeys` is given. `false`: none. */
  dedupe?: false | DedupeOptions | undefined;
}

export interface Records {
  /** Blobs across types and windows, each once, read ahead with bounded concurrency, in the order of the listing. */
  blobs(query: RecordQuery): AsyncIterable<BlobResult>;
  /** Records across blobs. No order: neither the service nor its blobs have one. */
  list(query: RecordListQuery): AsyncIterable<AuditRecord>;
  /**
   * Every record from a stated start on, as it becomes available: one page per blob, with the state to save.
   * A record comes once within `dedupe.maxKeys`, at least once beyond and across restarts.
   */
  follow(options: FollowRecordsOptions): AsyncIterable<BlobPage>;
}

export function createRecords(service: Service, content: Content): Records {
  async function* listed(query: RecordQuery): AsyncGenerator<ContentBlob, void, void> {
    for (const contentType of typesOf(query.contentTypes, 'query.contentTypes')) {
      const { onGap, ...rest } = query;
      const given = new Set<string>();
      try {
        const listing = content.list(contentType, {
          ...rest,
          ...(onGap && { onGap: (gap: Gap) => onGap(gap, contentType) }),
        });
        for await (const blob of listing) {
          if (given.has(blob.contentId)) continue;
          given.add(blob.contentId);
          yield blob;
        }
      } catch (error) {
        if (!query.onContentTypeError || !ApiError.isInstance(error) || query.abortSignal?.aborted)
          throw error;
        query.onContentTypeError(contentType, error);
      }
    }
  }

  /** Who stops early ends the listing too, wherever it waits. */
  async function* blobs(query: RecordQuery): AsyncGenerator<BlobResult, void, void> {
    const stop = new AbortController();
    const abortSignal = AbortSignal.any([stop.signal, ...(query.abortSignal ? [query.abortSignal] : [])]);
    try {
      yield* readBlobs(service, listed({ ...query, abortSignal }), query);
    } finally {
      stop.abort(new DOMException('the consumer stopped', 'AbortError'));
    }
  }

  return {
    blobs,
    follow: (options) => follow(service, content, options),
    async *list(query) {
      const isNew = createRecentIds(query.dedupe, Infinity);
      for await (const { records } of blobs({ ...query, form: 'records' })) {
        for await (const record of records()) {
          if (isNew((record as AuditRecord | null)?.Id)) yield record;
        }
      }
    },
  };
}
