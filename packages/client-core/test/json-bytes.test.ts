import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ArraySplitter,
  JsonArrayError,
  createFieldScanner,
  decodeJsonString,
  listFields,
  readLines,
} from '../src/index.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

const names = ['Id', 'CreationTime', 'größe', 'n'];

interface Found {
  text: string;
  fields: Record<string, string>;
}

function readFields(buffer: Uint8Array, positions: Readonly<Int32Array>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [field, name] of names.entries()) {
    const [from = 0, to = 0] = positions.subarray(2 * field, 2 * field + 2);
    if (to > 0) fields[name] = decode(buffer.subarray(from, to));
  }
  return fields;
}

function split(chunks: readonly Uint8Array[], maxElementBytes = Infinity): Found[] {
  const splitter = new ArraySplitter({ fields: names, maxElementBytes });
  const found: Found[] = [];
  for (const chunk of chunks)
    splitter.push(chunk, (buffer, start, end, positions) =>
      found.push({ text: decode(buffer.subarray(start, end)), fields: readFields(buffer, positions) }),
    );
  splitter.end();
  return found;
}

/** What splitting gives, an error as its class: to compare one chunking with another. */
function trySplit(chunks: readonly Uint8Array[]): unknown {
  try {
    return split(chunks);
  } catch (error) {
    if (error instanceof JsonArrayError) return { problem: error.message, truncated: error.truncated };
    throw error;
  }
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.slice(from, sorted[index] ?? bytes.length));
}

// A key that is a lone backslash breaks JSON.parse of Node 24 (nodejs/node#63785): none is made here.
const key = fc.oneof(
  fc.constantFrom(...names),
  fc.string({ unit: 'grapheme', maxLength: 5 }).filter((text) => !text.includes('\\')),
);
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constantFrom(true, false, null, '', '\\', '"', '}{][,:'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const indent = fc.constantFrom(undefined, ' ', '\t', '\r\n  ');
const places = fc.array(fc.nat({ max: 5000 }), { maxLength: 12 });

/** The fields of a parsed object that are looked for. */
function pickNamed(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

const parseAll = (fields: Record<string, string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, JSON.parse(text) as unknown]));

