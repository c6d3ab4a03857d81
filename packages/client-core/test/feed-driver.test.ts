import { captureError, testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  FeedDriver,
  UnitsDeferredError,
  createFiniteFeed,
} from '../src/index.js';
import type { Deferral, Delta, DrivableFeed, FeedDriverOptions, FeedStep } from '../src/index.js';

interface Unit {
  id: string;
}
interface Query {
  lane: string;
}
type Listing = { query: Query; units: readonly Unit[] };
type Options = FeedDriverOptions<Query, Listing, Unit>;

const unit = (id: string): Unit => ({ id });
const down = new ConnectionError('things.list: connection to x was reset.', { code: 'reset' });
const forbidden = new AuthenticationError('things.list returned HTTP 401.', { status: 401, code: 'AF10001' });

/** A feed of lanes that are listed every minute, in turn, for ever. */
function pollingFeed(lanes: readonly string[]): DrivableFeed<Query, Listing, Unit> & { settled: string[] } {
  const due = new Map(lanes.map((lane) => [lane, -Infinity]));
  const known = new Set<string>();
  const settled: string[] = [];
  let now = 0;
  const delta = (): Delta => ({ cursor: settled.join(), add: [], expire: [] });
  const takeNew = (units: readonly Unit[]) => units.filter(({ id }) => !known.has(id) && known.add(id));
  const settle = (id: string): Delta => (settled.push(id), delta());
  return {
    settled,
    next(time) {
      now = time;
      for (const [lane, notBefore] of due) if (notBefore <= time) return { list: { lane } };
      return { waitUntil: Math.min(...due.values()) };
    },
    announce: takeNew,
    listed({ query, units }) {
      due.set(query.lane, now + 60_000);
      return takeNew(units);
    },
    postpone: ({ lane }, until) => void due.set(lane, until),
    ack: settle,
    fail: settle,
    checkpoint: delta,
  };
}

function setUp(options: Partial<Options> & { answer: (query: Query) => readonly Unit[] }) {
  const clock = testClock();
  const { answer, lanes = ['a', 'b'], ...rest } = options;
  const feed = pollingFeed(lanes);
  const deferrals: Deferral[] = [];
  const listed: string[] = [];
  const driver = new FeedDriver<Query, Listing, Unit>({
    operation: 'things.follow',
    feed,
    clock,
    now: () => clock.now(),
    // oxlint-disable-next-line require-yield
    async *list(query) {
      listed.push(query.lane);
      return { query, units: answer(query) };
    },
    getLane: ({ lane }) => lane,
    lanes,
    follow: true,
    onDeferred: (deferral) => void deferrals.push(deferral),
    random: () => 0.999_999,
    ...rest,
  });
  return { clock, feed, driver, deferrals, listed };
}

/** Takes steps until `enough`, acknowledging all units unless `read` says otherwise. */
async function drive(
  driver: FeedDriver<Query, Listing, Unit>,
  enough: (steps: FeedStep<Unit>[]) => boolean,
  read: (unit: Unit) => unknown = () => undefined,
): Promise<FeedStep<Unit>[]> {
  const steps: FeedStep<Unit>[] = [];
  for await (const step of driver.steps()) {
    steps.push(step);
    if (step.type === 'units')
      for (const one of step.units) {
        const error = read(one);
        if (error === undefined) driver.ack(one.id);
        else driver.defer(one, error);
      }
    if (enough(steps)) break;
  }
  return steps;
}

const countUnits = (steps: FeedStep<Unit>[]): string[] =>
  steps.flatMap((step) => (step.type === 'units' ? step.units.map(({ id }) => id) : []));

