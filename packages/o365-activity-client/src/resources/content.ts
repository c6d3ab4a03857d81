import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import { fetchBlob } from '../content/fetch-blob.js';
import { streamRaw, streamRecords } from '../content/stream-blob.js';
import { listWindows } from '../content/list-windows.js';
import type { ListOptions } from '../content/list-windows.js';
import type { ContentBlob, ContentNotification, ContentType } from '../models.js';
import type { RawRecord } from '../content/record-head.js';
import { createRecordCheck } from '../content/record-check.js';
import type { InvalidRecordOptions } from '../content/record-check.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import { blobsSchema, notificationsSchema } from '../http/schemas.js';
import type { Service } from '../http/service.js';

export interface ReadOptions extends OperationOptions, InvalidRecordOptions {}

/** Blobs: listed by when they became available, read one by one. */
export interface Content {
  /**
   * Lists any span of the last seven days, cut into legal windows, following every next page. What is too old
   * goes to `onGap`, else is a RetentionGapError. Blobs may appear late in a span that was listed before. When the
   * service does not know its next page any more (AF20031), that window is listed again: a blob may come twice.
   */
  list(contentType: ContentType, options: ListOptions): PagedAsyncIterable<ContentBlob>;
  /** Reads one blob whole. A cut answer is asked for again. BlobUnavailableError when it is gone. */
  read(blob: ContentBlob, options?: ReadOptions): Promise<AuditRecord[]>;
  /**
   * Reads one blob record by record, in flat memory. Blobs above `maxBufferedBytes` are asked for again only
   * until the first record; then a break is a ConnectionError with `recordsYielded`. Never a partial record.
   */
  stream(blob: ContentBlob, options?: ReadOptions): AsyncIterable<AuditRecord>;
  /** As `stream`, but each record as its own untouched bytes. */
  streamRaw(blob: ContentBlob, options?: OperationOptions): AsyncIterable<RawRecord>;
}

/** Webhook deliveries the service has tried: for diagnosis, the listing of content stays the truth. */
export interface Notifications {
  list(contentType: ContentType, options: ListOptions): PagedAsyncIterable<ContentNotification>;
}

export function createContent(service: Service): Content {
  return {
    list: (contentType, options) =>
      listWindows(
        service,
        { operation: 'content.list', path: 'subscriptions/content', schema: blobsSchema, contentType },
        options,
      ),
    async read(blob, options = {}) {
      const fetched = await fetchBlob(service, blob, 'records', { ...options, maxBufferedBytes: Infinity });
      const check = createRecordCheck(blob, options);
      return fetched.form === 'records'
        ? fetched.records.filter((record, index) => check(record, index) !== undefined)
        : [];
    },
    stream: (blob, options = {}) => streamRecords(service, blob, options),
    streamRaw: (blob, options = {}) => streamRaw(service, blob, options),
  };
}

export function createNotifications(service: Service): Notifications {
  return {
    list: (contentType, options) =>
      listWindows(
        service,
        {
          operation: 'notifications.list',
          path: 'subscriptions/notifications',
          schema: notificationsSchema,
          contentType,
        },
        options,
      ),
  };
}
