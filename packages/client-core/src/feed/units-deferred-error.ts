import { AuditSdkError, getReason } from '../errors.js';

/** A listing or a unit that could not be read so far. */
export interface Deferral {
  /** `listing`: the whole lane cannot be listed. `unit`: one unit cannot be read. */
  kind: 'listing' | 'unit';
  /** The lane (content type) or the id of the unit. */
  name: string;
  /** The last error. */
  error: unknown;
  /** How often it was tried. */
  tries: number;
  /** When it is tried again: milliseconds since the epoch, by the feed's clock. */
  retryAt: number;
}

const namedInMessage = 5;

/** Everything else was handed out, but some listings or units could not be read. `deferred` names all of them. */
export class UnitsDeferredError extends AuditSdkError {
  static override readonly kind: string = 'UnitsDeferredError';
  readonly deferred: readonly Deferral[];

  constructor(operation: string, deferred: readonly Deferral[]) {
    const named = deferred.slice(0, namedInMessage).map(({ name }) => name);
    const more = deferred.length > namedInMessage ? ` and ${deferred.length - namedInMessage} more` : '';
    const cause = deferred[0]?.error;
    super(
      `${operation}: ${deferred.length} could not be read, everything else was handed out: ${named.join(', ')}${more}. The first one: ${getReason(cause)}`,
      { code: 'UnitsDeferred', retryable: true, operation, cause },
    );
    this.deferred = deferred;
    // Readable, but not printed with the error: the errors inside have bodies.
    Object.defineProperty(this, 'deferred', { enumerable: false });
  }
}