describe('ArraySplitter against JSON.parse', () => {
  it('gives the same elements and fields, whatever the white space and the chunks', () => {
    fc.assert(
      fc.property(
        fc.array(json, { maxLength: 6 }),
        indent,
        places,
        fc.boolean(),
        (values, space, at, bom) => {
          const text = JSON.stringify(values, undefined, space);
          const expected = JSON.parse(text) as unknown[];
          const found = split(cut(encode(`${bom ? '\ufeff' : ''}${text}\n`), at));
          expect(found.map((element) => JSON.parse(element.text) as unknown)).toEqual(expected);
          expect(found.map(({ fields }) => parseAll(fields))).toEqual(expected.map(pickNamed));
        },
      ),
    );
  });

  it('refuses every truncation', () => {
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 3 }), indent, places, (values, space, at) => {
        const bytes = encode(JSON.stringify(values, undefined, space));
        for (let length = 0; length < bytes.length; length++)
          expect(trySplit(cut(bytes.slice(0, length), at))).toMatchObject({ truncated: true });
      }),
      { numRuns: 60 },
    );
  });

  it('ends on any bytes, never refuses what JSON.parse takes, and does not depend on the chunks', () => {
    const noise = fc.tuple(fc.nat(5000), fc.constantFrom(...encode('"\\[]{},: 0t\u0000\u00ff')));
    fc.assert(
      fc.property(
        fc.array(json, { maxLength: 4 }),
        fc.array(noise, { maxLength: 4 }),
        places,
        (values, wrong, at) => {
          const bytes = encode(JSON.stringify(values));
          for (const [place, byte] of wrong) bytes[place % bytes.length] = byte;
          const whole = trySplit([bytes]);
          expect(trySplit(cut(bytes, at))).toEqual(whole);
          expect(trySplit([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
          let parsed: unknown;
          try {
            parsed = JSON.parse(decode(bytes));
          } catch {
            return;
          }
          if (Array.isArray(parsed))
            expect((whole as Found[]).map(({ text }) => JSON.parse(text) as unknown)).toEqual(parsed);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('ArraySplitter', () => {
  it.each([
    ['', 'the array does not end'],
    ['{}', 'no JSON array'],
    ['<html>', 'no JSON array'],
    ['[1,]', 'an element is missing'],
    ['[,1]', 'an element is missing'],
    ['[1 2]', 'no comma between elements'],
    ['[{}{}]', 'no comma between elements'],
    ['[1]x', 'bytes after the array'],
    ['[1][2]', 'bytes after the array'],
    ['[{"a":1}', 'the array does not end'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(trySplit([encode(text)])).toMatchObject({ problem });
  });

  it('says where, counted from the first chunk', () => {
    const splitter = new ArraySplitter();
    splitter.push(encode('[1, '), () => {});
    expect(() => splitter.push(encode('2 3]'), () => {})).toThrow(
      expect.objectContaining({ offset: 6 }) as Error,
    );
  });

  it('refuses an element over several chunks that is longer than allowed', () => {
    const chunks = ['[{"a":"', 'x'.repeat(50), 'x'.repeat(50), '"}]'].map(encode);
    expect(split(chunks, 120)).toHaveLength(1);
    expect(() => split(chunks, 80)).toThrow('one element is longer than allowed');
  });

  it('keeps what it holds when the transport uses its buffer again', () => {
    const splitter = new ArraySplitter();
    const found: string[] = [];
    const buffer = new Uint8Array(8);
    for (const part of ['[{"a":"b', 'cdefghij', 'klm"}]  ']) {
      buffer.set(encode(part));
      splitter.push(buffer, (bytes, start, end) => found.push(decode(bytes.subarray(start, end))));
    }
    expect(found).toEqual(['{"a":"bcdefghijklm"}']);
  });
});

describe('createFieldScanner', () => {
  const scan = (text: string): Record<string, string> => {
    const scanner = createFieldScanner(names);
    const bytes = encode(text);
    scanner.scan(bytes, 0);
    return readFields(bytes, scanner.positions);
  };

  it.each([
    ['{"Id":"a","CreationTime":"b"}', { Id: '"a"', CreationTime: '"b"' }],
    ['{ "Id" : "a" , "größe" : {"Id":1} }', { Id: '"a"', größe: '{"Id":1}' }],
    ['{"Id":1,"Id":2}', { Id: '2' }],
    ['{"\\u0049d":1}', { Id: '1' }],
    ['{"x":{"Id":1},"y":[{"Id":2}],"z":"\\"Id\\":3"}', {}],
    ['[{"Id":1}]', {}],
    ['"Id"', {}],
    ['{"Id":1 "n":2}', { Id: '1' }],
    ['{"Id":1,}', { Id: '1' }],
    ['{"Id":,"n":2}', {}],
    ['{"Id":1,"n"}', { Id: '1' }],
    ['{}', {}],
    ['', {}],
  ])('finds the fields of %s', (text, expected) => {
    expect(scan(text)).toEqual(expected);
  });

  it('forgets the last object', () => {
    const scanner = createFieldScanner(['Id']);
    scanner.scan(encode('{"Id":1}'), 0);
    scanner.scan(encode('{}'), 0);
    expect([...scanner.positions]).toEqual([0, 0]);
  });
});

describe('listFields', () => {
  it('lists what JSON.parse finds, in the order of the bytes', () => {
    fc.assert(
      fc.property(fc.dictionary(key, json, { noNullPrototype: true }), indent, (value, space) => {
        const bytes = encode(` ${JSON.stringify(value, undefined, space)}`);
        const fields = listFields(bytes);
        const parsed = fields.map(({ name, from, to }) => [
          name,
          JSON.parse(decode(bytes.subarray(from, to))),
        ]);
        expect(Object.fromEntries(parsed)).toEqual(JSON.parse(decode(bytes)));
        for (const { from, isText } of fields) expect(isText).toBe(bytes[from] === 0x22);
      }),
    );
  });

  it.each([
    ['{"a":1,"b":}', ['a']],
    ['{"a":1 "b":2}', ['a']],
    ['{"a":1,"\\x":2}', ['a']],
    ['{"a":1,"b', ['a']],
    ['[1]', []],
    ['', []],
  ])('ends where %s is not JSON', (text, expected) => {
    expect(listFields(encode(text)).map(({ name }) => name)).toEqual(expected);
  });
});

describe('decodeJsonString', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = encode(JSON.stringify(text));
        expect(decodeJsonString(bytes, 1, bytes.length - 1)).toBe(text);
      }),
    );
  });

  it('replaces broken UTF-8 and gives nothing for broken escapes', () => {
    expect(decodeJsonString(Uint8Array.of(0x61, 0xff, 0x62), 0, 3)).toBe('a\ufffdb');
    for (const text of ['\\x', '\\u12', 'a\nb', '\\'])
      expect(decodeJsonString(encode(text), 0, text.length)).toBeUndefined();
  });
});

describe('readLines', () => {
  it('splits at line feeds only, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary' })),
        places,
        fc.boolean(),
        async (lines, at, last) => {
          const text = lines.map((line) => line.replaceAll('\n', '\u2028')).join('\n') + (last ? '\n' : '');
          const expected = text.split('\n');
          if (expected.at(-1) === '') expected.pop();
          const found: string[] = [];
          const chunks = cut(encode(text), at);
          for await (const line of readLines(
            (async function* () {
              yield* chunks;
            })(),
          ))
            found.push(decode(line));
          expect(found).toEqual(expected.map((line) => decode(encode(line))));
        },
      ),
    );
  });
});
