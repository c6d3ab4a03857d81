import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testClock } from '@repo/test-kit';
import { afterAll, describe, expect, it } from 'vitest';
import { UnitUnreadableError, fileDeadLetters, memoryState, replay, runPipeline } from '../src/index.js';
import type { SavedDeadLetter, Sink, Source } from '../src/index.js';
import { activityRow } from '../src/mcas.js';
import { auditRow } from '../src/o365.js';
import { each, listSource, memorySink } from './parts.js';
import type { ListUnit } from './parts.js';

const folder = mkdtempSync(join(tmpdir(), 'audit-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Rec {
  id: string;
}
interface Row {
  Id: string;
}
const units: ListUnit<Rec>[] = ['a', 'b', 'c', 'd'].map((id) => ({
  id,
  records: [{ id: `${id}1` }, { id: `${id}2` }],
}));

function parts(source: Source<ListUnit<Rec>, Rec> = listSource(units)) {
  const { sink, rows } = memorySink<Row>();
  return {
    rows,
    options: {
      source,
      transform: (record: Rec) => ({ Id: record.id }),
      recordId: (record: Rec) => record.id,
      sink,
      deadLetters: { add: async () => {} },
      clock: testClock(0),
      concurrency: 1,
    },
  };
}

describe('replay', () => {
  it('delivers units again, whatever the live feed has done', async () => {
    const { options, rows } = parts();
    await runPipeline({ ...options, state: memoryState() });
    rows.length = 0;
    await replay({ ...options, of: { units: units.slice(1, 3) } });
    expect(rows.map(({ Id }) => Id)).toEqual(['b1', 'b2', 'c1', 'c2']);
  });

  it('delivers a span again', async () => {
    const source = { ...listSource(units), between: () => listSource(units.slice(0, 1)) };
    const { options, rows } = parts(source);
    await replay({ ...options, of: { range: { from: new Date(0), to: new Date(1) } } });
    expect(rows.map(({ Id }) => Id)).toEqual(['a1', 'a2']);
  });

  it('delivers what is in the dead letters: units, rows and records; not gaps', async () => {
    const letters = await fileDeadLetters<Row>(join(folder, 'dead'));
    let broken = true;
    const source = listSource(units, {
      fail: (id) => {
        if (broken && id === 'b') throw new UnitUnreadableError('forbidden');
        return false;
      },
    });
    const { options, rows } = parts(source);
    const picky: Sink<Row> = {
      write: (all, call) =>
        options.sink.write(
          (async function* () {
            for await (const row of each(all))
              if (broken && row.Id === 'c1') call.onUndeliverable(row, 'too large', 'rejected');
              else yield [row];
          })(),
          call,
        ),
      close: async () => {},
    };
    const report = await runPipeline({
      ...options,
      sink: picky,
      state: memoryState(),
      deadLetters: letters,
      transform: (record) => {
        if (broken && record.id === 'd2') throw new Error('odd');
        return { Id: record.id };
      },
    });
    expect(report).toMatchObject({ units: { committed: 3, failed: 1 }, records: { deadLettered: 2 } });
    await letters.add({ unit: { id: 'gap:x/y' }, reason: 'retention' });
    expect(rows.map(({ Id }) => Id)).toEqual(['a1', 'a2', 'c2', 'd1']);
    broken = false;
    rows.length = 0;
    const again = await replay({ ...options, of: { deadLetters: letters.entries() } });
    expect(rows.map(({ Id }) => Id).toSorted()).toEqual(['b1', 'b2', 'c1', 'd2']);
    expect(again.units).toEqual({ committed: 3, failed: 0, deferred: 0 });
    await letters.close();
  });

  it('delivers records whole that were over the limit of a field', async () => {
    const letters = await fileDeadLetters<Uint8Array>(join(folder, 'truncated'));
    const long = 'é'.repeat(100);
    const blob = {
      contentType: 'Audit.General',
      contentId: 'u',
      contentUri: '',
      contentCreated: '2026-11-20T12:00:00Z',
      contentExpiration: '',
    };
    const source = (unit: ListUnit<object> & Record<string, unknown>): Source<ListUnit<object>, object> =>
      listSource([unit]);
    const cases = [
      {
        source: source({
          id: 'u',
          blob,
          records: [{ bytes: new TextEncoder().encode(`{"Id":"x","Data":"${long}"}`) }],
        }),
        transform: (maxRecordBytes: number) => auditRow({ maxRecordBytes }),
        key: { RecordId: 'x', Record: { Id: 'x', Data: long } },
      },
      {
        source: source({ id: 'v', from: 0, to: 1, records: [{ _id: 'y', timestamp: 5, long }] }),
        transform: (maxRecordBytes: number) => activityRow({ maxRecordBytes }),
        key: { ActivityId: 'y', Record: { _id: 'y', timestamp: 5, long } },
      },
    ] as unknown as {
      source: Source<ListUnit<object>, object>;
      transform(most: number): (record: object, unit: object, context: object) => Uint8Array;
      key: object;
    }[];
    for (const { source, transform, key } of cases) {
      const { sink, rows } = memorySink<Uint8Array>();
      const common = { source, sink, deadLetters: letters, clock: testClock(0) };
      await runPipeline({ ...common, state: memoryState(), transform: transform(50) });
      const kept: SavedDeadLetter[] = [];
      for await (const letter of letters.entries()) kept.push(letter);
      const of = { deadLetters: kept.slice(-1) };
      await replay({ ...common, of, transform: transform(65_536) });
      const made = rows.map((row) => JSON.parse(new TextDecoder().decode(row)) as object);
      expect(made).toMatchObject([{ RecordTruncated: true }, key]);
    }
    await letters.close();
  });

  it('goes on by what an entry is, not by its place, and keeps what fails again as it was', async () => {
    const { options, rows } = parts();
    const state = memoryState();
    const letter = (id: string, time: number): SavedDeadLetter => ({
      time,
      unit: { id: 'u' },
      reason: 'x',
      record: { id },
    });
    const [one, two, three] = [letter('1', 1), letter('2', 2), letter('3', 3)];
    await replay({ ...options, state, of: { deadLetters: [one, two] } });
    // The first was removed; another came.
    await replay({ ...options, state, of: { deadLetters: [two, three] } });
    expect(rows.map(({ Id }) => Id)).toEqual(['1', '2', '3']);
    const kept: unknown[] = [];
    const deadLetters = { add: async (entry: { record?: unknown }) => void kept.push(entry.record) };
    const transform = (): Row => {
      throw new Error('no row');
    };
    await replay({ ...options, transform, deadLetters, of: { deadLetters: [one] } });
    expect(kept).toEqual([{ id: '1' }]);
  });

  it('names the unit itself when something fails again', async () => {
    const source = listSource(units, {
      fail: () => {
        throw new UnitUnreadableError('still forbidden');
      },
    });
    const { options } = parts(source);
    const dead: string[] = [];
    await replay({
      ...options,
      deadLetters: { add: async ({ unit }) => void dead.push(unit.id) },
      of: { deadLetters: [{ time: 0, unit: units[1] as ListUnit<Rec>, reason: 'forbidden' }] },
    });
    expect(dead).toEqual(['b']);
  });
});
