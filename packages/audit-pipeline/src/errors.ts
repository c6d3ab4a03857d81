import type { PipelineReport } from './ports.js';

/** Several copies of the package may be installed: `isInstance` goes by a global symbol, not by class. */
function brand(error: Error, name: string): void {
  error.name = name;
  Object.defineProperty(error, Symbol.for(`audit-pipeline.${name}`), { value: true });
}

function isBranded(value: unknown, name: string): boolean {
  return value instanceof Error && Symbol.for(`audit-pipeline.${name}`) in value;
}

/** This unit can never be read (expired, forbidden): it goes to the dead letters and is not asked for again. */
export class UnitUnreadableError extends Error {
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The unit cannot be read: ${reason}`, options);
    brand(this, 'UnitUnreadableError');
    this.reason = reason;
  }

  static isInstance(value: unknown): value is UnitUnreadableError {
    return isBranded(value, 'UnitUnreadableError');
  }
}

/** Another process writes this state. */
export class StateLockedError extends Error {
  constructor(where: string) {
    super(
      `${where} is held by another process. Stop that one first, or give this one a state of its own: two writers would deliver everything twice.`,
    );
    brand(this, 'StateLockedError');
  }

  static isInstance(value: unknown): value is StateLockedError {
    return isBranded(value, 'StateLockedError');
  }
}

/** The saved state was written by another version than this one understands. */
export class StateVersionError extends Error {
  constructor(where: string, found: number, known: number) {
    super(
      `${where} has schema version ${found}, this version knows ${known}. Install the newer version; the file has not been touched.`,
    );
    brand(this, 'StateVersionError');
  }

  static isInstance(value: unknown): value is StateVersionError {
    return isBranded(value, 'StateVersionError');
  }
}

/** The state holds the progress of another tenant or source. */
export class StateIdentityError extends Error {
  constructor(where: string, owner: string, asked: string) {
    super(
      `${where} holds the progress of ${owner}, not of ${asked}. Give each source a state of its own; nothing has been touched.`,
    );
    brand(this, 'StateIdentityError');
  }

  static isInstance(value: unknown): value is StateIdentityError {
    return isBranded(value, 'StateIdentityError');
  }
}

/** The saved state cannot be read. It is never replaced by an empty one: that would be a silent new start. */
export class StateCorruptError extends Error {
  constructor(where: string, movedTo: string, options?: ErrorOptions) {
    super(
      `${where} was damaged and is set aside as ${movedTo}. Put a backup in its place; or delete what was set aside, to start anew at the source's stated start.`,
      options,
    );
    brand(this, 'StateCorruptError');
  }

  static isInstance(value: unknown): value is StateCorruptError {
    return isBranded(value, 'StateCorruptError');
  }
}

/** Progress could not be saved: the disk is full, fails, or may not be written. What was saved before is intact. */
export class StateWriteError extends Error {
  constructor(where: string, cause: unknown) {
    super(
      `Progress could not be saved in ${where}: ${cause instanceof Error ? cause.message : String(cause)}. What was saved before is intact; the run stops, and what is not saved is read again.`,
      { cause },
    );
    brand(this, 'StateWriteError');
  }

  static isInstance(value: unknown): value is StateWriteError {
    return isBranded(value, 'StateWriteError');
  }
}

/** Rows of a unit are not safely delivered; the unit stays uncommitted and is read again. */
export class DeliveryError extends Error {
  constructor(
    unitId: string,
    counts: { rejected: number; unknown: number; notSent: number },
    options?: ErrorOptions,
  ) {
    super(
      `Unit ${unitId} was not delivered: ${counts.rejected} rows refused, ${counts.unknown} without an answer, ${counts.notSent} not sent. It stays uncommitted and will be read again.`,
      options?.cause === undefined ? undefined : options,
    );
    brand(this, 'DeliveryError');
  }

  static isInstance(value: unknown): value is DeliveryError {
    return isBranded(value, 'DeliveryError');
  }
}

/** Units could not be delivered in this run, after several tries each. `cause` is the first one's error. */
export class UnitsDeferredError extends Error {
  readonly report: PipelineReport;

  constructor(report: PipelineReport, cause: unknown) {
    super(
      `${report.units.deferred} units were given up for now, ${report.units.committed} are committed. The cursor has not passed them: the next run reads them again.`,
      { cause },
    );
    brand(this, 'UnitsDeferredError');
    this.report = report;
    // Readable, but not printed with the error.
    Object.defineProperty(this, 'report', { enumerable: false });
  }

  static isInstance(value: unknown): value is UnitsDeferredError {
    return isBranded(value, 'UnitsDeferredError');
  }
}

/** The dead letters cannot take more: nothing is dropped, the run stops. */
export class DeadLettersFullError extends Error {
  constructor(where: string, maxBytes: number) {
    super(
      `The dead letters in ${where} have reached ${maxBytes} bytes. Look into them, then remove files or raise the limit; what did not fit stays uncommitted.`,
    );
    brand(this, 'DeadLettersFullError');
  }

  static isInstance(value: unknown): value is DeadLettersFullError {
    return isBranded(value, 'DeadLettersFullError');
  }
}

/** A dead letter could not be kept: what it is about stays uncommitted, and the run stops. */
export class DeadLettersWriteError extends Error {
  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message : 'unknown';
    super(
      `A dead letter could not be kept: ${why}. Its unit stays uncommitted; mend that, and start again.`,
      {
        cause,
      },
    );
    brand(this, 'DeadLettersWriteError');
  }

  static isInstance(value: unknown): value is DeadLettersWriteError {
    return isBranded(value, 'DeadLettersWriteError');
  }
}
