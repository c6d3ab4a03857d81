import type { SavedFeed, Sink, Source, Unit } from '../src/index.js';

export interface ListUnit<R> extends Unit {
  records: R[];
}

/** A source over a fixed list of units. */
export function listSource<R>(
  units: ListUnit<R>[],
  { fail }: { fail?: (unitId: string) => boolean } = {},
): Source<ListUnit<R>, R> {
  return {
    open(saved: SavedFeed) {
      const done = new Set([...(saved.seen ?? [])].map((entry) => entry.id));
      const delta = (id: string) => ({ cursor: id, add: [{ id, expires: Infinity }], expire: [] });
      return {
        async *discover() {
          for (const unit of units) if (!done.has(unit.id)) yield unit;
        },
        async *read(unit) {
          fail?.(unit.id);
          yield unit.records;
        },
        ack: delta,
        fail: delta,
      };
    },
  };
}

export function memorySink<Row = { Id: string }>(): { sink: Sink<Row>; rows: Row[] } {
  const rows: Row[] = [];
  return {
    rows,
    sink: {
      write: async (all) => {
        let accepted = 0;
        for await (const batch of all) {
          rows.push(...batch);
          accepted += batch.length;
        }
        return { accepted, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
      },
      close: async () => {},
    },
  };
}

/** The rows of a write, one by one. */
export async function* each<T>(batches: AsyncIterable<readonly T[]>): AsyncGenerator<T, void, void> {
  for await (const batch of batches) yield* batch;
}

/** Seeded chance: splitmix32. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = Math.trunc(state + 0x9e3779b9) | 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return Math.floor((((t ^ (t >>> 15)) >>> 0) / 2 ** 32) * below);
  };
}
