import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../src/index.js';
import { uploadRows } from '../src/writer/upload-rows.js';
import { openWriter } from '../src/writer/writer.js';
import type { Transport } from '../src/http/transport.js';
import { fakeService, statusByRow, reportOf, sum, uploaded } from './fake-service.js';

const loop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('batches', () => {
  it('hold every row once, in order, none over a limit, however the rows come', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            text: fc.string({ unit: 'grapheme', maxLength: 60 }),
            as: fc.constantFrom('object', 'bytes'),
          }),
          { maxLength: 80 },
        ),
        fc.integer({ min: 120, max: 900 }),
        fc.integer({ min: 120, max: 900 }),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (given, fill, most, maxRows, streamed) => {
          const { transport, bodies, held } = fakeService({ fill: Math.min(fill, most), most });
          const rows = given.map(({ text, as }, id) =>
            as === 'object' ? { id, text } : bytesOf(JSON.stringify({ id, text })),
          );
          async function* one() {
            yield* rows;
          }
          const { report, statuses } = await uploaded(transport, streamed ? one() : rows, {
            concurrency: 1,
            maxRows,
          });
          const sizes = bodies.map((body) => bytesOf(body).byteLength);
          for (const [at, body] of bodies.entries()) {
            const count = (JSON.parse(body) as unknown[]).length;
            expect(sizes[at]).toBeLessThanOrEqual(count === 1 ? most : Math.min(fill, most));
            expect(count).toBeLessThanOrEqual(maxRows);
          }
          const invalid = new Set(
            [...statusByRow(statuses)].filter(([, status]) => status === 'invalid').map(([id]) => id),
          );
          expect(held).toEqual(
            given.map(({ text }, id) => ({ id, text })).filter(({ id }) => !invalid.has(id)),
          );
          expect(sum(report)).toBe(given.length);
          expect(report.requests).toBe(bodies.length);
          expect(report.rawBytes).toBe(sizes.reduce((all, size) => all + size, 0));
        },
      ),
    ));

  it('cost each row one serialisation', async () => {
    const { transport, bodies } = fakeService({ fill: 200 });
    let asked = 0;
    const rows = Array.from({ length: 50 }, (_, id) => ({ toJSON: () => (asked++, { id }) }));
    await uploaded(transport, rows);
    expect(asked).toBe(50);
    expect(bodies.length).toBeGreaterThan(2);
  });

  it('are sent by bytes and by count', async () => {
    const rows = Array.from({ length: 30 }, (_, id) => ({ id: id + 10 }));
    const counted = fakeService();
    await uploaded(counted.transport, rows, { maxRows: 7 });
    expect(counted.bodies.map((body) => (JSON.parse(body) as unknown[]).length)).toEqual([7, 7, 7, 7, 2]);
    const measured = fakeService();
    await uploaded(measured.transport, rows, { maxBytes: 50 });
    expect(new Set(measured.bodies.slice(0, -1).map((body) => body.length))).toEqual(new Set([41]));
  });

  it('are sent when old enough, by the clock', async () => {
    const { transport, held } = fakeService();
    let wake = (): void => {};
    const clock = { now: () => 0, sleep: () => new Promise<void>((resolve) => (wake = resolve)) };
    const writer = openWriter<object>({ ...transport, clock });
    const writing = writer.write([{ id: 1 }]);
    await loop();
    expect(held).toEqual([]);
    wake();
    expect(await writing).toMatchObject({ accepted: 1 });
    await writer.close();
  });

  it('mix calls, and tell each call of its own rows', async () => {
    const { transport, bodies } = fakeService({}, (rows) =>
      rows.some((row) => row.includes('3'))
        ? { status: 'rejected', error: undefined, reason: 'no', parts: 2 }
        : undefined,
    );
    const writer = openWriter<object>(transport);
    const writing = [[{ id: 1 }, { id: 2 }], [{ id: 3 }], [{ id: 4 }]].map((rows) => writer.write(rows));
    await writer.flush();
    expect(await Promise.all(writing)).toMatchObject([
      { accepted: 2, rejected: 0 },
      { accepted: 0, rejected: 1 },
      { accepted: 1, rejected: 0 },
    ]);
    expect(bodies[0]).toContain('"id":4');
  });
});

