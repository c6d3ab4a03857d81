import { ApiError } from '@repo/client-core';
import type { ApiErrorDetails, Gap } from '@repo/client-core';
import type { ContentBlob } from './models.js';

/** Part of the requested range is older than the service keeps content and can no longer be read. */
export class RetentionGapError extends ApiError {
  static override readonly kind: string = 'RetentionGapError';
  /** The lost span. */
  readonly gap: Gap;
  declare readonly contentType: string;

  constructor(contentType: string, gap: Gap) {
    super(
      `content.list of ${contentType}: ${gap.from} to ${gap.to} is older than the seven days the service lists. Pass onGap to go on without that span, or start later.`,
      { code: 'RetentionGap', operation: 'content.list', contentType },
    );
    this.gap = gap;
  }
}

/** A listed blob can no longer be read: it has expired or does not exist. */
export class BlobUnavailableError extends ApiError {
  static override readonly kind: string = 'BlobUnavailableError';
  readonly blob: ContentBlob;

  constructor(blob: ContentBlob, reason: string, details?: ApiErrorDetails) {
    super(
      `content.read: blob ${blob.contentId} of ${blob.contentType} can no longer be read (${reason}). With records.list and records.follow, onBlobError decides whether to go on without it.`,
      {
        operation: 'content.read',
        contentType: blob.contentType,
        ...details,
        code: details?.code ?? 'BlobExpired',
        retryable: false,
      },
    );
    // Readable, but not printed with the error: the blob's address names the tenant.
    this.blob = blob;
    Object.defineProperty(this, 'blob', { enumerable: false });
  }
}
