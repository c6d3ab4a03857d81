import { describe, expect, it } from 'vitest';
import { tee } from '../src/sinks/tee.js';
import { clouds } from '@repo/client-core';
import type { Sink } from '../src/index.js';
import { each, memorySink } from './parts.js';

const unit = { id: 'a' };
async function* numbers(count: number, onYield?: (n: number) => void): AsyncGenerator<number[]> {
  for (let n = 0; n < count; n += 1) {
    onYield?.(n);
    yield [n];
  }
}
const none = { accepted: 0, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };

describe('tee', () => {
  it('gives every row to all', async () => {
    const [a, b, c] = [memorySink<number>(), memorySink<number>(), memorySink<number>()];
    const result = await tee([a.sink, b.sink, c.sink]).write(numbers(5000), {
      unit,
      onUndeliverable: () => {},
    });
    expect(result).toMatchObject({ ...none, accepted: 5000 });
    expect(a.rows).toEqual(b.rows);
    expect(a.rows).toEqual(c.rows);
    expect(a.rows).toEqual(Array.from({ length: 5000 }, (_, n) => n));
  });

  it('waits for the slower one', async () => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    let produced = 0;
    const slow: Sink<number> = {
      write: async (rows) => {
        let accepted = 0;
        for await (const _ of rows) {
          if (accepted === 0) await gate;
          accepted += 1;
        }
        return { ...none, accepted };
      },
      close: async () => {},
    };
    const writing = tee([memorySink<number>().sink, slow], { bufferRows: 10 }).write(
      numbers(1000, (n) => (produced = n)),
      { unit, onUndeliverable: () => {} },
    );
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(produced).toBeLessThan(20);
    open();
    expect((await writing).accepted).toBe(1000);
  });

  const bad: [string, Partial<Sink<number>>][] = [
    [
      'refuses rows',
      {
        write: async (rows) => {
          let rejected = 0;
          for await (const _ of rows) rejected += 1;
          return { ...none, rejected };
        },
      },
    ],
    [
      'stops early without saying so',
      {
        write: async (rows) => {
          for await (const _ of rows) break;
          return { ...none, accepted: 1 };
        },
      },
    ],
    [
      'refuses without naming the row',
      {
        write: async (rows) => {
          let accepted = 0;
          for await (const _ of rows) accepted += 1;
          return { ...none, accepted: accepted - 1, undeliverable: 1 };
        },
      },
    ],
  ];
  it.each(bad)('has not accepted when one %s', async (_name, part) => {
    for (const order of [0, 1]) {
      const good = memorySink<number>().sink;
      const pair = [good, { ...good, ...part }] as const;
      const result = await tee([pair[order] as Sink<number>, pair[1 - order] as Sink<number>]).write(
        numbers(10),
        { unit, onUndeliverable: () => {} },
      );
      expect(result.rejected + result.unknown + result.notSent).toBeGreaterThan(0);
    }
  });

  it('throws what one of them throws, and ends the other', async () => {
    const broken: Sink<number> = {
      write: async () => {
        throw new Error('no disk');
      },
      close: async () => {},
    };
    for (const sink of [tee([broken, memorySink<number>().sink]), tee([memorySink<number>().sink, broken])])
      await expect(sink.write(numbers(10_000), { unit, onUndeliverable: () => {} })).rejects.toThrow(
        'no disk',
      );
  });

  it('names a row that all refuse once', async () => {
    const picky: Sink<number> = {
      write: async (rows, { onUndeliverable }) => {
        const result = { ...none };
        for await (const row of each(rows))
          if (row === 3) (onUndeliverable(row, 'odd'), result.undeliverable++);
          else result.accepted++;
        return result;
      },
      close: async () => {},
    };
    const refused: number[] = [];
    const result = await tee([picky, picky, picky]).write(numbers(10), {
      unit,
      onUndeliverable: (row) => void refused.push(row),
    });
    expect(result).toMatchObject({ ...none, accepted: 9, undeliverable: 1 });
    expect(refused).toEqual([3]);
  });

  it('ends when one resolves without having ended its rows', async () => {
    async function* rows() {
      for (let n = 0; n < 50; n += 1) yield [{ n }];
    }
    const done = { undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
    const early = {
      async write(all: AsyncIterable<readonly object[]>) {
        await all[Symbol.asyncIterator]().next();
        return { ...done, accepted: 1 };
      },
      close: async () => {},
    };
    const whole = {
      async write(all: AsyncIterable<readonly object[]>) {
        let accepted = 0;
        for await (const _ of all) accepted += 1;
        return { ...done, accepted };
      },
      close: async () => {},
    };
    const result = await tee<object>([early, whole], { bufferRows: 10 }).write(rows(), {
      unit: { id: 'u' },
      onUndeliverable: () => {},
    });
    expect(result).toMatchObject({ accepted: 1, notSent: 49 });
  });

  it('lets go of its source when a sink fails before it reads', async () => {
    let open = 0;
    async function* rows() {
      open += 1;
      try {
        for (;;) yield [{}];
      } finally {
        open -= 1;
      }
    }
    const reading = {
      async write(all: AsyncIterable<readonly object[]>) {
        for await (const _ of all);
        return { accepted: 0, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
      },
      close: async () => {},
    };
    const failing = { write: () => Promise.reject(new Error('full')), close: async () => {} };
    const both = tee<object>([reading, failing]);
    await expect(both.write(rows(), { unit: { id: 'u' }, onUndeliverable: () => {} })).rejects.toThrow(
      'full',
    );
    expect(open).toBe(0);
  });

  it('does not join two clouds', () => {
    const { sink } = memorySink<number>();
    expect(() => tee([{ ...sink, cloud: clouds.public }, sink, { ...sink, cloud: clouds.china }])).toThrow(
      /china/,
    );
  });
});
