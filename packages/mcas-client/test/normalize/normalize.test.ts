import { generateActivities } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import {
  foldCase,
  toIsoTime,
  normalizeActivity,
  normalizeAlert,
  normalizeEntity,
  normalizeFile,
  normalizeIpRange,
  convertIndexedObject,
  parsePythonKey,
  parseIntegerText,
  convertNullText,
  convertTuple,
} from '../../src/normalize.js';
import type { Activity, CloudFile, Entity } from '../../src/index.js';
import { emulated } from '../helpers.js';

describe('small shapes', () => {
  it.each([
    [{ 0: 'a', 1: null, 10: 'c', 2: 'b' }, ['a', null, 'b', 'c']],
    [
      { 0: 'a', x: 'b' },
      { 0: 'a', x: 'b' },
    ],
    [['a'], ['a']],
    [null, null],
    [{}, []],
  ])('%j by number is %j', (value, expected) => expect(convertIndexedObject(value)).toEqual(expected));

  it.each([
    [[2, 'EXTERNAL'], { value: 2, name: 'EXTERNAL' }],
    [[2], [2]],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [2, 2],
  ])('%j as a tuple is %j', (value, expected) => expect(convertTuple(value)).toEqual(expected));

  it.each([
    ['11161', 11_161],
    ['-1', -1],
    ['007', '007'],
    ['12345678901234567890', '12345678901234567890'],
    ['', ''],
    [7, 7],
  ])('%j as an integer is %j', (value, expected) => expect(parseIntegerText(value)).toBe(expected));

  it.each([
    [1_607_952_165_309.8032, '2020-12-14T13:22:45.309Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    ['2020-12-14T13:22:45Z', '2020-12-14T13:22:45.000Z'],
    ['2020-12-14T13:22:45.1234567Z', '2020-12-14T13:22:45.123Z'],
    ['2020-12-14T13:22:45', '2020-12-14T13:22:45.000Z'],
    ['2020-12-14T13:22:45+02:00', '2020-12-14T11:22:45.000Z'],
    ['yesterday', undefined],
    [null, undefined],
    [Number.NaN, undefined],
    [1e300, undefined],
  ])('%j as a time is %j', (value, expected) => expect(toIsoTime(value)).toBe(expected));

  it('"null" is null, a key in Python is an object', () => {
    expect([convertNullText('null'), convertNullText(''), convertNullText('nullable')]).toEqual([
      null,
      null,
      'nullable',
    ]);
    const key = "{'id': 'a b', 'saas': 11161, 'inst': 0}";
    expect(parsePythonKey(key)).toEqual({ id: 'a b', saas: 11_161, inst: 0 });
    expect(parsePythonKey(`{'id': "o'neil", 'saas': 1, 'inst': 0}`)).toEqual({
      id: "o'neil",
      saas: 1,
      inst: 0,
    });
    expect(parsePythonKey("{'id': 'a\\'b', 'saas': 1, 'inst': 0}")).toBe(
      "{'id': 'a\\'b', 'saas': 1, 'inst': 0}",
    );
  });
});

describe('keys that differ by case', () => {
  const value = { Level: 1, level: 2, LEVEL: 3, level_2: 4, in: [{ A: 1, a: 2 }] };
  it('keep the first, the last, or all', () => {
    expect(foldCase(value, 'first')).toEqual({ Level: 1, level_2: 4, in: [{ A: 1 }] });
    expect(foldCase(value, 'last')).toEqual({ LEVEL: 3, level_2: 4, in: [{ a: 2 }] });
    expect(foldCase(value, 'suffix')).toEqual({
      Level: 1,
      level_3: 2,
      LEVEL_4: 3,
      level_2: 4,
      in: [{ A: 1, a_2: 2 }],
    });
    expect(value).toEqual({ Level: 1, level: 2, LEVEL: 3, level_2: 4, in: [{ A: 1, a: 2 }] });
  });

  it('lose nothing where there are none', () => {
    for (const activity of generateActivities({ seed: 'fold', count: 50, from: 0, to: 1e12 })) {
      const once = foldCase(activity, 'suffix');
      expect(foldCase(once, 'suffix')).toEqual(once);
    }
  });
});

describe('records as they come', () => {
  it('change only what is irregular', async () => {
    const { emulator } = emulated();
    const { mcas } = emulator.state;
    const [activity] = mcas.activities as unknown as Activity[];
    const normal = normalizeActivity(activity as Activity);
    expect(normal['timestamp']).toBe(new Date(activity?.timestamp ?? 0).toISOString());
    expect(Array.isArray(normal['entityData'])).toBe(true);
    expect((normal['resolvedActor'] as { saasId: unknown }).saasId).toBe(11_161);
    expect(Object.keys(normal)).toEqual(Object.keys(activity ?? {}));
    const [file] = mcas.files as unknown as CloudFile[];
    const tuple = file?.['fileType'] as [number, string];
    expect(normalizeFile(file as CloudFile)).toMatchObject({ fileType: { value: tuple[0], name: tuple[1] } });
    const entity = mcas.entities.find((one) => typeof one['username'] === 'string') as unknown as Entity;
    expect(normalizeEntity(entity)['username']).toMatchObject({ saas: expect.any(Number) as number });
    expect(normalizeAlert({ _id: 'a', timestamp: 0, comment: 'null' })).toEqual({
      _id: 'a',
      timestamp: '1970-01-01T00:00:00.000Z',
      comment: null,
    });
    expect(normalizeIpRange({ _id: 'r', lastModified: 0.5 })).toMatchObject({
      lastModified: '1970-01-01T00:00:00.000Z',
    });
  });
});
