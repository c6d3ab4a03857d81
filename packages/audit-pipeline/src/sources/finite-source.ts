import type { Delta, SavedFeed } from '@repo/client-core';
import type { DiscoverOptions, SourceRun, Unit } from '../ports.js';

/** Further than any clock: what is done is never forgotten. */
const never = 8.64e15;

export interface FiniteSourceOptions<U extends Unit, R> {
  /** All units; those that are done are skipped. Their ids must be the same each time. */
  units: Iterable<U> | ((options: DiscoverOptions) => AsyncIterable<U> | Iterable<U>);
  read: SourceRun<U, R>['read'];
  /** What `open` was given: the units that are done. */
  saved: SavedFeed;
  /** When the id of a unit that is done may be forgotten, ms since the epoch. Default: never. */
  expires?: ((unit: U) => number) | undefined;
}

/** A run over a known number of units, each done once: the `open` of a source that ends. */
export function finiteSource<U extends Unit, R>(options: FiniteSourceOptions<U, R>): SourceRun<U, R> {
  const { units, read, saved, expires = () => never } = options;
  const done = new Set([...(saved.seen ?? [])].map(({ id }) => id));
  const open = new Map<string, U>();
  function settle(id: string): Delta {
    const unit = open.get(id);
    open.delete(id);
    return { cursor: '{"v":1}', add: [{ id, expires: unit ? expires(unit) : never }], expire: [] };
  }
  return {
    async *discover(how) {
      for await (const unit of typeof units === 'function' ? units(how) : units) {
        // It may be found twice.
        if (done.has(unit.id)) continue;
        done.add(unit.id);
        open.set(unit.id, unit);
        yield unit;
      }
      how.onListed?.();
    },
    read,
    ack: settle,
    fail: settle,
  };
}
