import { AuditSdkError } from '@repo/client-core';
/**
 * What became of a row. `accepted` rows are what the service has taken; `invalid`, `rejected` and `notSent` rows are
 * not in it; `unknown` rows may be either.
 */
export type RowStatus = 'accepted' | 'invalid' | 'rejected' | 'unknown' | 'notSent';

/** Rows `from` up to, not including, `to` (counted over the writer's life), and what became of them. */
export interface RowRange {
  from: number;
  to: number;
  status: RowStatus;
  /** Why: of a invalid row its field and the rule. Never a row's content. */
  reason: string;
  /** The HTTP status with which the service refused. */
  httpStatus?: number;
}

/** Rows by status. */
export interface WriteResult {
  accepted: number;
  /** Refused by this client: cannot be written as JSON, too large, or refused by a check. */
  invalid: number;
  /** Refused by the service. */
  rejected: number;
  /** Sent, but no answer came. */
  unknown: number;
  notSent: number;
}

export interface UploadReport extends WriteResult {
  /** Bodies sent, each attempt counted, whatever the answer was. */
  requests: number;
  /** Bytes of those bodies before compression. */
  rawBytes: number;
  /** Bytes of those bodies as sent. */
  wireBytes: number;
  /** Fields longer than the service keeps: it cuts them silently, unless `longFields` had them cut here. */
  truncatedFields: number;
  /** Rows whose time the service replaces by that of reception. */
  timeReplaced: number;
  /** The first 1,000 ranges that were not accepted; `onRowStatus` tells all. */
  ranges: RowRange[];
}

export const emptyResult = (): WriteResult => ({
  accepted: 0,
  invalid: 0,
  rejected: 0,
  unknown: 0,
  notSent: 0,
});

/** Some rows are not safely with the service. `report` says which. */
export class UploadError extends AuditSdkError {
  static override readonly kind: string = 'UploadError';
  readonly report: UploadReport;

  constructor(report: UploadReport, cause?: unknown) {
    const { accepted, invalid, rejected, unknown, notSent } = report;
    super(
      `${accepted} rows were accepted, but ${rejected} refused, ${unknown} sent without an answer, ${notSent} not sent and ${invalid} cannot be sent${
        report.ranges[0] ? ` (${report.ranges[0].reason})` : ''
      }. error.report.ranges tells which; resend rejected and notSent, unknown may already be stored.`,
      { code: 'UploadIncomplete', retryable: false, operation: 'upload', cause },
    );
    this.report = report;
  }
}
