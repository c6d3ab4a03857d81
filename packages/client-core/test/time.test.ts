import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime, parseTimeRange } from '../src/index.js';

const noon = Date.UTC(2026, 10, 20, 12);

describe('parseTime', () => {
  it.each([
    [new Date(noon), noon],
    [noon, noon],
    ['2026-11-20T12:00:00Z', noon],
    ['2026-11-20T12:00:00.000Z', noon],
    ['2026-11-20T12:00Z', noon],
    ['2026-11-20T14:00:00+02:00', noon],
    ['2026-11-20T14:00:00+0200', noon],
    ['2026-11-20T14:00:00+02', noon],
    ['2026-11-20T12:00:00,500z', noon + 500],
    ['2026-11-20T12:00:00.1234567Z', noon + 123],
  ])('reads %s', (value, expected) => {
    expect(parseTime(value, 'range.from')).toBe(expected);
  });

  it.each([
    ['2026-11-20T12:00:00', 'with a zone'],
    ['2026-11-20', 'with a zone'],
    ['yesterday', 'with a zone'],
    ['2026-13-20T12:00:00Z', 'is not a time.'],
    [new Date(NaN), 'is not a time.'],
    [NaN, 'is not a time.'],
    [Infinity, 'is not a time.'],
    [null, 'is not a time.'],
    [undefined, 'is not a time.'],
    [noon / 1000, 'multiply them by 1000'],
    [noon * 1000, 'divide them'],
    [noon * 1e6, 'divide them'],
    [0, 'before the year 2000'],
    ['1999-12-31T23:59:59Z', 'before the year 2000'],
    ['2100-01-01T00:00:00Z', 'after 2100'],
  ])('refuses %s', (value, words) => {
    expect(() => parseTime(value as Date, 'range.from')).toThrow(words);
    expect(() => parseTime(value as Date, 'range.from')).toThrow('range.from:');
  });

  it('gives the same time for a Date, its number and its text', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(Date.UTC(2000, 0)), max: new Date(Date.UTC(2099, 11)), noInvalidDate: true }),
        (date) => {
          expect(parseTime(date, 'x')).toBe(date.getTime());
          expect(parseTime(date.toISOString(), 'x')).toBe(date.getTime());
        },
      ),
    );
  });
});

describe('parseTimeRange', () => {
  it('reads both ends and refuses an empty range', () => {
    expect(parseTimeRange({ from: noon, to: new Date(noon + 1) }, 'range')).toEqual({
      from: noon,
      to: noon + 1,
    });
    expect(() => parseTimeRange({ from: noon, to: noon }, 'range')).toThrow('range.to: is not after from');
    expect(() => parseTimeRange({ from: noon } as never, 'range')).toThrow('range.to:');
    expect(() => parseTimeRange(undefined as never, 'range')).toThrow('range: is not a range');
  });
});
