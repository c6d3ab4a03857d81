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
    const error = new ours.ResponseFormatError('bad', { status: 200, length: 3, mediaType: undefined });
    expect(error.name).toBe('ResponseFormatError');
    expect(Object.keys(error).toSorted()).toEqual(['code', 'length', 'retryable', 'status']);
    expect(inspect(error)).toContain('ResponseFormatError: bad');
  });

  it('state their kind themselves: a minifier may rename every class', () => {
    const kinds = Object.entries(ours).flatMap(([name, value]) =>
      typeof value === 'function' && 'kind' in value ? [[name, value.kind]] : [],
    );
    expect(kinds.length).toBe(7);
    for (const [name, kind] of kinds) expect(kind).toBe(name);
    class a extends ours.ApiError {
      static override readonly kind: string = 'QuotaError';
    }
    const error = new a('no more');
    expect(error.name).toBe('QuotaError');
    expect(
      a.isInstance(error) && ours.ApiError.isInstance(error) && ours.AuditSdkError.isInstance(error),
    ).toBe(true);
    expect(a.isInstance(new ours.ApiError('x'))).toBe(false);
  });

  it.each([
    [new ours.ArgumentError('a', 'b', 'c'), 'InvalidArgument', false],
    [new ours.ApiError('x', { status: 503 }), 'Http503', true],
    [new ours.ApiError('x', { status: 404 }), 'Http404', false],
    [new ours.ApiError('x', { status: 400, code: 'AF20022' }), 'AF20022', false],
    [new ours.ApiError('x'), 'RequestFailed', false],
    [new ours.AuthenticationError('x', { status: 401 }), 'Http401', false],
    [new ours.AuthenticationError('x'), 'AuthenticationFailed', false],
    [new ours.RateLimitError('x', { status: 403, code: 'AF429' }), 'AF429', true],
    [new ours.ConnectionError('x', { code: 'reset' }), 'reset', true],
    [new ours.ConnectionError('x', { code: 'tls' }), 'tls', false],
    [new ours.ResponseFormatError('x', { status: 200 }), 'InvalidResponse', true],
  ])('have a code and say whether another try may help: %s', (error, code, retryable) => {
    expect(error).toMatchObject({ code, retryable });
  });

  it('give their message, or what there is, to the error that wraps them', () => {
    expect(ours.getReason(new Error('broken'))).toBe('broken');
    expect(ours.getReason(new RangeError(''))).toBe('RangeError');
    expect(ours.getReason('stopped')).toBe('stopped');
    expect(ours.getReason(undefined)).toBe('no reason given');
  });

  it('say which argument, what is wrong, and what to do', () => {
    expect(new ours.ArgumentError('options.cloud', "'mars' is not known", 'Use public.').message).toBe(
      "options.cloud: 'mars' is not known. Use public.",
    );
  });
});
