import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScanError, createScanner } from '../src/content/scanner.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

function chunked(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((one) => one % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.slice(at[index], end));
}

function scan(chunks: readonly Uint8Array[]): string[] {
  const scanner = createScanner();
  const found = chunks.flatMap((chunk) => scanner.push(chunk).map(decode));
  scanner.end();
  return found;
}

const arrays = fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 12 });
const spaces = fc.constantFrom('', ' ', '\n', '\t\r\n  ');

describe('the scanner', () => {
  it('cuts any JSON array into its elements, whatever the chunks', () => {
    fc.assert(
      fc.property(
        arrays,
        fc.array(fc.nat(), { maxLength: 20 }),
        spaces,
        fc.boolean(),
        (values, cuts, gap, bom) => {
          const elements = values.map((value) => JSON.stringify(value));
          const text = `${bom ? '\uFEFF' : ''}${gap}[${gap}${elements.join(`${gap},${gap}`)}${gap}]${gap}`;
          expect(scan(chunked(encode(text), cuts))).toEqual(elements);
        },
      ),
    );
  });

  it('never gives a part of an element, wherever the array is cut', () => {
    fc.assert(
      fc.property(arrays, fc.nat(), fc.array(fc.nat(), { maxLength: 5 }), (values, at, cuts) => {
        const elements = values.map((value) => JSON.stringify(value));
        const whole = encode(`[${elements.join(',')}]`);
        const part = whole.slice(0, at % whole.length);
        const scanner = createScanner();
        const found = chunked(part, cuts).flatMap((chunk) => scanner.push(chunk).map(decode));
        expect(found).toEqual(elements.slice(0, found.length));
        expect(() => scanner.end()).toThrow(ScanError);
      }),
    );
  });

  it('gives one byte at a time the same answer', () => {
    const text = '\uFEFF [ {"a":"}]\\"\\\\"} , [1,[2]], "x\\u0022]", -1.5e3,null ] \n';
    const bytes = [...encode(text)].map((byte) => Uint8Array.of(byte));
    expect(scan(bytes)).toEqual(['{"a":"}]\\"\\\\"}', '[1,[2]]', '"x\\u0022]"', '-1.5e3', 'null']);
  });

  it.each(['{"error":{}}', '<html>', '[1,]', '[,1]', '[1] [', '[{}{}]', '[}', ''])('refuses %s', (text) => {
    expect(() => scan([encode(text)])).toThrow(ScanError);
  });

  it('does not hold an element that never ends', () => {
    const scanner = createScanner({ maxElementBytes: 10 });
    expect(() => scanner.push(encode('["aaaaaaaaaaaaaaaaaa'))).toThrow(/longer/);
  });
});
