import { describe, expect, it } from 'vitest';
import {
  DeliveryError,
  UnitUnreadableError,
  UnitsLeftError,
  memoryState,
  runPipeline,
} from '../src/index.js';
import { leapingClock, listSource, memorySink } from './parts.js';

const units = [
  { id: 'a', records: [{ id: '1' }, { id: '2' }] },
  { id: 'b', records: [{ id: '2' }, { id: '3' }] },
  { id: 'c', records: [{ id: '4' }] },
];

function setup(overrides: { fail?: (unitId: string) => boolean } = {}) {
  const { sink, rows } = memorySink();
  const state = memoryState();
  const dead: { unit: { id: string }; reason: string }[] = [];
  const options = {
    source: listSource(units, overrides),
    transform: (record: { id: string }) => ({ Id: record.id }),
    recordId: (record: { id: string }) => record.id,
    sink,
    state,
    concurrency: 1,
    clock: leapingClock(),
    deadLetters: { add: async (entry: { unit: { id: string }; reason: string }) => void dead.push(entry) },
  };
  return { options, rows, state, dead };
}

describe('runPipeline', () => {
  it('delivers every record once and commits every unit', async () => {
    const { options, rows, state } = setup();
    const report = await runPipeline(options);
    expect(rows.map((row) => row.Id)).toEqual(['1', '2', '3', '4']);
    expect(report.units).toEqual({ committed: 3, failed: 0, left: 0 });
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
        write: async (all: AsyncIterable<{ Id: string }>) => {
          for await (const _ of all);
          return { accepted: 0, rejected: 0, failed: 0, unknown: 1, unsent: 0 };
        },
      },
    };
    const failed: unknown = await runPipeline(broken).catch((error: unknown) => error);
    expect(UnitsLeftError.isInstance(failed) && DeliveryError.isInstance(failed.cause)).toBe(true);
    expect(failed).toMatchObject({ report: { units: { committed: 0, left: 3 } } });
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
    expect(report.units).toEqual({ committed: 2, failed: 1, left: 0 });
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
          all: AsyncIterable<{ Id: string }>,
          { onRejected }: { onRejected(row: { Id: string }, reason: string): void },
        ) => {
          const result = { accepted: 0, rejected: 0, failed: 0, unknown: 0, unsent: 0 };
          for await (const row of all) {
            if (row.Id === '2') (onRejected(row, 'too large'), result.rejected++);
            else result.accepted++;
          }
          return result;
        },
      },
    };
    const report = await runPipeline(picky);
    expect(report.records).toMatchObject({ accepted: 3, deadLettered: 1 });
    expect(dead).toEqual([
      { unit: expect.objectContaining({ id: 'a' }) as unknown, reason: 'too large', row: { Id: '2' } },
    ]);
  });
});
