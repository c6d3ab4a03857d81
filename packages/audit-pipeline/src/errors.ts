/** This unit can never be read (expired, forbidden): it goes to the dead letters and is not asked for again. */
export class UnitUnreadableError extends Error {
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The unit cannot be read: ${reason}`, options);
    this.name = 'UnitUnreadableError';
    this.reason = reason;
  }
}

/** Another process writes this state. */
export class StateLockedError extends Error {
  constructor(where: string) {
    super(
      `${where} is held by another process. Stop that one first, or give this one a state of its own: two writers would deliver everything twice.`,
    );
    this.name = 'StateLockedError';
  }
}

/** The saved state was written by another version than this one understands. */
export class StateVersionError extends Error {
  constructor(where: string, found: number, known: number) {
    super(
      `${where} has schema version ${found}, this version knows ${known}. Install the newer version; the file has not been touched.`,
    );
    this.name = 'StateVersionError';
  }
}

/** Rows of a unit are not safely delivered; the unit stays uncommitted and is read again. */
export class DeliveryError extends Error {
  constructor(
    unitId: string,
    counts: { failed: number; unknown: number; unsent: number },
    options?: ErrorOptions,
  ) {
    super(
      `Unit ${unitId} was not delivered: ${counts.failed} rows refused, ${counts.unknown} without an answer, ${counts.unsent} not sent. It stays uncommitted and will be read again.`,
      options,
    );
    this.name = 'DeliveryError';
  }
}
