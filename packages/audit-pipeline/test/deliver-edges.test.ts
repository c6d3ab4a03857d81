import { testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import {
  DeadLettersWriteError,
  StateLockedError,
  UnitUnreadableError,
  UnitsDeferredError,
  memoryState,
  runPipeline,
} from '../src/index.js';
import type { DeadLetter, Sink, SinkResult, UnitCommit } from '../src/index.js';
import { each, listSource, memorySink } from './parts.js';

interface Rec {
  id: string;
}
interface Row {
  Id: string;
}

function setup(units = [{ id: 'a', records: ['1', '2', '3'].map((id) => ({ id })) }]) {
  const { sink, rows } = memorySink<Row>();
  const dead: DeadLetter<Row>[] = [];
  const state = memoryState();
  const options = {
    source: listSource(units),
    transform: ({ id }: Rec): Row | undefined => ({ Id: id }),
    recordId: ({ id }: Rec) => id,
    sink,
    state,
    deadLetters: { add: async (entry: DeadLetter<Row>) => void dead.push(entry) },
    clock: testClock(0),
    concurrency: 1,
    retry: { maxRetries: 0 },
  };
  const committed = async () => [...((await state.load()).seen ?? [])].length;
  return { options, rows, dead, committed };
}

/** A source whose units break off after their first record. */
const cutShort = (source: ReturnType<typeof setup>['options']['source'], error: Error) => ({
  open: () => ({
    ...source.open({}),
    async *read() {
      yield [{ id: '1' }];
      throw error;
    },
  }),
});

const counts = { accepted: 0, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
const sinkOf = (
  write: (rows: AsyncIterable<Row>, refuse: (row: Row) => void) => Promise<object>,
): Sink<Row> => ({
  write: (rows, { onUndeliverable }) =>
    write(each(rows), (row) => onUndeliverable(row, 'refused')) as Promise<SinkResult>,
  close: async () => {},
});

describe('a unit is not committed', () => {
  it.each([
    ['lacks counts', sinkOf(async () => ({ accepted: 0, undeliverable: 0, rejected: 3 }))],
    ['has read nothing, and lacks counts', sinkOf(async () => ({ accepted: 0 }))],
    [
      'refuses one row twice, for another',
      sinkOf(async (rows, refuse) => {
        const all: Row[] = [];
        for await (const row of rows) all.push(row);
        refuse(all[0] as Row);
        refuse(all[0] as Row);
        return { ...counts, accepted: 1, undeliverable: 2 };
      }),
    ],
  ])('when the sink %s', async (_name, sink) => {
    const { options, committed } = setup();
    await expect(runPipeline({ ...options, sink })).rejects.toSatisfy((error: unknown) =>
      UnitsDeferredError.isInstance(error),
    );
    expect(await committed()).toBe(0);
  });

  it('when the sink asks on after the source has failed', async () => {
    const { options, committed } = setup();
    const cut = cutShort(options.source, new Error('cut'));
    const asking = sinkOf(async (rows) => {
      const iterator = rows[Symbol.asyncIterator]();
      const steps = await Promise.allSettled([iterator.next(), iterator.next(), iterator.next()]);
      const accepted = steps.filter((step) => step.status === 'fulfilled' && !step.value.done).length;
      return { ...counts, accepted };
    });
    await expect(runPipeline({ ...options, source: cut, sink: asking })).rejects.toThrow();
    expect(await committed()).toBe(0);
  });

  it('when its dead letter cannot be kept: that ends the run at once', async () => {
    const { options, committed } = setup();
    let asked = 0;
    const deadLetters = {
      add: () => {
        asked += 1;
        return Promise.reject(new Error('EACCES'));
      },
    };
    const transform = (): Row => {
      throw new Error('no row');
    };
    const retry = { maxRetries: 4 };
    await expect(runPipeline({ ...options, transform, deadLetters, retry })).rejects.toSatisfy(
      (error: unknown) => DeadLettersWriteError.isInstance(error),
    );
    expect([asked, await committed()]).toEqual([1, 0]);
  });
});

describe('a record', () => {
  it('that one unit leaves out is delivered with another', async () => {
    const same = [{ id: 'x' }];
    const { options, rows } = setup([
      { id: 'a', records: same },
      { id: 'b', records: same },
    ]);
    const report = await runPipeline({
      ...options,
      transform: ({ id }, unit) => (unit.id === 'a' ? undefined : { Id: id }),
    });
    expect(rows).toEqual([{ Id: 'x' }]);
    expect(report.records).toMatchObject({ filtered: 1, duplicates: 0 });
  });

  it('with an empty id is none that was delivered before', async () => {
    const { options, rows } = setup([{ id: 'a', records: [{ id: '' }, { id: '' }] }]);
    await runPipeline(options);
    expect(rows).toHaveLength(2);
  });

  it('does not become a promise', async () => {
    const { options, rows, committed } = setup();
    const transform = (async ({ id }: Rec) => ({ Id: id })) as never;
    await expect(runPipeline({ ...options, transform })).rejects.toThrow(/transform: returned a promise/);
    expect([rows, await committed()]).toEqual([[], 0]);
  });

  it('without a row is kept, though the rest of its unit cannot be read', async () => {
    const { options, dead } = setup();
    const source = cutShort(options.source, new UnitUnreadableError('expired'));
    const transform = (): Row => {
      throw new Error('no row');
    };
    const report = await runPipeline({ ...options, source, transform });
    expect(dead.map(({ reason }) => reason)).toEqual(['the transform failed: no row', 'expired']);
    expect(report).toMatchObject({ units: { failed: 1 }, records: { deadLettered: 1 } });
  });
});

describe('a run', () => {
  it('that is drained while another has the lock ends with nothing done', async () => {
    const { options } = setup();
    const drain = new AbortController();
    const state = {
      ...options.state,
      lock: ({ abortSignal }: { abortSignal?: AbortSignal } = {}) =>
        new Promise<never>((_, reject) => {
          abortSignal?.addEventListener('abort', () => reject(new StateLockedError('x')));
          drain.abort();
        }),
    };
    const report = await runPipeline({ ...options, state, drainSignal: drain.signal });
    expect(report.units).toEqual({ committed: 0, failed: 0, deferred: 0 });
  });

  it('saves nothing once it is over, though its source goes on', async () => {
    const { options } = setup();
    const drain = new AbortController();
    let late = (): void => {};
    const run = options.source.open({});
    const source = {
      open: () => ({
        ...run,
        async *discover({ onListed }: { onListed?: () => void }) {
          late = () => onListed?.();
          yield { id: 'a', records: [{ id: '1' }] };
          drain.abort();
          await new Promise(() => {});
        },
        checkpoint: () => ({ cursor: 'old', add: [], expire: [] }),
      }),
    };
    let time = 0;
    const clock = { now: () => time, sleep: async () => {} };
    const saved: string[] = [];
    const state = {
      ...options.state,
      commit: async (units: readonly UnitCommit[]) => void saved.push(...units.map(({ id }) => id)),
    };
    await runPipeline({ ...options, source, state, clock, drainSignal: drain.signal });
    time = 10 * 3_600_000;
    late();
    await Promise.resolve();
    expect(saved).toEqual(['run', 'a', 'run']);
  });
});
