import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError, ArgumentError, ConnectionError, UploadError } from '../src/index.js';
import type { FateRange, UploadReport } from '../src/index.js';
import { openWriter, uploadAll } from '../src/writer.js';
import type { Transport, WriterOptions } from '../src/writer.js';

interface Held {
  id: number;
}

type Answer = 'ok' | 'lost' | 'cut' | 400 | 413 | 503;

/** A service that holds what it accepts and answers each body as `answer` says. */
function model(maxRawBytes: number, answer: (body: number) => Answer = () => 'ok') {
  const held: number[] = [];
  const bodies: number[] = [];
  const transport: Transport = {
    maxRawBytes,
    send: async (body) => {
      const rows = JSON.parse(new TextDecoder().decode(body)) as Held[];
      const verdict = answer(bodies.length);
      bodies.push(body.byteLength);
      if (verdict === 'ok' || verdict === 'lost') held.push(...rows.map((row) => row.id));
      if (verdict === 'lost' || verdict === 'cut') throw new ConnectionError('no answer', { code: 'reset' });
      if (typeof verdict === 'number') throw new ApiError('refused', { status: verdict });
      return body.byteLength;
    },
  };
  return { transport, held, bodies };
}

const upload = (transport: Transport, rows: object[], options: WriterOptions = {}) =>
  uploadAll(openWriter<object>(transport, options), rows);

