import { EventEmitter } from 'node:events';
import { testClock } from '@repo/test-kit';
import { ArgumentError, clouds } from '@repo/client-core';
import { describe, expect, it } from 'vitest';
import {
  StateCorruptError,
  createStopSignals,
  memoryState,
  runPipeline,
  supervise,
  supervisedPipeline,
} from '../src/index.js';
import type { PipelineOptions, PipelineStatus, SupervisedPipeline } from '../src/index.js';
import { listSource, memorySink } from './parts.js';
import type { ListUnit } from './parts.js';

interface Rec {
  id: string;
}
const units = ['a', 'b', 'c'].map((id) => ({ id, records: [{ id }] }));

function parts(overrides: Partial<PipelineOptions<ListUnit<Rec>, Rec, { Id: string }>> = {}) {
  const { sink, rows } = memorySink();
  const options = {
    source: listSource(units),
    transform: (record: Rec) => ({ Id: record.id }),
    sink,
    state: memoryState(),
    deadLetters: { add: async () => {} },
    clock: testClock(0),
    ...overrides,
  };
  return { options, rows };
}

describe('supervise', () => {
  it('runs each by itself: one that fails for ever and one that hangs delay no other', async () => {
    const drain = new AbortController();
    const good = parts();
    const failing = parts({
      source: listSource(units, {
        fail: () => {
          throw new Error('down');
        },
      }),
    });
    const hanging = parts({
      source: {
        open: () => ({
          ...listSource<Rec>([]).open({}),
          async *discover({ abortSignal }) {
            await new Promise((resolve) => abortSignal?.addEventListener('abort', resolve));
            yield* [];
          },
        }),
      },
    });
    const failures: string[] = [];
    const tenants: SupervisedPipeline[] = [
      supervisedPipeline('failing', failing.options),
      supervisedPipeline('hanging', hanging.options),
      supervisedPipeline('good', good.options),
    ];
    const outcomes = await supervise(tenants, {
      clock: testClock(0),
      drainSignal: drain.signal,
      maxRetries: 2,
      onFailure: (name) => {
        failures.push(name);
        if (failures.length === 3) drain.abort();
      },
    });
    expect(good.rows).toHaveLength(3);
    expect(failures).toEqual(['failing', 'failing', 'failing']);
    expect(outcomes).toMatchObject([
      { name: 'failing', error: { name: 'UnitsDeferredError' } },
      { name: 'hanging', report: { units: { committed: 0 } } },
      { name: 'good', report: { units: { committed: 3 } } },
    ]);
  });

  it('starts a pipeline again that failed for a while', async () => {
    let bad = 20;
    const flaky = parts({
      source: listSource(units, {
        fail: () => {
          if (bad-- > 0) throw new Error('down');
          return false;
        },
      }),
    });
    const outcomes = await supervise([supervisedPipeline('flaky', flaky.options)], { clock: testClock(0) });
    expect(outcomes).toMatchObject([{ report: { units: { deferred: 0 } } }]);
    expect(flaky.rows).toHaveLength(3);
  });

  it('never gives up, at growing pauses of at most an hour, and says what each pipeline does', async () => {
    const clock = testClock(0);
    const drain = new AbortController();
    const statuses: PipelineStatus[] = [];
    let runs = 0;
    const failing = parts({
      clock,
      state: {
        ...memoryState(),
        load: () => {
          runs += 1;
          if (runs === 30) drain.abort();
          if (runs === 3) return Promise.reject(new StateCorruptError('x', 'x.damaged'));
          return Promise.reject(new Error('no disk'));
        },
      },
    });
    const outcomes = await supervise([supervisedPipeline('a', failing.options)], {
      clock,
      drainSignal: drain.signal,
      onStatus: (_name, status) => statuses.push(status),
    });
    expect(runs).toBe(30);
    expect(outcomes).toMatchObject([{ name: 'a', error: { message: 'no disk' } }]);
    expect(clock.now()).toBeGreaterThan(20 * 3_600_000);
    expect(clock.now()).toBeLessThan(30 * 3_600_000);
    expect(statuses.slice(0, 2)).toEqual([{ state: 'STARTING' }, { state: 'SUSPENDED', reason: 'no disk' }]);
    expect(statuses[5]).toMatchObject({ state: 'FAILED' });
    expect(statuses.at(-1)).toEqual({ state: 'STOPPED', reason: 'no disk' });
  });

  it('drains on the first SIGTERM and aborts on the second', () => {
    const emitter = new EventEmitter();
    const stop = createStopSignals(emitter);
    emitter.emit('SIGTERM', 'SIGTERM');
    expect([stop.drainSignal.aborted, stop.abortSignal.aborted]).toEqual([true, false]);
    emitter.emit('SIGTERM', 'SIGTERM');
    expect(stop.abortSignal.aborted).toBe(true);
    stop.close();
    expect(emitter.listenerCount('SIGTERM') + emitter.listenerCount('SIGINT')).toBe(0);
  });

  it('refuses a state or a name that two share', async () => {
    const [one, two] = [parts().options, parts().options];
    await expect(supervise([supervisedPipeline('a', one), supervisedPipeline('a', two)])).rejects.toThrow(
      /same name/,
    );
    await expect(
      supervise([supervisedPipeline('a', one), supervisedPipeline('b', { ...two, state: one.state })]),
    ).rejects.toThrow(/same state/);
  });

  it('keeps data in its cloud unless told otherwise', async () => {
    const from = (cloud: keyof typeof clouds) => ({ ...listSource(units), cloud: clouds[cloud] });
    const to = (cloud: keyof typeof clouds) => ({ ...memorySink().sink, cloud: clouds[cloud] });
    for (const [source, sink] of [
      ['gcc-high', 'public'],
      ['dod', 'public'],
      ['china', 'public'],
      ['china', 'gcc-high'],
    ] as const) {
      const crossing = parts({ source: from(source), sink: to(sink) }).options;
      expect(() => supervisedPipeline('x', crossing)).toThrow(ArgumentError);
      await expect(runPipeline(crossing)).rejects.toThrow(new RegExp(`${sink}.*${source}`));
      expect((await runPipeline({ ...crossing, allowCrossCloud: true })).units.committed).toBe(3);
    }
    for (const [source, sink] of [
      ['gcc', 'public'],
      ['gcc-high', 'dod'],
      ['china', 'china'],
    ] as const)
      expect(
        (await runPipeline(parts({ source: from(source), sink: to(sink) }).options)).units.committed,
      ).toBe(3);
  });
});
