/** What a feed remembers of one thing it has delivered, until `expires` (ms since the epoch). */
export interface SeenEntry {
  id: string;
  expires: number;
}

/** What changed in one step: durable state is kept by applying deltas, never by writing the whole. */
export interface Delta {
  /** Small, JSON, versioned; replaces the last one. */
  cursor: string;
  /** To add to the ledger of what has been delivered. */
  add: SeenEntry[];
  /** Ids that need not be remembered any longer. */
  expire: string[];
  /** Entries of the ledger whose `expires` lies before this time (ms since the epoch) may be dropped as well. */
  expireBefore?: number | undefined;
}

/**
 * What is certain: everything created before `time`, and visible in the service within `latenessInMs` of that, has
 * been handed out and settled, or is named. Later arrivals are handed out too, and counted.
 */
export interface CompleteUntil {
  /** ISO 8601 UTC, by the server's clock. */
  time: string;
  latenessInMs: number;
}

/** Where a feed goes on: the last cursor and the ledger, or nothing at all on a first run. */
export interface SavedFeed {
  cursor?: string | undefined;
  seen?: Iterable<SeenEntry> | undefined;
}

/** A span of time that could not be read and is lost: [from, to), ISO 8601 UTC. */
export interface Gap {
  from: string;
  to: string;
  reason: string;
}

/**
 * Decides what to list next and which of the listed units are new: synchronous, without I/O and without a
 * clock of its own. The caller lists, reads, writes, and acknowledges.
 */
export interface Feed<Query, Listing, Unit extends { id: string }> {
  /** What to list now, or until when (ms since the epoch) there is nothing to do. */
  next(now: number): { list: Query } | { waitUntil: number };
  /** Hands in the answer of that listing; gives back the units that are new, oldest first. */
  listed(result: Listing): Unit[];
  /** Units heard of by another way (a webhook); gives back those that are new. */
  announce?(units: Unit[]): Unit[];
  /** The unit has been read and its rows are safe. */
  ack(unitId: string): Delta;
  /** The unit can never be read; it is not asked for again. */
  fail(unitId: string, reason: string): Delta;
}

/** A feed that `FeedDriver` can drive. */
export interface DrivableFeed<Query, Listing, Unit extends { id: string }> extends Feed<
  Query,
  Listing,
  Unit
> {
  announce(units: Unit[]): Unit[];
  /** The position as it is, when nothing was acknowledged for long: an empty listing moves it too. */
  checkpoint(): Delta;
  /** The listing failed: its lane is not asked for before that time (ms since the epoch). */
  postpone(query: Query, until: number): void;
  /** The time given to `next` was wrong and has moved by so much (ms): when to list next moves with it. */
  shiftTime?(byMs: number): void;
  /** Undefined until everything has been listed once. */
  completeUntil?(): CompleteUntil | undefined;
}
