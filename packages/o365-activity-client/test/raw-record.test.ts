import { collect } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatten } from '../src/content/flatten.js';
import { rawRecord } from '../src/content/record-head.js';
import { createScanner } from '../src/content/scanner.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = fc.string({ unit: 'binary', maxLength: 30 });
// A backslash in a key is misread by JSON.parse itself in some versions of V8 (nodejs/node#63785).
const key = fc.string({ maxLength: 13 }).filter((name) => !/["\\]/.test(name) && name !== '__proto__');

describe('id and time of a record', () => {
  it('are those that parsing finds, in any record', () => {
    const others = fc.dictionary(
      fc.oneof(key, fc.constantFrom('id', 'ID', 'IdX', 'creationTime', 'CreationTimes')),
      fc.oneof(fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }), fc.constant({ Id: 'inner' })),
      { maxKeys: 6 },
    );
    fc.assert(
      fc.property(
        others,
        fc.option(text, { nil: undefined }),
        fc.option(text, { nil: undefined }),
        fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
        fc.constantFrom(undefined, 1, '\t'),
        (rest, Id, CreationTime, order, indent) => {
          const all = {
            ...rest,
            ...(Id !== undefined && { Id }),
            ...(CreationTime !== undefined && { CreationTime }),
          };
          const shuffled = Object.entries(all)
            .map((entry, at) => ({ entry, rank: order[at] ?? 0 }))
            .toSorted((a, b) => a.rank - b.rank)
            .map(({ entry }) => entry);
          const bytes = encode(JSON.stringify(Object.fromEntries(shuffled), undefined, indent));
          const found = rawRecord(bytes);
          expect([found.id, found.creationTime]).toEqual([Id, CreationTime]);
          expect(found.bytes).toBe(bytes);
        },
      ),
    );
  });

  it.each([
    ['{"Id":7,"CreationTime":null}', undefined, undefined],
    ['{"a":{"Id":"inner"},"Id":"outer"}', 'outer', undefined],
    ['{"x":"Id","CreationTime":"t"}', undefined, 't'],
    ['{"Id":"caf\u00e9","CreationTime":"t"}', 'café', 't'],
    ['{"Id":"a\\"b","CreationTime":"t"}', 'a"b', 't'],
    [`{"CreationTime":"t","x":"${'y'.repeat(300)}","Id":"far"}`, 'far', 't'],
    ['{"Id":"\uFEFFbom","CreationTime":"t"}', '\uFEFFbom', 't'],
    ['"Id"', undefined, undefined],
    ['{"Id":"cut', 'cut', undefined],
    ['{"Id', undefined, undefined],
  ])('of %s', (json, id, creationTime) => {
    const found = rawRecord(encode(json));
    expect([found.id, found.creationTime]).toEqual([id, creationTime]);
  });
});

describe('the scanner', () => {
  it('gives what was written byte for byte: any characters, any layout, any chunks', () => {
    const values = fc.array(fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), { maxLength: 8 });
    const layout = fc.constantFrom(undefined, 2, '\t\r\n');
    fc.assert(
      fc.property(values, layout, fc.integer({ min: 1, max: 9 }), (all, indent, size) => {
        const elements = all.map((value) => JSON.stringify(value, undefined, indent));
        const bytes = encode(`[ ${elements.join(' ,\n')} ]`);
        const scanner = createScanner();
        const found: string[] = [];
        const buffer = new Uint8Array(size);
        for (let at = 0; at < bytes.length; at += size) {
          // The same buffer every time, as a transport may.
          const part = bytes.subarray(at, at + size);
          buffer.set(part);
          for (const element of scanner.push(buffer.subarray(0, part.length)))
            found.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(element));
        }
        scanner.end();
        expect(found).toEqual(elements);
      }),
    );
  });
});

describe('batches one item at a time', () => {
  async function* batches(): AsyncGenerator<number[], void, void> {
    yield [1, 2];
    yield [];
    yield [3];
  }

  it('come in order, also to who asks without waiting', async () => {
    expect(await collect(flatten(batches(), (one, index) => [one, index]))).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
    const items = flatten(batches(), (one) => one);
    const steps = await Promise.all(Array.from({ length: 5 }, () => items.next()));
    expect(steps.map(({ value }) => value)).toEqual([1, 2, 3, undefined, undefined]);
  });

  it('end with who stops, and with what breaks', async () => {
    let ended = false;
    async function* source(): AsyncGenerator<number[], void, void> {
      try {
        yield [1, 2];
        throw new Error('broken');
      } finally {
        ended = true;
      }
    }
    for await (const one of flatten(source(), (item) => item)) if (one === 1) break;
    expect(ended).toBe(true);
    const items = flatten(source(), (item) => item);
    expect([(await items.next()).value, (await items.next()).value]).toEqual([1, 2]);
    await expect(items.next()).rejects.toThrow('broken');
    expect((await items.next()).done).toBe(true);
  });
});
