import { AuditSdkError, getReason } from '@repo/client-core';
import type { PipelineReport } from './report.js';

/** This unit can never be read (expired, forbidden): it goes to the dead letters and is not asked for again. */
export class UnitUnreadableError extends AuditSdkError {
  static override readonly kind: string = 'UnitUnreadableError';
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The unit cannot be read: ${reason}`, {
      code: 'UnitUnreadable',
      retryable: false,
      cause: options?.cause,
    });
    this.reason = reason;
  }
}

/** Another process writes this state. */
export class StateLockedError extends AuditSdkError {
  static override readonly kind: string = 'StateLockedError';

  constructor(where: string) {
    super(
      `${where} is held by another process. Stop that one first, or give this one a state of its own: two writers would deliver everything twice.`,
      { code: 'StateLocked', retryable: true },
    );
  }
}

/** The saved state was written by another version than this one understands. */
export class StateVersionError extends AuditSdkError {
  static override readonly kind: string = 'StateVersionError';

  constructor(where: string, found: number, known: number) {
    super(
      `${where} has schema version ${found}, this version knows ${known}. Install the newer version; the file has not been touched.`,
      { code: 'StateVersion', retryable: false },
    );
  }
}

/** The state holds the progress of another tenant or source. */
export class StateIdentityError extends AuditSdkError {
  static override readonly kind: string = 'StateIdentityError';

  constructor(where: string, owner: string, asked: string) {
    super(
      `${where} holds the progress of ${owner}, not of ${asked}. Give each source a state of its own; nothing has been touched.`,
      { code: 'StateIdentity', retryable: false },
    );
  }
}

/** The saved state cannot be read. It is never replaced by an empty one: that would be a silent new start. */
export class StateCorruptError extends AuditSdkError {
  static override readonly kind: string = 'StateCorruptError';

  constructor(where: string, movedTo: string, options?: ErrorOptions) {
    super(
      `${where} was damaged and is set aside as ${movedTo}. Put a backup in its place; or, to start again at the source's stated start, delete what was set aside and pass ifMissing: 'start'.`,
      { code: 'StateCorrupt', retryable: false, cause: options?.cause },
    );
  }
}

/** Progress could not be saved: the disk is full, fails, or may not be written. What was saved before is intact. */
export class StateWriteError extends AuditSdkError {
  static override readonly kind: string = 'StateWriteError';

  constructor(where: string, cause: unknown) {
    super(
      `Progress could not be saved in ${where}: ${getReason(cause)}. What was saved before is intact; the run stops, and what is not saved is read again.`,
      { code: 'StateWrite', retryable: true, cause },
    );
  }
}

/** Rows of a unit are not safely delivered; the unit stays uncommitted and is read again. */
export class DeliveryError extends AuditSdkError {
  static override readonly kind: string = 'DeliveryError';

  constructor(
    unitId: string,
    counts: { rejected: number; unknown: number; notSent: number },
    options?: ErrorOptions,
  ) {
    super(
      `Unit ${unitId} was not delivered: ${counts.rejected} rows refused, ${counts.unknown} without an answer, ${counts.notSent} not sent. It stays uncommitted and will be read again.`,
      { code: 'DeliveryIncomplete', retryable: true, cause: options?.cause },
    );
  }
}

/** Units could not be delivered in this run, after several tries each. `cause` is the first one's error. */
export class UnitsDeferredError extends AuditSdkError {
  static override readonly kind: string = 'UnitsDeferredError';
  readonly report: PipelineReport;

  constructor(report: PipelineReport, cause: unknown) {
    super(
      `${report.units.deferred} units were given up for now, ${report.units.committed} are committed. The cursor has not passed them: the next run reads them again. The first one: ${getReason(cause)}`,
      { code: 'UnitsDeferred', retryable: true, cause },
    );
    this.report = report;
    // Readable, but not printed with the error.
    Object.defineProperty(this, 'report', { enumerable: false });
  }
}

/** The dead letters cannot take more: nothing is dropped, the run stops. */
export class DeadLettersFullError extends AuditSdkError {
  static override readonly kind: string = 'DeadLettersFullError';

  constructor(where: string, maxBytes: number) {
    super(
      `The dead letters in ${where} have reached ${maxBytes} bytes. Look into them, then remove files or raise the limit; what did not fit stays uncommitted.`,
      { code: 'DeadLettersFull', retryable: false },
    );
  }
}

/** A dead letter could not be kept: what it is about stays uncommitted, and the run stops. */
export class DeadLettersWriteError extends AuditSdkError {
  static override readonly kind: string = 'DeadLettersWriteError';

  constructor(cause: unknown) {
    super(
      `A dead letter could not be kept: ${getReason(cause)}. Its unit stays uncommitted; correct that, and start again.`,
      { code: 'DeadLettersWrite', retryable: true, cause },
    );
  }
}
