import { testClock } from '@repo/test-kit';
import { createRateLimiter } from '@repo/client-core';
import { describe, expect, it } from 'vitest';
import {
  ArgumentError,
  StateIdentityError,
  backfill,
  memoryState,
  reserveForLive,
  runPipeline,
} from '../src/index.js';
import type { Source } from '../src/index.js';
import { listSource, memorySink } from './parts.js';
import type { ListUnit } from './parts.js';

interface Rec {
  id: string;
}
const at = (day: number) => Date.UTC(2026, 4, day);

/** A unit a day; `between` gives those of the span. */
function daily(): Source<ListUnit<Rec>, Rec> {
  const all = [12, 13, 14, 15, 16].map((day) => ({ id: `day ${day}`, records: [{ id: `r${day}` }] }));
  return {
    ...listSource(all),
    identity: 'o365:contoso',
    between: (from, to) =>
      listSource(all.filter(({ id }) => at(Number(id.slice(4))) >= from && at(Number(id.slice(4))) < to)),
  };
}

function parts() {
  const { sink, rows } = memorySink();
  return {
    rows,
    options: {
      source: daily(),
      transform: (record: Rec) => ({ Id: record.id }),
      recordId: (record: Rec) => record.id,
      sink,
      state: memoryState(),
      deadLetters: { add: async () => {} },
      clock: testClock(0),
      concurrency: 1,
    },
  };
}

describe('backfill', () => {
  it('reads the span, oldest first, and goes on where it was stopped', async () => {
    const { options, rows } = parts();
    const span = { from: new Date(at(13)), to: '2026-05-16T00:00:00Z' };
    const drain = new AbortController();
    await backfill({ ...options, ...span, drainSignal: drain.signal, onProgress: () => drain.abort() });
    expect(rows.map(({ Id }) => Id)).toEqual(['r13']);
    await backfill({ ...options, ...span });
    expect(rows.map(({ Id }) => Id)).toEqual(['r13', 'r14', 'r15']);
  });

  it('does not touch the state of the live feed', async () => {
    const { options } = parts();
    await runPipeline(options);
    const span = { from: new Date(at(13)), to: new Date(at(14)) };
    await expect(backfill({ ...options, ...span })).rejects.toSatisfy((error) =>
      StateIdentityError.isInstance(error),
    );
    expect((await backfill({ ...options, ...span, state: memoryState() })).units.committed).toBe(1);
  });

  it('refuses a span without zone, the wrong way round, or of a source that knows none', () => {
    const { options } = parts();
    const to = new Date(at(14));
    expect(() => backfill({ ...options, from: '2026-05-13T00:00:00', to })).toThrow(ArgumentError);
    expect(() => backfill({ ...options, from: new Date(at(15)), to })).toThrow(/not before/);
    const source = listSource<Rec>([]);
    expect(() => backfill({ ...options, source, from: new Date(at(13)), to })).toThrow(/between/);
  });

  it('leaves the live feed its share of the quota', async () => {
    const clock = testClock(0);
    const live = createRateLimiter({ limit: 100, clock });
    const limiter = reserveForLive(live, { requestsPerMinute: 100, liveShare: 0.7, clock });
    const passed: number[] = [];
    for (let n = 0; n < 120; n += 1) {
      await limiter.acquire();
      passed.push(clock.now());
    }
    for (const from of passed) {
      const inMinute = passed.filter((time) => time >= from && time < from + 60_000).length;
      expect(inMinute).toBeLessThanOrEqual(30);
    }
    const before = clock.now();
    // What the backfill left of this minute is the live feed's at once.
    for (let n = 0; n < 70; n += 1) await live.acquire();
    expect(clock.now()).toBe(before);
  });
});
