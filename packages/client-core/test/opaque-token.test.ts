import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFingerprint, decodeToken, encodeToken, toCanonicalJson } from '../src/index.js';

const binding = { kind: 'things.list', version: 2, fingerprint: createFingerprint({ a: 1 }) };

describe('tokens', () => {
  it('give back the state they were made of, and fit into a URL', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (state) => {
        const token = encodeToken({ ...binding, state });
        expect(token).toMatch(/^[\w-]+$/);
        expect(decodeToken(token, binding)).toEqual(JSON.parse(JSON.stringify(state)));
      }),
    );
  });

  it.each([
    [{ kind: 'others.list' }, 'continuationToken: is not a token of others.list'],
    [{ version: 3 }, 'has version 2, this release reads 3'],
    [{ fingerprint: createFingerprint({ a: 2 }) }, 'belongs to another query'],
    [{ path: 'saved.cursor', version: 1 }, 'saved.cursor: has version 2'],
  ])('are refused by %o', (other, words) => {
    const token = encodeToken({ ...binding, state: { page: 3 } });
    expect(() => decodeToken(token, { ...binding, ...other })).toThrow(words);
  });

  it('are refused when truncated or foreign', () => {
    const token = encodeToken({ ...binding, state: { text: 'grüße' } });
    for (let length = 0; length < token.length; length++)
      expect(() => decodeToken(token.slice(0, length), binding)).toThrow('is not a token of things.list');
    for (const foreign of ['', '{}', 'bnVsbA', '🙂', null, 7])
      expect(() => decodeToken(foreign as string, binding)).toThrow('is not a token of things.list');
  });
});

describe('fingerprints', () => {
  it('do not depend on the order of keys, nor on undefined fields', () => {
    expect(createFingerprint({ a: 1, b: [{ c: 2, d: undefined }] })).toBe(
      createFingerprint({ b: [{ c: 2 }], a: 1 }),
    );
    expect(createFingerprint({ a: [1, 2] })).not.toBe(createFingerprint({ a: [2, 1] }));
    expect(createFingerprint({ a: '1' })).not.toBe(createFingerprint({ a: 1 }));
    expect(createFingerprint({})).toMatch(/^[0-9a-f]{16}$/);
  });

  it('come from JSON that can be read', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        expect(JSON.parse(toCanonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
