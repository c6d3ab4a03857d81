import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../src/index.js';

const now = Date.parse('2026-01-02T03:04:05Z');
const parse = (headers: Record<string, string>) => parseRetryAfter(new Headers(headers), now);

describe('retryAfterInMs', () => {
  it.each([
    ['0', 0],
    ['1', 1000],
    ['0.2', 200],
    [' 30 ', 30_000],
    ['86400', 86_400_000],
    ['99999999999', 99_999_999_999_000],
    ['Fri, 02 Jan 2026 03:04:35 GMT', 30_000],
    ['Fri, 02 Jan 2026 03:04:04 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['-1', undefined],
    ['-0.5', undefined],
    ['+5', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['10s', undefined],
    ['10, 20', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('reads Retry-After %j as %j', (value, expected) => {
    expect(parse({ 'retry-after': value })).toBe(expected);
  });

  it('prefers the headers in milliseconds', () => {
    expect(parse({ 'retry-after': '9', 'retry-after-ms': '120' })).toBe(120);
    expect(parse({ 'retry-after': '9', 'x-ms-retry-after-ms': '130.5' })).toBe(130.5);
    expect(parse({ 'retry-after': '9', 'retry-after-ms': '-1' })).toBe(9000);
    expect(parse({})).toBeUndefined();
  });

  it('gives nothing or a finite number of milliseconds from 0, whatever stands there', () => {
    const value = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789.-+eE :,GMTFri'.split('')) }),
      fc.string({ unit: 'grapheme-ascii' }),
    );
    fc.assert(
      fc.property(value, (text) => {
        const ms = parse({ 'retry-after': text.trim() });
        expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
      }),
    );
  });

  it('reads back every date of HTTP', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const at = seconds * 1000;
        expect(parse({ 'retry-after': new Date(at).toUTCString() })).toBe(Math.max(0, at - now));
      }),
    );
  });
});
