const kind: unique symbol = Symbol.for('mcas-client.bulk-error');

/** What became of each alert. */
export interface BulkOutcome {
  /** How many the service says it has closed. */
  closed: number;
  /** Ids that the service does not know. */
  notFound: string[];
  /** Ids of a chunk that the service refused. */
  rejected: string[];
  /** Ids that were sent, but no answer came: look before sending them again. */
  unknown: string[];
  /** Ids that were never sent. */
  notSent: string[];
}

/** Not all alerts were changed. `cause` is what stopped it, the signal's reason too. */
export class BulkError extends Error implements BulkOutcome {
  readonly closed: number;
  readonly notFound: string[];
  readonly rejected: string[];
  readonly unknown: string[];
  readonly notSent: string[];

  constructor(operation: string, outcome: BulkOutcome, cause: unknown) {
    const { closed, notFound, rejected, unknown, notSent } = outcome;
    super(
      `${operation}: ${closed} done, ${notFound.length} not found, ${rejected.length} refused, ${unknown.length} unclear, ${notSent.length} not sent. The lists of ids are on this error; look at unclear ones before sending them again.`,
      { cause },
    );
    this.name = 'BulkError';
    this.closed = closed;
    this.notFound = notFound;
    this.rejected = rejected;
    this.unknown = unknown;
    this.notSent = notSent;
    Object.defineProperty(this, kind, { value: true });
  }

  static isInstance(value: unknown): value is BulkError {
    return value instanceof Error && (value as { [kind]?: unknown })[kind] === true;
  }
}
