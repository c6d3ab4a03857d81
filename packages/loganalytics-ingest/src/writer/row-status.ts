import { AuditSdkError } from '@repo/client-core';

/**
 * What became of a row. `accepted` rows are what the service has taken; `invalid`, `rejected` and `notSent` rows are
 * not in it; `unknown` rows may be either.
 */
export type RowStatus = 'accepted' | 'invalid' | 'rejected' | 'unknown' | 'notSent';

/** Rows `from` up to, not including, `to` of one call of `write`, and what became of them. */
export interface RowRange {
  /** Which call of `write`, from 0; always 0 with `upload`. `from` and `to` count the rows of that call. */
  write: number;
  from: number;
  to: number;
  status: RowStatus;
  /** Why: of an invalid row its field and the rule. Never a row's content. */
  reason: string;
  /** The HTTP status with which the service refused. */
  httpStatus?: number;
  /** Refused in a body of its own: the row is the cause, not another row of the same body. */
  isolated?: true;
}

/** Rows by status. */
export interface RowCounts {
  accepted: number;
  /** Refused by this client: cannot be written as JSON, too large, or refused by a check. */
  invalid: number;
  /** Refused by the service. */
  rejected: number;
  /** Sent, but no answer came. */
  unknown: number;
  notSent: number;
}

/** What became of the rows of one call of `write`. */
export interface WriteResult extends RowCounts {
  /** The first 1,000 ranges that were not accepted; `onRowStatus` is called with all. */
  ranges: RowRange[];
}

/** What became of all rows of a writer, or of an upload. */
export interface UploadReport extends WriteResult {
  /** Bodies sent, each attempt counted, whatever the answer was. */
  requests: number;
  /** Bytes of those bodies before compression. */
  rawBytes: number;
  /** Bytes of those bodies as sent. */
  wireBytes: number;
  /** Fields longer than the service keeps: it truncates them silently, unless `longFields` truncated them here. */
  truncatedFields: number;
  /** Rows whose time the service replaces by that of reception. */
  timeReplaced: number;
}

export const emptyResult = (): WriteResult => ({
  accepted: 0,
  invalid: 0,
  rejected: 0,
  unknown: 0,
  notSent: 0,
  ranges: [],
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
      }. error.report.ranges names them; send rejected and notSent rows again, unknown ones may already be stored.`,
      { code: 'UploadIncomplete', retryable: false, operation: 'upload', cause },
    );
    this.report = report;
  }
}
