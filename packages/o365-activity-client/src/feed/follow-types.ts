import type { ApiError, CompleteUntil, Deferral, Delta, Gap, SavedFeed } from '@repo/client-core';
import type { BlobReadOptions } from '../content/read-blobs.js';
import type { DedupeOptions } from '../content/recent-ids.js';
import type { ContentBlob, ContentType } from '../models.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import type { ContentFeedOptions } from './feed-types.js';

export interface FollowRecordsOptions extends ContentFeedOptions, Omit<BlobReadOptions, 'form'> {
  /** Where an earlier run has stopped. */
  saved?: SavedFeed | undefined;
  /** The last `maxKeys` record ids are remembered, and none of them handed out twice. Default 100,000. `false`: none. */
  dedupe?: false | DedupeOptions | undefined;
  /**
   * End when everything up to now has been read, instead of waiting for more; what could not be read is a
   * UnitsDeferredError then. Default false.
   */
  untilCaughtUp?: boolean | undefined;
  /** The longest time between two pages, also when nothing happens: each hands over a position. Default two minutes. */
  checkpointIntervalInMs?: number | undefined;
  /** Called with a span that is too old to be listed. Without it that is a RetentionGapError. */
  onGap?: ((gap: Gap, contentType: ContentType) => void) | undefined;
  /** Called with a content type that cannot be listed; the others go on, and it is tried again within five minutes. */
  onContentTypeError?: ((contentType: ContentType, error: ApiError) => void) | undefined;
}

/**
 * At most 1,000 records of one blob, and the state to save once they are dealt with. Only the last page of a blob
 * acknowledges it. Pages without a blob hand over a position.
 */
export interface BlobPage {
  items: AuditRecord[];
  /** Undefined on a page that only hands over a position. */
  blob: ContentBlob | undefined;
  /** The state once this page is dealt with: the same as `delta.cursor`. */
  cursor: string;
  delta: Delta;
  /** What is certain once this page is dealt with; undefined until every content type has been listed. */
  completeUntil: CompleteUntil | undefined;
  /** Blobs so far that came later than `completeUntil` allowed for. */
  lateArrivals: number;
  /** Elements of the blob that are no objects, and were left out of this page. */
  invalidRecords: number;
  /** Records left out because their id had been handed out. */
  duplicates: number;
  /** What cannot be listed or read at the moment, and is tried again. The position stays before it. */
  deferred: readonly Deferral[];
  /** Why the blob of this page was given up, in part or as a whole. */
  skipped?: ApiError | undefined;
}