describe('openWriter', () => {
  it('puts every row into exactly one body, in order, none over the limit', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 80 }),
        fc.integer({ min: 400, max: 2000 }),
        fc.integer({ min: 1, max: 30 }),
        async (texts, limit, maxRows) => {
          const { transport, held, bodies } = model(limit);
          const rows = texts.map((text, id) => ({ id, text }));
          const fates: FateRange[] = [];
          const report = await upload(transport, rows, {
            concurrency: 1,
            maxRows,
            onFate: (one) => fates.push(one),
          });
          expect(bodies.every((size) => size <= limit)).toBe(true);
          expect(report.accepted + report.rejected).toBe(rows.length);
          expect(held).toEqual([...held].toSorted((a, b) => a - b));
          expect(held).toHaveLength(report.accepted);
          expect(fates.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(rows.length);
        },
      ),
    ));

  it('tells the truth about every row under any faults and any abort', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.constantFrom<Answer>('ok', 'lost', 'cut', 400, 413, 503), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.option(fc.integer({ min: 0, max: 60 })),
        fc.integer({ min: 1, max: 4 }),
        async (count, faults, abortAt, concurrency) => {
          const { transport, held } = model(200, (body) => faults[body % faults.length] ?? 'ok');
          const controller = new AbortController();
          const fates: FateRange[] = [];
          async function* rows() {
            for (let id = 0; id < count; id++) {
              if (id === abortAt) controller.abort(new Error('enough'));
              yield { id };
            }
          }
          const writer = openWriter<object>(transport, {
            concurrency,
            abortSignal: controller.signal,
            onFate: (one) => fates.push(one),
          });
          const report = await uploadAll(writer, rows()).catch((error: unknown) => {
            if (!UploadError.isInstance(error)) throw error;
            return error.report;
          });
          const holds = new Set(held);
          const fateOf = new Map<number, string>();
          for (const { from, to, fate } of fates)
            for (let id = from; id < to; id++) {
              expect(fateOf.has(id)).toBe(false);
              fateOf.set(id, fate);
              if (fate === 'accepted') expect(holds.has(id)).toBe(true);
              else if (fate !== 'unknown') expect(holds.has(id)).toBe(false);
            }
          expect(fateOf.size).toBe(count);
          expect(sum(report)).toBe(count);
        },
      ),
    ));

  it('isolates the row that the service refuses', async () => {
    const held: number[] = [];
    const transport: Transport = {
      maxRawBytes: 10_000,
      send: async (body) => {
        const rows = JSON.parse(new TextDecoder().decode(body)) as Held[];
        if (rows.some((row) => row.id === 13))
          throw new ApiError('bad', { status: 400, code: 'InvalidDataFormat' });
        held.push(...rows.map((row) => row.id));
        return body.byteLength;
      },
    };
    const error = await upload(
      transport,
      Array.from({ length: 40 }, (_, id) => ({ id })),
    ).catch((thrown: unknown) => thrown);
    expect(UploadError.isInstance(error) && error.report).toMatchObject({
      accepted: 39,
      failed: 1,
      ranges: [{ from: 13, to: 14, fate: 'failed' }],
    });
    expect(held).toHaveLength(39);
  });

  it('does not cut a batch whose stream is wrong', async () => {
    let bodies = 0;
    const transport: Transport = {
      maxRawBytes: 10_000,
      send: async () => {
        bodies++;
        throw new ApiError('no such stream', { status: 400, code: 'InvalidStream' });
      },
    };
    await expect(upload(transport, [{ id: 1 }, { id: 2 }])).rejects.toThrow(/2 refused.*no such stream/);
    expect(bodies).toBe(1);
  });

  it('has a rule for every value JSON does not know', async () => {
    const { transport } = model(10_000);
    const sent: string[] = [];
    const spy: Transport = {
      ...transport,
      send: async (body) => (sent.push(new TextDecoder().decode(body)), 0),
    };
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const rows = [
      {
        big: 12n,
        long: 2n ** 63n - 1n,
        huge: 2n ** 64n,
        nan: NaN,
        infinite: Infinity,
        left: undefined,
        at: new Date(0),
        map: new Map([['a', 1]]),
        set: new Set([1]),
      },
      circular,
      { fine: true },
    ];
    const fates: FateRange[] = [];
    const report = await upload(spy, rows, { onFate: (one) => fates.push(one) });
    expect(report).toMatchObject({ accepted: 2, rejected: 1 });
    expect(sent).toEqual([
      '[{"big":12,"long":9223372036854775807,"huge":"18446744073709551616","nan":null,"infinite":null,"at":"1970-01-01T00:00:00.000Z","map":{"a":1},"set":[1]},{"fine":true}]',
    ]);
    expect(fates).toContainEqual({ from: 1, to: 2, fate: 'rejected', reason: 'the row is circular' });
  });

  it('rejects what a toJSON makes of a row, and tells a throwing callback at close', async () => {
    const { transport, held } = model(1000);
    const rows = [
      { toJSON: () => undefined },
      {
        toJSON: () => {
          throw new Error('secret content');
        },
      },
      { id: 7 },
    ];
    const reasons: string[] = [];
    const report = await upload(transport, rows, { onFate: ({ reason }) => reasons.push(reason) });
    expect(report).toMatchObject({ accepted: 1, rejected: 2 });
    expect(reasons.join()).not.toContain('secret');
    expect(held).toEqual([7]);
    const failing = upload(transport, [{ id: 8 }], {
      onFate: () => {
        throw new Error('callback');
      },
    });
    await expect(failing).rejects.toThrow('callback');
    expect(held).toEqual([7, 8]);
  });

  it('passes bytes through untouched', async () => {
    const sent: string[] = [];
    const transport: Transport = {
      maxRawBytes: 1000,
      send: async (body) => (sent.push(new TextDecoder().decode(body)), 0),
    };
    const raw = '{ "n": 12345678901234567890, "n": 1.0 }';
    await uploadAll(openWriter(transport), [new TextEncoder().encode(raw)]);
    expect(sent).toEqual([`[${raw}]`]);
  });

  it('sends a batch when it is old enough, by the clock', async () => {
    const { transport, held } = model(1000);
    let wake = (): void => {};
    const clock = { now: () => 0, sleep: () => new Promise<void>((resolve) => (wake = resolve)) };
    const writer = openWriter<object>({ ...transport, clock });
    const writing = writer.write([{ id: 1 }]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(held).toEqual([]);
    wake();
    expect(await writing).toMatchObject({ accepted: 1 });
    await writer.close();
  });

  it('does not read ahead of a slow service', async () => {
    let release = (): void => {};
    const transport: Transport = {
      maxRawBytes: 100,
      send: () => new Promise((resolve) => (release = () => resolve(0))),
    };
    let read = 0;
    function* rows() {
      for (let id = 0; id < 1000; id++) yield (read++, { id });
    }
    const controller = new AbortController();
    const writer = openWriter<object>(transport, { concurrency: 2, abortSignal: controller.signal });
    const writing = writer.write(rows());
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    // Two bodies in flight, one waiting, one filling: about ten rows each.
    expect(read).toBeLessThan(60);
    controller.abort();
    for (let turn = 0; turn < 5; turn++) {
      release();
      await new Promise((resolve) => setImmediate(resolve));
    }
    void writing;
  });

  it.each([['text'], [new Uint8Array(3)], [{ id: 1 }], [null]])('refuses %j as rows', async (rows) => {
    const { transport } = model(100);
    await expect(uploadAll(openWriter(transport), rows as never)).rejects.toSatisfy(ArgumentError.isInstance);
  });

  it('closes twice with one answer and refuses to write afterwards', async () => {
    const { transport } = model(100);
    const writer = openWriter<object>(transport);
    expect(await writer.close()).toBe(await writer.close());
    await expect(writer.write([])).rejects.toThrow(/closed/);
  });
});

function sum({ accepted, rejected, failed, unknown, unsent }: UploadReport): number {
  return accepted + rejected + failed + unknown + unsent;
}
