import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBufferPool } from '../src/writer/buffer-pool.js';
import type { Transport } from '../src/http/transport.js';
import { uploadRows } from '../src/writer/upload-rows.js';
import { openWriter } from '../src/writer/writer.js';

const loop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('buffers', () => {
  it('are shared by writers, never while a body is on its way', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 30 }), { minLength: 2, maxLength: 8 }), async (counts) => {
        const buffers = createBufferPool();
        const held: number[] = [];
        const transport: Transport = {
          buffers,
          limits: { fill: 60, most: 100, field: 1000 },
          async send(body) {
            for (let turns = 0; turns < 3; turns++) await loop();
            held.push(
              ...(JSON.parse(new TextDecoder().decode(body)) as { id: number }[]).map(({ id }) => id),
            );
            return { status: 'accepted' };
          },
        };
        const all = counts.map((count, at) =>
          Array.from({ length: count }, (_, row) => ({ id: at * 100 + row })),
        );
        const uploadEach = (): Promise<unknown> =>
          Promise.all(all.map((rows) => uploadRows(openWriter<object>(transport, { concurrency: 2 }), rows)));
        const open = openWriter<object>(transport);
        await uploadEach();
        await uploadEach();
        const expected = [...all, ...all].flat().map(({ id }) => id);
        expect(held.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
        await open.close();
        // The last one to close lets them go.
        expect(buffers.take()).toBeUndefined();
      }),
    ));
});
