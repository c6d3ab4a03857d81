import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serializeRow } from '../src/rows/serialize-row.js';
import { fakeService, uploaded } from './fake-service.js';

async function reasonsOf(...rows: unknown[]): Promise<string[]> {
  const { statuses } = await uploaded(fakeService().transport, [...(rows as object[]), { fine: true }]);
  expect(statuses.filter(({ status }) => status === 'accepted')).toHaveLength(1);
  return statuses.filter(({ status }) => status === 'invalid').map(({ reason }) => reason);
}

describe('values JSON does not know', () => {
  it('have a rule each', () => {
    const text = serializeRow({
      big: 12n,
      long: 2n ** 63n - 1n,
      huge: 2n ** 64n,
      nan: NaN,
      infinite: -Infinity,
      left: undefined,
      does: () => 1,
      at: new Date(0),
      never: new Date(NaN),
      map: new Map<unknown, unknown>([
        ['a', 1n],
        ['b', new Set([new Map()])],
      ]),
      set: new Set([1, undefined]),
      boxed: [Object(1n), Object('a')],
    });
    expect(text).toBe(
      '{"big":12,"long":9223372036854775807,"huge":"18446744073709551616","nan":null,"infinite":null,' +
        '"at":"1970-01-01T00:00:00.000Z","never":null,"map":{"a":1,"b":[{}]},"set":[1,null],"boxed":[1,"a"]}',
    );
  });

  it('are found wherever they are', () => {
    expect(serializeRow({ deep: [{ map: new Map([['a', 1]]) }] })).toBe('{"deep":[{"map":{"a":1}}]}');
    expect(serializeRow({ toJSON: () => ({ set: new Set() }) })).toBe('{"set":[]}');
    expect(serializeRow(new Map([['a', {}]]))).toBe('{"a":{}}');
    expect(serializeRow(JSON.parse('{"__proto__":{},"b":{}}') as object)).toBe('{"__proto__":{},"b":{}}');
  });

  it('leave everything else as JSON.stringify has it', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.boolean(), (row, awkward) => {
        // A bigint sends the whole row through the slower way.
        const given = awkward ? { ...row, zz: 1n } : row;
        expect(serializeRow(given)).toBe(JSON.stringify(awkward ? { ...row, zz: 1 } : row));
      }),
    ));
});

describe('rows that cannot be written', () => {
  it('are invalid with field and rule, and the others go on', async () => {
    const circular: Record<string, unknown> = { a: { b: [] } };
    (circular['a'] as { b: unknown[] }).b.push({ back: circular['a'] });
    const secret = 'contoso-secret';
    const thrower = {
      inner: {
        toJSON: () => {
          throw new Error(secret);
        },
      },
    };
    const getter = Object.defineProperty({ fine: 1n }, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error(secret);
      },
    });
    const odd = { [`${secret} as a name`]: circular['a'] };
    let deep: object = { map: new Map() };
    for (let depth = 0; depth < 50_000; depth++) deep = { deep };
    const reasons = await reasonsOf(circular, thrower, getter, odd, { deep }, [], 'text', null, {
      toJSON: () => undefined,
    });
    expect(reasons).toEqual([
      'a.b[0].back is circular',
      'inner has a getter or toJSON that threw',
      'bad has a getter or toJSON that threw',
      '*.b[0].back is circular',
      'deep is nested too deeply',
      'a row must be an object',
      'a row must be an object',
      'a row must be an object',
      'the row does not become a JSON object',
    ]);
    expect(reasons.join()).not.toContain(secret);
  });

  it('are refused as bytes when they are surely no object', async () => {
    const rows = ['', ' ', '[1]', '{"a":1', '"a"', '1'].map((text) => new TextEncoder().encode(text));
    expect(new Set(await reasonsOf(...rows))).toEqual(new Set(['the bytes are not one JSON object']));
  });

  it('are told from bytes that are good, which pass untouched', async () => {
    const { transport, bodies } = fakeService();
    const raw = ' { "n": 12345678901234567890, "n": 1.0 }\r\n';
    await uploaded(transport, [new TextEncoder().encode(raw)]);
    expect(bodies).toEqual([`[${raw}]`]);
  });
});

describe('an Error in a row', () => {
  it.each([
    ['plain', new Error('gone')],
    ['with fields of its own', Object.assign(new TypeError('gone'), { code: 'E1' })],
  ])('keeps its name, message and stack (%s)', (_kind, error) => {
    const written = JSON.parse(serializeRow({ error, nested: { list: [new RangeError('deep')] } })) as {
      error: object;
      nested: { list: object[] };
    };
    expect(written.error).toMatchObject({
      message: 'gone',
      stack: expect.stringContaining('gone') as string,
    });
    expect(written.nested.list[0]).toMatchObject({ name: 'RangeError', message: 'deep' });
  });

  it('keeps its cause', () => {
    const error = new Error('outer', { cause: new Error('inner') });
    expect(JSON.parse(serializeRow({ error }))).toMatchObject({ error: { cause: { message: 'inner' } } });
  });
});
