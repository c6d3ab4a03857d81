import { testClock } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError, AuthenticationError, ConnectionError, FeedDriver, IdLedger } from '../src/index.js';
import type { Deferral, Delta, DrivableFeed, SeenEntry } from '../src/index.js';

const minute = 60_000;
const hour = 60 * minute;
const overlapInMs = 2 * hour;
const horizonInMs = 8 * hour;

interface Unit {
  id: string;
  lane: string;
  created: number;
}
interface Query {
  lane: string;
  from: number;
  to: number;
}
interface Listing {
  query: Query;
  units: readonly Unit[];
  listedAt: number;
}

/** Small random numbers that a seed repeats. */
function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A service of this test's own: late, duplicate, vanishing and unreadable units, refused lanes, broken listings. */
class Service {
  readonly units: (Unit & { visible: number; badReads: number; gone: boolean })[] = [];
  readonly lanes: readonly string[];
  readonly #random: () => number;
  readonly #now: () => number;
  readonly #start: number;
  readonly #refused: ReadonlyMap<string, [number, number]>;

  constructor(random: () => number, now: () => number) {
    this.#random = random;
    this.#now = now;
    this.#start = now();
    this.lanes = ['a', 'b', 'c'].slice(0, 1 + Math.floor(random() * 3));
    this.#refused = new Map(
      this.lanes
        .slice(1)
        .map((lane) => [
          lane,
          [random() * horizonInMs, random() * horizonInMs].toSorted((x, y) => x - y) as [number, number],
        ]),
    );
    const count = Math.floor(random() * 60);
    for (let index = 0; index < count; index++) {
      const created = this.#start + Math.floor(random() * horizonInMs);
      const lateness = random() < 0.8 ? random() * 5 * minute : random() * (overlapInMs - minute);
      this.units.push({
        id: `u${index}`,
        lane: this.lanes[Math.floor(random() * this.lanes.length)] as string,
        created,
        visible: created + lateness,
        badReads: random() < 0.2 ? Math.floor(random() * 8) : 0,
        gone: random() < 0.05,
      });
    }
  }

  /** Nothing fails any more after the horizon: what was deferred must come now. */
  get #isCalm(): boolean {
    return this.#now() > this.#start + horizonInMs;
  }

  async *list(query: Query): AsyncGenerator<Unit[], Listing, void> {
    const now = this.#now();
    const [from, to] = this.#refused.get(query.lane) ?? [0, 0];
    if (now - this.#start > from && now - this.#start < to)
      throw new AuthenticationError('list returned HTTP 401 (AF10001).', { status: 401, code: 'AF10001' });
    const found = this.units
      .filter(
        ({ lane, created, visible }) =>
          lane === query.lane && visible <= now && created >= query.from && created < query.to,
      )
      .toSorted(() => this.#random() - 0.5);
    const listed = found.flatMap((unit) => (this.#random() < 0.2 ? [unit, unit] : [unit]));
    const pages = Math.ceil(this.#random() * 3);
    for (let page = 0; page < pages; page++) {
      if (!this.#isCalm && this.#random() < 0.1) throw this.#createFault();
      yield listed.slice((page * listed.length) / pages, ((page + 1) * listed.length) / pages);
    }
    return { query, units: this.#random() < 0.5 ? listed : [], listedAt: now };
  }

  #createFault(): ApiError {
    return this.#random() < 0.5
      ? new ConnectionError('list: connection to x was reset.', { code: 'reset' })
      : new ApiError('list returned HTTP 503.', {
          status: 503,
          retryAfterInMs: this.#random() * 20 * minute,
        });
  }

  /** Undefined: read. Otherwise why not, or that it is gone for ever. */
  read({ id }: Unit): 'gone' | ApiError | undefined {
    const unit = this.units.find((one) => one.id === id);
    if (!unit || unit.gone) return 'gone';
    if (unit.badReads-- > 0 && !this.#isCalm) return new ApiError('read returned HTTP 500.', { status: 500 });
    return undefined;
  }
}

/** The simplest feed there is: a position per lane, listed back over the overlap, and a ledger. */
class OverlapFeed implements DrivableFeed<Query, Listing, Unit> {
  readonly #positions: Map<string, number>;
  readonly #due = new Map<string, number>();
  readonly #pending = new Map<string, Unit>();
  readonly #ledger: IdLedger;

  constructor(lanes: readonly string[], startFrom: number, saved: { cursor?: string; seen: SeenEntry[] }) {
    const positions = saved.cursor === undefined ? {} : (JSON.parse(saved.cursor) as Record<string, number>);
    this.#positions = new Map(lanes.map((lane) => [lane, positions[lane] ?? startFrom]));
    this.#ledger = new IdLedger(saved.seen);
  }

  next(now: number): { list: Query } | { waitUntil: number } {
    for (const [lane, through] of this.#positions)
      if ((this.#due.get(lane) ?? -Infinity) <= now && through < now)
        return { list: { lane, from: through - overlapInMs, to: now } };
    return {
      waitUntil: Math.max(
        now + 1,
        Math.min(...[...this.#positions.keys()].map((lane) => this.#due.get(lane) ?? now + minute)),
      ),
    };
  }

  announce(units: readonly Unit[]): Unit[] {
    return units.filter((unit) => {
      if (this.#pending.has(unit.id) || this.#ledger.has(unit.id)) return false;
      this.#pending.set(unit.id, unit);
      return true;
    });
  }

  listed({ query, units, listedAt }: Listing): Unit[] {
    const through = this.#positions.get(query.lane) ?? 0;
    this.#positions.set(query.lane, Math.max(through, Math.min(query.to, listedAt)));
    this.#due.set(query.lane, query.to + minute);
    return this.announce(units);
  }

  postpone({ lane }: Query, until: number): void {
    this.#due.set(lane, until);
  }

  shiftTime(byMs: number): void {
    for (const [lane, until] of this.#due) this.#due.set(lane, until + byMs);
  }

  ack(id: string): Delta {
    const unit = this.#pending.get(id);
    if (!unit) throw new RangeError(`${id} is not pending`);
    this.#pending.delete(id);
    const entry = { id, expires: unit.created + 30 * 24 * hour };
    this.#ledger.add(id, entry.expires);
    return { ...this.checkpoint(), add: [entry] };
  }

  fail(id: string): Delta {
    return this.ack(id);
  }

  checkpoint(): Delta {
    const positions = new Map(this.#positions);
    for (const { lane, created } of this.#pending.values())
      positions.set(lane, Math.min(positions.get(lane) ?? 0, created + overlapInMs));
    return { cursor: JSON.stringify(Object.fromEntries(positions)), add: [], expire: [] };
  }
}

async function simulate(seed: number): Promise<void> {
  const random = createRandom(seed);
  const clock = testClock(Date.UTC(2026, 10, 20));
  const start = clock.now();
  const service = new Service(random, () => clock.now());
  const saved: { cursor?: string; seen: SeenEntry[] } = { seen: [] };
  const read = new Map<string, number>();
  const failed = new Set<string>();
  const end = start + horizonInMs + overlapInMs + 2 * hour;
  const save = ({ cursor, add }: Delta): void => {
    saved.cursor = cursor;
    saved.seen.push(...add);
  };
  let checkpointAt = start;
  for (let restarts = 0; clock.now() < end; restarts++) {
    const deferrals: Deferral[] = [];
    // The clock of the server is believed to be wrong until a response tells.
    let skew = random() < 0.3 ? (random() - 0.5) * 20 * hour : 0;
    const driver = new FeedDriver<Query, Listing, Unit>({
      operation: 'things.follow',
      feed: new OverlapFeed(service.lanes, start, saved),
      clock,
      now: () => clock.now() + skew,
      refreshTime: async () => void (skew = 0),
      list: async function* (query) {
        skew = 0;
        return yield* service.list(query);
      },
      getLane: ({ lane }) => lane,
      lanes: service.lanes,
      follow: true,
      onDeferred: (deferral) => void deferrals.push(deferral),
      random,
    });
    const stopAfter = restarts < 5 ? Math.floor(random() * 40) : Infinity;
    let steps = 0;
    for await (const step of driver.steps()) {
      if (step.type === 'checkpoint') save(step.delta);
      else
        for (const unit of step.units) {
          const answer = service.read(unit);
          if (answer === undefined) {
            read.set(unit.id, (read.get(unit.id) ?? 0) + 1);
            save(driver.ack(unit.id));
          } else if (answer === 'gone') {
            failed.add(unit.id);
            save(driver.fail(unit.id, 'gone'));
          } else driver.defer(unit, answer);
          // Killed between two units: what was handed out and not settled comes again.
          if (random() < 0.01 && restarts < 5) steps = Infinity;
          if (steps === Infinity) break;
        }
      expect(clock.now() - checkpointAt, `no position for long, seed ${seed}`).toBeLessThanOrEqual(
        25 * minute,
      );
      checkpointAt = clock.now();
      if (++steps > stopAfter || clock.now() >= end) break;
    }
    for (const { name, error } of driver.deferred)
      expect([name, error], `seed ${seed}`).not.toContain(undefined);
  }
  const lost = service.units
    .filter(({ id, gone }) => (gone ? !failed.has(id) : !read.has(id)))
    .map(({ id }) => id);
  expect(lost, `lost, seed ${seed}`).toEqual([]);
  const twice = [...read].filter(([, times]) => times > 1);
  expect(twice, `handed out again after it was settled, seed ${seed}`).toEqual([]);
}

describe('FeedDriver over services that break every promise', () => {
  it('hands out or names every unit once, whatever fails and wherever it is restarted', async () => {
    await fc.assert(fc.asyncProperty(fc.integer(), simulate), { numRuns: 300 });
  }, 120_000);
});
