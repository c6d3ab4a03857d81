import { AuditSdkError, getReason } from '@repo/client-core';

/** What became of each alert. */
export interface BulkOutcome {
  /** How many the service says it has changed. */
  closed: number;
  /** Ids that the service does not know. */
  notFound: string[];
  /** Ids of a chunk that the service refused. */
  rejected: string[];
  /** Ids that were sent without an answer: look at them before sending them again. */
  unknown: string[];
  /** Ids that were never sent. */
  notSent: string[];
}

/** Not all alerts were changed. `cause` is what stopped it, also the reason of an abort signal. */
export class BulkError extends AuditSdkError implements BulkOutcome {
  static override readonly kind: string = 'BulkError';
  readonly closed: number;
  readonly notFound: string[];
  readonly rejected: string[];
  readonly unknown: string[];
  readonly notSent: string[];

  constructor(operation: string, outcome: BulkOutcome, cause: unknown) {
    const { closed, notFound, rejected, unknown, notSent } = outcome;
    super(
      `${operation}: ${closed} done, ${notFound.length} not found, ${rejected.length} rejected, ${unknown.length} unknown, ${notSent.length} not sent: ${getReason(cause)} The ids are on this error; look at the unknown ones before sending them again.`,
      { code: 'BulkIncomplete', retryable: false, operation, cause },
    );
    this.closed = closed;
    this.notFound = notFound;
    this.rejected = rejected;
    this.unknown = unknown;
    this.notSent = notSent;
  }
}
