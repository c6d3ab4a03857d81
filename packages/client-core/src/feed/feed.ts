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
}

/** Where a feed goes on: the last cursor and the ledger, or nothing at all on a first run. */
export interface SavedFeed {
  cursor?: string;
  seen?: Iterable<SeenEntry>;
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
