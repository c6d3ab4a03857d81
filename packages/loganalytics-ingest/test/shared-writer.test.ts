import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowRange, WriteResult } from '../src/index.js';
import type { Transport } from '../src/http/transport.js';
import { openWriter } from '../src/writer/writer.js';
import { fakeService, statusByRow } from './fake-service.js';

const loop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function* slowly(rows: readonly object[]): AsyncGenerator<object> {
  for (const row of rows) {
    if (Math.random() < 0.2) await loop();
    yield row;
  }
}

describe('flush', () => {
  it.each(['array', 'async'])('waits for each row of each write made before (%s)', async (kind) => {
    const { transport, held } = fakeService({ fill: 5000 });
    const writer = openWriter<object>(transport, { maxAgeInMs: Infinity });
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id }));
    const writing = writer.write(kind === 'array' ? rows : slowly(rows));
    await writer.flush();
    expect(held).toHaveLength(20_000);
    expect(await writing).toMatchObject({ accepted: 20_000 });
    await writer.close();
  });

  it('does not wait for writes made after it', async () => {
    const { transport, held } = fakeService();
    const writer = openWriter<object>(transport, { maxAgeInMs: Infinity });
    const first = writer.write([{ id: 1 }]);
    const flushing = writer.flush();
    let release = (): void => {};
    async function* later() {
      await new Promise<void>((resolve) => (release = resolve));
      yield { id: 2 };
    }
    const second = writer.write(later());
    await flushing;
    expect(await first).toMatchObject({ accepted: 1 });
    expect(held).toEqual([{ id: 1 }]);
    release();
    await writer.close();
    expect(await second).toMatchObject({ accepted: 1 });
  });
});

describe('calls that share a writer', () => {
  it('learn what became of their own rows, by their own indexes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.boolean(), { maxLength: 30 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 60, max: 900 }),
        fc.boolean(),
        async (calls, fill, streamed) => {
          const { transport, held } = fakeService({ fill }, (rows) =>
            rows.some((row) => row.includes('"bad":true'))
              ? { status: 'rejected', error: undefined, reason: 'no', parts: 2 }
              : undefined,
          );
          const all: RowRange[] = [];
          const own: RowRange[][] = calls.map(() => []);
          const writer = openWriter<object>(transport, { onRowStatus: (one) => void all.push(one) });
          const writing = calls.map((rows, call) => {
            const made = rows.map((bad, index) => ({ call, index, bad }));
            return writer.write(streamed ? slowly(made) : made, {
              onRowStatus: (one) => void own[call]?.push(one),
            });
          });
          await writer.flush();
          const results: WriteResult[] = await Promise.all(writing);
          await writer.close().catch(() => {});
          const stored = new Set(held.map((row) => JSON.stringify(row)));
          for (const [call, rows] of calls.entries()) {
            const statuses = statusByRow(own[call] ?? []);
            expect(statuses.size).toBe(rows.length);
            for (const [index, bad] of rows.entries())
              expect(statuses.get(index) === 'accepted').toBe(
                stored.has(JSON.stringify({ call, index, bad })),
              );
            expect(results[call]?.accepted).toBe(rows.filter((bad) => !bad).length);
            const refused = results[call]?.ranges.flatMap(({ from, to }) =>
              Array.from({ length: to - from }, (_, at) => from + at),
            );
            expect(refused?.toSorted((a, b) => a - b)).toEqual(
              rows.flatMap((bad, index) => (bad ? [index] : [])),
            );
            expect(all.filter(({ write }) => write === call)).toEqual(own[call]);
          }
        },
      ),
    ));

  it('take no more rows than may be in flight, and none waits for ever', async () => {
    const waiting: (() => void)[] = [];
    const transport: Transport = {
      limits: { fill: 10_000, most: 10_000, field: 1000 },
      send: () => new Promise((resolve) => waiting.push(() => resolve({ status: 'accepted' }))),
    };
    const writer = openWriter<object>(transport, { maxInFlight: { rows: 10 }, maxAgeInMs: Infinity });
    let read = 0;
    async function* rows(count: number) {
      for (let row = 0; row < count; row++) {
        read += 1;
        yield { row };
      }
    }
    const writing = [writer.write(rows(40)), writer.write(rows(40)), writer.write(rows(40))];
    for (let turns = 0; turns < 20; turns++) await loop();
    // Ten in flight, and one in the hands of each call.
    expect(read).toBeLessThanOrEqual(13);
    const flushing = writer.flush();
    for (let turns = 0; turns < 200; turns++) {
      for (const answer of waiting.splice(0)) answer();
      await loop();
    }
    await flushing;
    for (const result of await Promise.all(writing)) expect(result.accepted).toBe(40);
    await writer.close();
  });

  it('take no more bytes than may be in flight, one large row excepted', async () => {
    let inFlight = 0;
    let most = 0;
    const transport: Transport = {
      limits: { fill: 100_000, most: 100_000, field: 100_000 },
      send: async (body) => {
        inFlight += body.byteLength;
        most = Math.max(most, inFlight);
        await loop();
        inFlight -= body.byteLength;
        return { status: 'accepted' };
      },
    };
    const writer = openWriter<object>(transport, { maxInFlight: { bytes: 3000 } });
    const text = 'x'.repeat(500);
    const rows = Array.from({ length: 60 }, (_, id) => ({ id, text: id === 30 ? 'y'.repeat(9000) : text }));
    const writing = writer.write(rows);
    await writer.flush();
    expect(await writing).toMatchObject({ accepted: 60 });
    expect(most).toBeLessThan(3000 + 9100);
    await writer.close();
  });

  it('keep the rows of others when one source fails', async () => {
    const { transport, held } = fakeService();
    const writer = openWriter<object>(transport);
    async function* failing() {
      yield { id: 'a' };
      throw new Error('the file is gone');
    }
    const [broken, whole] = [writer.write(failing()), writer.write([{ id: 'b' }])];
    const failure = expect(broken).rejects.toThrow('the file is gone');
    await writer.flush();
    await failure;
    expect(await whole).toMatchObject({ accepted: 1 });
    expect(held).toHaveLength(2);
    expect(await writer.close()).toMatchObject({ accepted: 2 });
  });
});

