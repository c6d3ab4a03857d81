import { ApiError } from '@repo/client-core';
import type { ApiErrorDetails, Gap } from '@repo/client-core';
import type { ContentBlob } from './models.js';

/** The same symbol as in the shared error family: several copies of the package may be installed. */
const kinds: unique symbol = Symbol.for('audit-sdk.error-kinds');

function kindsOf(value: unknown): readonly string[] {
  return (value as { [kinds]?: readonly string[] })[kinds] ?? [];
}

function mark(error: Error, kind: string): void {
  error.name = kind;
  Object.defineProperty(error, kinds, { value: [...kindsOf(error), kind], configurable: true });
}

/** A span of the asked range is older than the service keeps content: what was in it cannot be read any more. */
export class RetentionGapError extends ApiError {
  /** The lost span. */
  readonly gap: Gap;
  readonly contentType: string;

  constructor(contentType: string, gap: Gap) {
    super(
      `content.list of ${contentType}: ${gap.from} to ${gap.to} is older than the seven days the service lists. Pass onGap to go on without that span, or ask for a later startTime.`,
    );
    mark(this, 'RetentionGapError');
    this.gap = gap;
    this.contentType = contentType;
  }

  static override isInstance(value: unknown): value is RetentionGapError {
    return value instanceof Error && kindsOf(value).includes('RetentionGapError');
  }
}

/** A listed blob can never be read: it has expired or does not exist any more. */
export class BlobUnavailableError extends ApiError {
  readonly blob: ContentBlob;

  constructor(blob: ContentBlob, why: string, details?: ApiErrorDetails) {
    super(
      `content.read: blob ${blob.contentId} of ${blob.contentType} can no longer be read (${why}). Pass onUnavailable to go on without it.`,
      details,
    );
    mark(this, 'BlobUnavailableError');
    // Readable, but not printed with the error: the blob's address names the tenant.
    this.blob = blob;
    Object.defineProperty(this, 'blob', { enumerable: false });
  }

  static override isInstance(value: unknown): value is BlobUnavailableError {
    return value instanceof Error && kindsOf(value).includes('BlobUnavailableError');
  }
}
