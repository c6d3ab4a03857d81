import type { Delta, DrivableFeed } from './feed.js';

export interface FiniteFeedOptions<Query> {
  /** What is listed, each once, in this order. */
  queries: readonly Query[];
}

/**
 * A feed over a fixed set of queries, without a position: each is listed once, each unit is handed out once. For
 * `FeedDriver` runs that read a range and end.
 */
export function createFiniteFeed<Query, U extends { id: string }>({
  queries,
}: FiniteFeedOptions<Query>): DrivableFeed<Query, { query: Query; units: readonly U[] }, U> {
  const open = new Map<Query, number>(queries.map((query) => [query, -Infinity]));
  const known = new Set<string>();
  const nothing = (): Delta => ({ cursor: '', add: [], expire: [] });

  const takeNew = (units: readonly U[]): U[] =>
    units.filter(({ id }) => {
      if (known.has(id)) return false;
      known.add(id);
      return true;
    });

  return {
    next(now) {
      for (const [query, notBefore] of open) if (notBefore <= now) return { list: query };
      return { waitUntil: Math.min(...open.values()) };
    },
    announce: takeNew,
    listed({ query, units }) {
      open.delete(query);
      return takeNew(units);
    },
    postpone(query, until) {
      if (open.has(query)) open.set(query, until);
    },
    ack: nothing,
    fail: nothing,
    checkpoint: nothing,
  };
}
