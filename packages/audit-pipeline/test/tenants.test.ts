import { testClock } from '@repo/test-kit';
import { ArgumentError, clouds } from '@repo/client-core';
import { describe, expect, it } from 'vitest';
import { memoryState, runPipeline, runTenants, tenant } from '../src/index.js';
import type { PipelineOptions, Tenant } from '../src/index.js';
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

describe('runTenants', () => {
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
    const failures: [string, boolean][] = [];
    const tenants: Tenant[] = [
      tenant('failing', failing.options),
      tenant('hanging', hanging.options),
      tenant('good', good.options),
    ];
    const outcomes = await runTenants(tenants, {
      clock: testClock(0),
      drainSignal: drain.signal,
      maxRestarts: 2,
      onFailure: (name, _error, givenUp) => {
        failures.push([name, givenUp]);
        if (givenUp) drain.abort();
      },
    });
    expect(good.rows).toHaveLength(3);
    expect(failures).toEqual([
      ['failing', false],
      ['failing', false],
      ['failing', true],
    ]);
    expect(outcomes).toMatchObject([
      { name: 'failing', error: { name: 'UnitsDeferredError' } },
      { name: 'hanging', report: { units: { committed: 0 } } },
      { name: 'good', report: { units: { committed: 3 } } },
    ]);
  });

  it('starts a tenant again that failed for a while', async () => {
    let bad = 20;
    const flaky = parts({
      source: listSource(units, {
        fail: () => {
          if (bad-- > 0) throw new Error('down');
          return false;
        },
      }),
    });
    const outcomes = await runTenants([tenant('flaky', flaky.options)], { clock: testClock(0) });
    expect(outcomes).toMatchObject([{ report: { units: { deferred: 0 } } }]);
    expect(flaky.rows).toHaveLength(3);
  });

  it('refuses a state or a name that two share', async () => {
    const [one, two] = [parts().options, parts().options];
    await expect(runTenants([tenant('a', one), tenant('a', two)])).rejects.toThrow(/same name/);
    await expect(runTenants([tenant('a', one), tenant('b', { ...two, state: one.state })])).rejects.toThrow(
      /same state/,
    );
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
      expect(() => tenant('x', crossing)).toThrow(ArgumentError);
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