describe('back-pressure', () => {
  it.each(['sync', 'async'])('does not read ahead of a slow service (%s)', async (kind) => {
    const waiting: (() => void)[] = [];
    const transport: Transport = {
      limits: { fill: 100, most: 100, field: 1000 },
      send: () => new Promise((resolve) => waiting.push(() => resolve({ status: 'accepted' }))),
    };
    let read = 0;
    function* endless() {
      for (;;) yield { id: read++ };
    }
    async function* endlessly() {
      yield* endless();
    }
    const controller = new AbortController();
    const writer = openWriter<object>(transport, { concurrency: 2, abortSignal: controller.signal });
    const writing = writer.write(kind === 'sync' ? endless() : endlessly());
    for (let turns = 0; turns < 50; turns++) await loop();
    // Two bodies in flight, one waiting, one filling: about ten rows each.
    expect(read).toBeLessThan(50);
    expect(waiting).toHaveLength(2);
    controller.abort();
    for (let turns = 0; turns < 9; turns++) {
      for (const go of waiting.splice(0)) go();
      await loop();
    }
    const result = await writing;
    expect(result.accepted + result.notSent).toBeGreaterThanOrEqual(read - 1);
    expect(result.notSent).toBeGreaterThan(0);
  });

  it('lets the event loop have its turn while rows come without end', async () => {
    const { transport } = fakeService({ fill: 100_000_000 });
    let turns = 0;
    let counting = true;
    const count = (): void => void (counting && (turns++, setImmediate(count)));
    count();
    const text = 'x'.repeat(1000);
    await uploaded(
      transport,
      Array.from({ length: 4000 }, () => ({ text })),
    );
    counting = false;
    expect(turns).toBeGreaterThan(5);
  });

  it('stops to wait for a source that never goes on, once aborted', async () => {
    const { transport } = fakeService();
    const controller = new AbortController();
    async function* stuck() {
      yield { id: 1 };
      await new Promise(() => {});
    }
    const uploading = reportOf(
      uploadRows(openWriter<object>(transport, { abortSignal: controller.signal }), stuck()),
    );
    await loop();
    controller.abort();
    expect(await uploading).toMatchObject({ notSent: 1, accepted: 0 });
  });
});

describe('openWriter', () => {
  it.each([['text'], [new Uint8Array(3)], [{ id: 1 }], [null]])('refuses %j as rows', async (rows) => {
    const { transport } = fakeService();
    await expect(uploadRows(openWriter(transport), rows as never)).rejects.toSatisfy((error) =>
      ArgumentError.isInstance(error),
    );
  });

  it('refuses to hand rows back to nobody', () => {
    const { transport } = fakeService();
    expect(() => openWriter(transport, { oversize: 'return' })).toThrow(/onReturnedRow/);
    expect(() => openWriter(transport, { timeOutsideWindow: 'return' })).toThrow(/onReturnedRow/);
    expect(() => openWriter(transport, { concurrency: 0 })).toThrow(/concurrency/);
  });

  it('closes twice with one answer and refuses to write afterwards', async () => {
    const { transport } = fakeService();
    const writer = openWriter<object>(transport);
    expect(await writer.close()).toBe(await writer.close());
    await expect(writer.write([])).rejects.toThrow(/closed/);
  });

  it('waits at close for a write that still reads', async () => {
    const { transport, held } = fakeService();
    const writer = openWriter<object>(transport);
    async function* slow() {
      for (let id = 0; id < 3; id++) {
        await loop();
        yield { id };
      }
    }
    const writing = writer.write(slow());
    expect(await writer.close()).toMatchObject({ accepted: 3 });
    expect(await writing).toMatchObject({ accepted: 3 });
    expect(held).toHaveLength(3);
  });

  it('sends what was read when the source fails, and throws its failure', async () => {
    const { transport, held } = fakeService();
    async function* failing() {
      yield { id: 1 };
      throw new Error('the file is gone');
    }
    await expect(uploadRows(openWriter<object>(transport), failing())).rejects.toThrow('the file is gone');
    expect(held).toEqual([{ id: 1 }]);
  });

  it('tells of a throwing callback at close, when all rows are accounted for', async () => {
    const { transport, held } = fakeService({ fill: 12 });
    const writer = openWriter<object>(transport, {
      onRowStatus: () => {
        throw new Error('callback');
      },
    });
    await expect(uploadRows(writer, [{ id: 1 }, { id: 2 }])).rejects.toThrow('callback');
    expect(held).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('bounds its report', async () => {
    const { transport } = fakeService({ fill: 12 }, ([row]) => ({
      status: 'rejected',
      error: undefined,
      reason: row?.includes('1') ? 'a' : 'b',
    }));
    const rows = Array.from({ length: 2500 }, (_, at) => ({ a: at % 2 }));
    const { report, statuses } = await uploaded(transport, rows, { concurrency: 1 });
    expect(report.rejected).toBe(2500);
    expect(report.ranges).toHaveLength(1000);
    expect(statuses).toHaveLength(2500);
  });

  it.each([undefined, () => {}])(
    'throws for an invalid row, with and without onRowStatus',
    async (onRowStatus) => {
      const writer = openWriter<object>(fakeService().transport, { onRowStatus });
      const uploading = uploadRows(writer, [{ id: 1 }, [] as object]);
      await expect(uploading).rejects.toMatchObject({ report: { accepted: 1, invalid: 1 } });
    },
  );
});
