import { describe, expect, it } from 'vitest';
import { findPhrases } from '../words/phrases.js';

describe('old names and phrases', () => {
  it.each([
    ['retry: { maxAttempts: 3 }', 'maxRetries'],
    ['// Stops at once.', 'immediately, at the same time'],
    ['The call was answered 401.', '"returned HTTP 401"'],
    ['/** Waits for\n * ever. */', 'forever, without a limit'],
    ['Handed back\nas it came.', '"opaque; pass it back unmodified"'],
  ])('finds %j', (text, instead) => {
    expect(findPhrases(text).map((found) => found.instead)).toEqual([instead]);
  });

  it('names the line', () => {
    expect(findPhrases('fine\nalso fine\nbegun anew')).toMatchObject([{ line: 3, text: 'anew' }]);
  });

  it.each(['Once at most.', 'forever', 'a Microsoft tenant', 'attempts: 3', 'maxRetries'])(
    'lets %j pass',
    (text) => {
      expect(findPhrases(text)).toEqual([]);
    },
  );
});
