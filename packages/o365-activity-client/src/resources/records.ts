import { ApiError, UnitsDeferredError } from '@repo/client-core';
import type { Deferral, Gap, TimeRange } from '@repo/client-core';
import { readBlobs } from '../content/read-blobs.js';
import type { BlobReadOptions, BlobResult } from '../content/read-blobs.js';
import { createRecentIds } from '../content/recent-ids.js';
import type { DedupeOptions } from '../content/recent-ids.js';
import { RetentionGapError } from '../errors.js';
import { follow } from '../feed/follow.js';
import type { BlobPage, FollowRecordsOptions } from '../feed/follow-types.js';
import type { Service } from '../http/service.js';
import { typesOf } from '../models.js';
import type { ContentBlob, ContentType } from '../models.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import type { Content } from './content.js';

/** Which records to read: of which content types, made available in which span of time. */
export interface RecordQuery extends TimeRange, BlobReadOptions {
  /** Default: all five. */
  contentTypes?: readonly ContentType[] | undefined;
  /** Called with the part of the span that is too old to be listed. Without it that is a RetentionGapError. */
  onGap?: ((gap: Gap, contentType: ContentType) => void) | undefined;
  /**
   * Called with a content type that cannot be listed (a missing permission); the others go on. Without it the others
   * go on too, and a UnitsDeferredError at the end names it.
   */
  onContentTypeError?: ((contentType: ContentType, error: ApiError) => void) | undefined;
}

export interface RecordListQuery extends Omit<RecordQuery, 'form'> {
  /** Hand out a record once per run, by its `Id`. Remembers every id unless `maxKeys` is given. `false`: none. */
  dedupe?: false | DedupeOptions | undefined;
}

export interface Records {
  /**
   * Blobs across types and windows, each once, read ahead with bounded concurrency, in the order of the listing. What
   * cannot be listed or read does not stop the rest, and is named by a UnitsDeferredError at the end.
   */
  blobs(query: RecordQuery): AsyncIterable<BlobResult>;
  /** Records across blobs, as `blobs`. No order: neither the service nor its blobs have one. */
  list(query: RecordListQuery): AsyncIterable<AuditRecord>;
  /**
   * Every record from a stated start on, as it becomes available, in pages with the state to save. A record comes once
   * within `dedupe.maxKeys`, at least once beyond and across restarts. Goes on until it is aborted, past outages and whatever
   * cannot be read; it ends when every content type is refused from the start.
   */
  follow(options: FollowRecordsOptions): AsyncIterable<BlobPage>;
}

export function createRecords(service: Service, content: Content): Records {
  return {
    blobs: (query) => readRange(service, content, query, 'records.blobs'),
    follow: (options) => follow(service, content, options),
    async *list(query) {
      const isNew = createRecentIds(query.dedupe, Infinity);
      for await (const { records } of readRange(
        service,
        content,
        { ...query, form: 'records' },
        'records.list',
      ))
        for await (const record of records()) if (isNew(record)) yield record;
    },
  };
}

/** Stopping early ends the listing too, wherever it waits. */
async function* readRange(
  service: Service,
  content: Content,
  query: RecordQuery,
  operation: string,
): AsyncGenerator<BlobResult, void, void> {
  const stop = new AbortController();
  const abortSignal = AbortSignal.any([stop.signal, ...(query.abortSignal ? [query.abortSignal] : [])]);
  const deferred: Deferral[] = [];
  try {
    for await (const result of readBlobs(
      service,
      listRange(content, { ...query, abortSignal }, deferred),
      query,
    )) {
      yield result;
      // Of a long blob that is known only once its records were taken.
      const { blob, outcome, error } = result;
      if (outcome === 'deferred' && error)
        deferred.push({ kind: 'unit', name: blob.contentId, error, tries: 1, retryAt: 0 });
    }
  } finally {
    stop.abort(new DOMException('the consumer stopped', 'AbortError'));
  }
  if (deferred.length > 0) throw new UnitsDeferredError(operation, deferred);
}

async function* listRange(
  content: Content,
  query: RecordQuery,
  deferred: Deferral[],
): AsyncGenerator<ContentBlob, void, void> {
  const { onGap, onContentTypeError, abortSignal } = query;
  for (const contentType of typesOf(query.contentTypes, 'query.contentTypes')) {
    const given = new Set<string>();
    try {
      const options = { ...query, onGap: onGap && ((gap: Gap) => onGap(gap, contentType)) };
      for await (const blob of content.list(contentType, options)) {
        if (given.has(blob.contentId)) continue;
        given.add(blob.contentId);
        yield blob;
      }
    } catch (error) {
      if (!ApiError.isInstance(error) || RetentionGapError.isInstance(error) || abortSignal?.aborted)
        throw error;
      if (onContentTypeError) onContentTypeError(contentType, error);
      else deferred.push({ kind: 'listing', name: contentType, error, tries: 1, retryAt: 0 });
    }
  }
}
