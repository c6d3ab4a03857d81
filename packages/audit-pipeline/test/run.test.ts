import { captureError, testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import {
  DeliveryError,
  UnitUnreadableError,
  UnitsDeferredError,
  memoryState,
  runPipeline,
} from '../src/index.js';
import type { Sink, Source } from '../src/index.js';
import { each, listSource, memorySink } from './parts.js';

const units = [
  { id: 'a', records: [{ id: '1' }, { id: '2' }] },
  { id: 'b', records: [{ id: '2' }, { id: '3' }] },
  { id: 'c', records: [{ id: '4' }] },
];

function setup(overrides: { fail?: (unitId: string) => boolean } = {}) {
  const { sink, rows } = memorySink();
  const clock = testClock(0);
  const state = memoryState({}, { clock });
  const dead: { unit: { id: string }; reason: string }[] = [];
  const options = {
    source: listSource(units, overrides),
    transform: (record: { id: string }) => ({ Id: record.id }),
    recordId: (record: { id: string }) => record.id,
    sink,
    state,
    concurrency: 1,
    clock,
    deadLetters: { add: async (entry: { unit: { id: string }; reason: string }) => void dead.push(entry) },
  };
  return { options, rows, state, dead };
}

describe('runPipeline', () => {
  it('delivers every record once and commits every unit', async () => {
    const { options, rows, state } = setup();
    const report = await runPipeline(options);
    expect(rows.map((row) => row.Id)).toEqual(['1', '2', '3', '4']);
    expect(report.units).toEqual({ committed: 3, failed: 0, deferred: 0 });
    expect(report.records).toMatchObject({ read: 5, duplicates: 1, accepted: 4 });
    expect([...((await state.load()).seen ?? [])].map((entry) => entry.id)).toEqual(['a', 'b', 'c']);
  });

  it('does nothing on a second run', async () => {
    const { options, rows } = setup();
    await runPipeline(options);
    const again = await runPipeline(options);
    expect(again.units.committed).toBe(0);
    expect(rows).toHaveLength(4);
  });

  it('never commits a unit whose rows are not safe, and reads it again', async () => {
    const { options, rows } = setup();
    const broken = {
      ...options,
      sink: {
        ...options.sink,
        write: async (all: AsyncIterable<readonly { Id: string }[]>) => {
          for await (const _ of all);
          return { accepted: 0, undeliverable: 0, rejected: 0, unknown: 1, notSent: 0 };
        },
      },
    };
    const failed: unknown = await captureError(runPipeline(broken));
    expect(UnitsDeferredError.isInstance(failed) && DeliveryError.isInstance(failed.cause)).toBe(true);
    expect(failed).toMatchObject({ report: { units: { committed: 0, deferred: 3 } } });
    await runPipeline(options);
    expect(rows.map((row) => row.Id)).toEqual(['1', '2', '3', '4']);
  });

  it('puts an unreadable unit into the dead letters and goes on', async () => {
    const { options, rows, dead } = setup({
      fail: (id) => {
        if (id === 'b') throw new UnitUnreadableError('expired');
        return false;
      },
    });
    const report = await runPipeline(options);
    expect(report.units).toEqual({ committed: 2, failed: 1, deferred: 0 });
    expect(dead).toEqual([{ unit: expect.objectContaining({ id: 'b' }) as unknown, reason: 'expired' }]);
    expect(rows.map((row) => row.Id)).toEqual(['1', '2', '4']);
  });

  it('drains: units in flight finish, no new one starts', async () => {
    const { options, rows } = setup();
    const drain = new AbortController();
    const report = await runPipeline({
      ...options,
      drainSignal: drain.signal,
      transform: (record) => (drain.abort(), { Id: record.id }),
    });
    expect(report.units.committed).toBe(1);
    expect(rows.map((row) => row.Id)).toEqual(['1', '2']);
  });

  it('puts rows that can never be sent into the dead letters', async () => {
    const { options, dead } = setup();
    const picky = {
      ...options,
      sink: {
        ...options.sink,
        write: async (
          all: AsyncIterable<readonly { Id: string }[]>,
          { onUndeliverable }: { onUndeliverable(row: { Id: string }, reason: string): void },
        ) => {
          const result = { accepted: 0, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
          for await (const row of each(all)) {
            if (row.Id === '2') (onUndeliverable(row, 'too large'), result.undeliverable++);
            else result.accepted++;
          }
          return result;
        },
      },
    };
    const report = await runPipeline(picky);
    expect(report.records).toMatchObject({ accepted: 3, deadLettered: 1 });
    expect(dead).toEqual([
      {
        unit: expect.objectContaining({ id: 'a' }) as unknown,
        reason: 'too large',
        status: 'invalid',
        row: { Id: '2' },
      },
    ]);
  });

  it('tries a unit that fails again, and lets the others go on meanwhile', async () => {
    let failures = 3;
    const { options, rows } = setup({
      fail: (id) => {
        if (id === 'a' && failures-- > 0) throw new Error('down');
        return false;
      },
    });
    const report = await runPipeline({ ...options, concurrency: 2 });
    expect(report.units).toEqual({ committed: 3, failed: 0, deferred: 0 });
    expect(rows[0]?.Id).toBe('2');
    expect(options.clock.slept).toEqual([1000, 2000, 4000]);
  });

  it('leaves a unit that fails for good; the state has not passed it', async () => {
    const { options, rows, state } = setup({
      fail: (id) => {
        if (id === 'a') throw new Error('down');
        return false;
      },
    });
    const deferred: string[] = [];
    const failed = runPipeline({ ...options, onDeferred: ({ id }) => void deferred.push(id) });
    await expect(failed).rejects.toMatchObject({ report: { units: { committed: 2, deferred: 1 } } });
    expect([...new Set(deferred)]).toEqual(['a']);
    expect(rows.map(({ Id }) => Id)).toEqual(['2', '3', '4']);
    expect([...((await state.load()).seen ?? [])].map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('stops when nothing gets through any more', async () => {
    const many = Array.from({ length: 100 }, (_, n) => ({ id: `u${n}`, records: [{ id: `r${n}` }] }));
    const tried = new Set<string>();
    const { options } = setup();
    const source = listSource(many, {
      fail: (id) => {
        tried.add(id);
        throw new Error('down');
      },
    });
    await expect(runPipeline({ ...options, source, concurrency: 4 })).rejects.toSatisfy((error: unknown) =>
      UnitsDeferredError.isInstance(error),
    );
    expect(tried.size).toBeLessThanOrEqual(12);
  });

  it('follows: a deferred unit is tried again later, and a drain ends the wait', async () => {
    const drain = new AbortController();
    let down = true;
    const { options, rows } = setup({
      fail: (id) => {
        if (down && id === 'b') throw new Error('down');
        return false;
      },
    });
    const list = listSource(units, {
      fail: (id) => {
        if (down && id === 'b') throw new Error('down');
        return false;
      },
    });
    const report = await runPipeline({
      ...options,
      source: {
        open(saved) {
          const run = list.open(saved);
          return {
            ...run,
            async *discover(discoverOptions) {
              yield* run.discover(discoverOptions);
              // Nothing more for now: waits until it is told to end.
              await new Promise((_, reject) => {
                const { abortSignal } = discoverOptions;
                abortSignal?.addEventListener('abort', () => reject(abortSignal.reason as Error));
              });
            },
          };
        },
      },
      onDeferred: () => (down = false),
      onProgress: ({ units: { committed } }) => {
        if (committed === 3) drain.abort();
      },
      drainSignal: drain.signal,
    });
    expect(report.units).toEqual({ committed: 3, failed: 0, deferred: 0 });
    expect(rows.map(({ Id }) => Id)).toEqual(['1', '2', '4', '3']);
    expect(Math.max(...options.clock.slept)).toBeGreaterThan(800_000);
  });

  it('loses nothing when a unit that carried the same record turns out unreadable', async () => {
    const { options, rows } = setup();
    const torn: Source<(typeof units)[number], { id: string }> = {
      open(saved) {
        const run = listSource(units).open(saved);
        return {
          ...run,
          async *read(unit) {
            yield unit.records;
            // Both are under way before the first one breaks.
            await new Promise((resolve) => setImmediate(resolve));
            if (unit.id === 'a') throw new UnitUnreadableError('gone');
          },
        };
      },
    };
    const sink: Sink<{ Id: string }> = {
      async write(all) {
        const mine: { Id: string }[] = [];
        for await (const batch of all) mine.push(...batch);
        rows.push(...mine);
        return { accepted: mine.length, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
      },
      close: async () => {},
    };
    await runPipeline({ ...options, source: torn, sink, concurrency: 3 });
    expect(rows.map(({ Id }) => Id).toSorted()).toEqual(['2', '3', '4']);
  });

  it('does not take the word of a sink that stopped early or lost count', async () => {
    for (const accepted of [0, 1, 2]) {
      const { options, state } = setup();
      const sink: Sink<{ Id: string }> = {
        async write(all) {
          for await (const _ of all) break;
          return { accepted, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
        },
        close: async () => {},
      };
      await expect(runPipeline({ ...options, sink })).rejects.toSatisfy((error: unknown) =>
        UnitsDeferredError.isInstance(error),
      );
      expect((await state.load()).cursor).toBeUndefined();
    }
  });

  it('does not take a sink that gives up while records are skipped for the end of the unit', async () => {
    const { options, rows, state } = setup();
    const many = ['1', '1', '1', '1', '5', '6'].map((id) => ({ id }));
    const source = listSource([{ id: 'a', records: many }]);
    const leaving: Sink<{ Id: string }> = {
      async write(all) {
        const iterator = all[Symbol.asyncIterator]();
        await iterator.next();
        // As an upload that is aborted while it waits: the repetitions are still being skipped.
        const waiting = iterator.next();
        await iterator.return?.();
        await waiting;
        return { accepted: 1, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
      },
      close: async () => {},
    };
    const retry = { maxRetries: 0 };
    await expect(runPipeline({ ...options, source, sink: leaving, retry })).rejects.toSatisfy(
      (error: unknown) => UnitsDeferredError.isInstance(error),
    );
    expect([...((await state.load()).seen ?? [])]).toEqual([]);
    await runPipeline({ ...options, source });
    expect(rows.map(({ Id }) => Id)).toEqual(['1', '5', '6']);
  });

  it('remembers record ids for their window and up to their count', async () => {
    const { options, rows, state } = setup();
    await runPipeline(options);
    const later = [{ id: 'later', records: [{ id: '1' }, { id: '5' }] }];
    const again = await runPipeline({ ...options, source: listSource(later) });
    expect(again.records.duplicates).toBe(1);
    const last = [{ id: 'last', records: [{ id: '5' }, { id: '1' }] }];
    await runPipeline({ ...options, source: listSource(last), dedupe: { maxKeys: 1 } });
    expect(rows.map(({ Id }) => Id)).toEqual(['1', '2', '3', '4', '5', '1']);
    await options.clock.sleep(2 * 86_400_000);
    const old = [{ id: 'old', records: [{ id: '5' }] }];
    const report = await runPipeline({ ...options, state, source: listSource(old) });
    expect(report.records.duplicates).toBe(0);
  });
});