describe('FeedDriver that follows', () => {
  it('hands over a position at the start and every two minutes of quiet', async () => {
    const { driver, clock } = setUp({ answer: () => [] });
    const start = clock.now();
    const times: number[] = [];
    await drive(driver, (steps) => {
      if (steps.at(-1)?.type === 'checkpoint') times.push(clock.now() - start);
      return times.length === 4;
    });
    expect(times).toEqual([0, 120_000, 240_000, 360_000]);
  });

  it('lists the other lanes while one is refused, and asks for that one every five minutes', async () => {
    const { driver, clock, deferrals, listed } = setUp({
      answer: ({ lane }) => {
        if (lane === 'a') throw forbidden;
        return [unit(`${lane}${clock.now()}`)];
      },
    });
    const start = clock.now();
    await drive(driver, () => clock.now() - start > 3_600_000);
    expect(listed.filter((lane) => lane === 'b').length).toBeGreaterThanOrEqual(60);
    const refusals = listed.filter((lane) => lane === 'a').length;
    expect([refusals, deferrals.length]).toEqual([13, 13]);
    expect(deferrals[0]).toMatchObject({ kind: 'listing', name: 'a', error: forbidden, tries: 1 });
    expect(driver.deferred).toHaveLength(1);
  });

  it('outlives an outage of days, asking at least every five minutes, and forgets it when it is over', async () => {
    const days = 3 * 86_400_000;
    const { driver, clock, deferrals } = setUp({
      lanes: ['a'],
      answer: () => {
        if (clock.now() < start + days) throw down;
        return [unit('after')];
      },
    });
    const start = clock.now();
    const steps = await drive(driver, (all) => countUnits(all).length > 0);
    expect(countUnits(steps)).toEqual(['after']);
    expect(clock.now() - start - days).toBeLessThanOrEqual(300_000);
    const waits = deferrals.map(({ retryAt }, index) => retryAt - (deferrals[index - 1]?.retryAt ?? start));
    expect(waits.slice(0, 4)).toEqual([5000, 10_000, 20_000, 40_000]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_001);
    expect(driver.deferred).toEqual([]);
  });

  it('waits as long as the service asks', async () => {
    const busy = new ApiError('busy', { status: 503, retryAfterInMs: 900_000 });
    let asked = 0;
    const { driver, clock } = setUp({
      lanes: ['a'],
      answer: () => {
        if (asked++ === 0) throw busy;
        return [unit('x')];
      },
    });
    const start = clock.now();
    await drive(driver, (steps) => countUnits(steps).length > 0);
    expect(clock.now() - start).toBe(900_000);
  });

  it('ends when every lane is refused for good, and on errors that are none of the service', async () => {
    const refused = setUp({
      answer: () => {
        throw forbidden;
      },
    });
    expect(await captureError(drive(refused.driver, () => false))).toBe(forbidden);
    const bug = new RangeError('a bug');
    const broken = setUp({
      answer: () => {
        throw bug;
      },
    });
    expect(await captureError(drive(broken.driver, () => false))).toBe(bug);
  });

  it('hands a deferred unit out again, with growing pauses, while the others pass', async () => {
    const { driver, clock, feed, deferrals } = setUp({
      lanes: ['a'],
      answer: () => ['bad', 'good', `new${clock.now()}`].map(unit),
    });
    let reads = 0;
    const read = ({ id }: Unit) => (id === 'bad' && ++reads < 6 ? down : undefined);
    await drive(driver, () => feed.settled.includes('bad'), read);
    expect(reads).toBe(6);
    expect(feed.settled.indexOf('good')).toBeLessThan(feed.settled.indexOf('bad'));
    expect(feed.settled.length).toBeGreaterThan(3);
    expect(deferrals.map(({ tries }) => tries)).toEqual([1, 2, 3, 4, 5]);
    expect(driver.deferred).toEqual([]);
  });

  it('hands out what a listing found before it broke off', async () => {
    let asked = 0;
    const { driver, deferrals } = setUp({
      lanes: ['a'],
      answer: () => [],
      async *list(query) {
        yield [unit('1')];
        if (asked++ === 0) throw down;
        return { query, units: [unit('1'), unit('2')] };
      },
    });
    const steps = await drive(driver, (all) => countUnits(all).length === 2);
    expect([countUnits(steps), deferrals.length]).toEqual([['1', '2'], 1]);
  });

  it('asks for the time when nothing is due for long: a wrong clock does not stall it', async () => {
    let skew = -30 * 86_400_000;
    const clock = testClock();
    const feed = pollingFeed(['a']);
    const real = feed.next.bind(feed);
    const start = clock.now();
    // Nothing is due before `start`, and the server's clock is believed to be a month behind.
    feed.next = (now) => (now < start ? { waitUntil: start } : real(now));
    let asked = 0;
    const { driver } = setUp({
      lanes: ['a'],
      feed,
      clock,
      now: () => clock.now() + skew,
      refreshTime: async () => {
        asked += 1;
        if (asked === 3) skew = 0;
      },
      answer: () => [unit('x')],
    });
    await drive(driver, (steps) => countUnits(steps).length > 0);
    expect(clock.now() - start).toBeLessThanOrEqual(900_000);
  });

  it('rejects with the reason of the signal, also while it waits', async () => {
    const stop = new AbortController();
    const { driver } = setUp({ answer: () => [], abortSignal: stop.signal });
    const ended = drive(driver, (steps) => {
      if (steps.length === 2) stop.abort(new Error('enough'));
      return false;
    });
    await expect(ended).rejects.toThrow('enough');
  });
});

describe('FeedDriver over a finite feed', () => {
  const run = (answer: (query: Query) => readonly Unit[], read: (one: Unit) => unknown = () => undefined) => {
    const queries = ['a', 'b', 'c'].map((lane) => ({ lane }));
    const set = setUp({
      feed: createFiniteFeed<Query, Unit>({ queries }),
      lanes: ['a', 'b', 'c'],
      follow: false,
      answer,
    });
    const seen: string[] = [];
    const done = drive(
      set.driver,
      () => false,
      (one) => {
        const error = read(one);
        if (error === undefined) seen.push(one.id);
        return error;
      },
    );
    return { ...set, seen, done };
  };

  it('lists each query once, hands out each unit once, and ends', async () => {
    const { seen, done, listed } = run(({ lane }) => [unit('shared'), unit(lane)]);
    await done;
    expect([seen, listed]).toEqual([
      ['shared', 'a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
  });

  it('finishes the rest, then names what could not be read', async () => {
    const { seen, done } = run(
      ({ lane }) => {
        if (lane === 'a') throw forbidden;
        return [unit(lane), unit(`bad-${lane}`)];
      },
      ({ id }) => (id === 'bad-b' ? down : undefined),
    );
    const error = await captureError<UnitsDeferredError>(done);
    expect(UnitsDeferredError.isInstance(error)).toBe(true);
    expect(error.message).toContain(
      'things.follow: 2 could not be read, everything else was handed out: a, bad-b.',
    );
    expect(error.message).toContain(forbidden.message);
    expect(error.deferred.map(({ kind, name, tries }) => [kind, name, tries])).toEqual([
      ['listing', 'a', 1],
      ['unit', 'bad-b', 3],
    ]);
    expect(seen).toEqual(['b', 'c', 'bad-c']);
  });

  it('tries again what may pass', async () => {
    let asked = 0;
    let reads = 0;
    const { seen, done } = run(
      ({ lane }) => {
        if (lane === 'b' && asked++ < 2) throw down;
        return [unit(lane)];
      },
      ({ id }) => (id === 'a' && reads++ < 2 ? down : undefined),
    );
    await done;
    expect(seen.toSorted()).toEqual(['a', 'b', 'c']);
  });
});
