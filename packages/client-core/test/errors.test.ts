import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as ours from '../src/errors.js';

describe('errors', () => {
  it('know each other across copies of the module', async () => {
    // Two clients that bundle this module have a copy each.
    // @ts-expect-error a query string makes another copy; it has no types of its own
    const copy = (await import('../src/errors.js?copy')) as typeof ours;
    expect(copy.ApiError).not.toBe(ours.ApiError);
    const foreign = new copy.RateLimitError('busy', { status: 429 });
    expect(foreign instanceof ours.ApiError).toBe(false);
    expect(ours.RateLimitError.isInstance(foreign)).toBe(true);
    expect(ours.ApiError.isInstance(foreign)).toBe(true);
    expect(ours.AuthenticationError.isInstance(foreign)).toBe(false);
    expect(ours.ArgumentError.isInstance(new copy.ArgumentError('a', 'is wrong', 'Do b.'))).toBe(true);
    expect(copy.ConnectionError.isInstance(new ours.ConnectionError('x', { code: 'dns' }))).toBe(true);
  });

  it('are told apart from anything else', () => {
    for (const other of [undefined, null, 'x', {}, new Error('x'), { name: 'ApiError' }])
      expect(ours.ApiError.isInstance(other)).toBe(false);
    expect(ours.ApiError.isInstance(new ours.ArgumentError('a', 'b', 'c'))).toBe(false);
  });

  it('have a name, a stack that begins with it, and only the fields that are known', () => {
    const error = new ours.ResponseFormatError('bad', { status: 200, length: 3, contentType: undefined });
    expect(error.name).toBe('ResponseFormatError');
    expect(Object.keys(error).toSorted()).toEqual(['length', 'name', 'status']);
    expect(inspect(error)).toContain('ResponseFormatError: bad');
  });

  it('say which argument, what is wrong, and what to do', () => {
    expect(new ours.ArgumentError('options.cloud', "'mars' is not known", 'Use public.').message).toBe(
      "options.cloud: 'mars' is not known. Use public.",
    );
  });
});