describe('rows that are handed back', () => {
  it.each(['rejected', 'unknown'] as const)('come with their content (%s)', async (status) => {
    const { transport } = fakeService({ fill: 30 }, (rows) =>
      rows.some((row) => row.includes('7')) ? { status, error: undefined, reason: 'no' } : undefined,
    );
    const returned: unknown[] = [];
    const writer = openWriter<object>(transport, {
      maxRows: 1,
      returnRows: [status],
      onReturnedRow: ({ write, index, json, status: why }) =>
        void returned.push([write, index, JSON.parse(new TextDecoder().decode(json)), why]),
    });
    const writing = [writer.write([{ id: 1 }, { id: 7 }]), writer.write([{ id: 17 }])];
    await Promise.all(writing);
    await expect(writer.close()).rejects.toMatchObject({ report: { accepted: 1, [status]: 2 } });
    expect(returned).toEqual([
      [0, 1, { id: 7 }, status],
      [1, 0, { id: 17 }, status],
    ]);
  });

  it('are those an abort leaves, too', async () => {
    const { transport } = fakeService();
    const controller = new AbortController();
    const returned: number[] = [];
    const writer = openWriter<object>(transport, {
      abortSignal: controller.signal,
      returnRows: ['notSent'],
      onReturnedRow: ({ index }) => void returned.push(index),
    });
    const writing = writer.write([{ id: 0 }, { id: 1 }]);
    controller.abort();
    expect(await writing).toMatchObject({ notSent: 2 });
    expect(returned).toEqual([0, 1]);
  });
});

describe('an abort', () => {
  it('leaves no row that was pulled without a status (synchronous source)', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 5 }), async (at, fill) => {
        const { transport } = fakeService({ fill: fill * 20 });
        const controller = new AbortController();
        let pulled = 0;
        function* rows() {
          for (let id = 0; id < 60; id++) {
            pulled += 1;
            if (id === at) controller.abort();
            yield { id };
          }
        }
        const writer = openWriter<object>(transport, { abortSignal: controller.signal, concurrency: 1 });
        const { accepted, notSent } = await writer.write(rows());
        await writer.close().catch(() => {});
        expect(accepted + notSent).toBe(pulled);
      }),
    ));
});
