import { ApiError, AuditSdkError } from '@repo/client-core';
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

/** A content type that could not be listed, or a blob that could not be read. */
export interface DeferredUnit {
  contentType: string;
  /** Undefined: the content type could not be listed. */
  blob?: ContentBlob | undefined;
  error: ApiError;
}

const maxNamed = 5;

/**
 * Everything else was read; what is named here was not, and nothing remembers it: run the same query again. Its
 * `cause` is the first error.
 */
export class UnitsDeferredError extends AuditSdkError {
  static override readonly kind: string = 'UnitsDeferredError';
  readonly deferred: readonly DeferredUnit[];

  constructor(operation: string, deferred: readonly DeferredUnit[]) {
    const types = deferred.filter(({ blob }) => blob === undefined);
    const blobs = deferred.filter(({ blob }) => blob !== undefined);
    const parts = [
      ...(types.length > 0 ? [`could not list ${name(types, ({ contentType }) => contentType)}`] : []),
      ...(blobs.length > 0
        ? [`could not read ${name(blobs, ({ contentType, blob }) => `${blob?.contentId} of ${contentType}`)}`]
        : []),
    ];
    const first = deferred[0]?.error;
    super(
      `${operation} ${parts.join(', and ')}. Everything else was read; run it again for these. First reason: ${first?.message ?? 'none'}`,
      {
        code: 'UnitsDeferred',
        operation,
        retryable: deferred.some(({ error }) => error.retryable),
        cause: first,
      },
    );
    // Readable, but not printed with the error: the address of a blob names the tenant.
    this.deferred = deferred;
    Object.defineProperty(this, 'deferred', { enumerable: false });
  }
}

function name(units: readonly DeferredUnit[], describe: (unit: DeferredUnit) => string): string {
  const named = units.slice(0, maxNamed).map(describe).join(', ');
  const more = units.length - maxNamed;
  return more > 0 ? `${named} and ${more} more` : named;
}
