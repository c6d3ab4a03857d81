import { scriptedFetch, testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { createTokenCache } from '../src/index.js';
import type { AccessToken, GetTokenOptions } from '../src/index.js';
import { call, http } from './helpers.js';

const scope = 'https://manage.office.com/.default';

/** Gives `t1`, `t2`… for an hour each; `fail` makes it fail, `hold` makes it wait. */
function source(clock = testClock(0)) {
  const asked: (GetTokenOptions | undefined)[] = [];
  const control = { fail: false, hold: Promise.resolve(), more: {} as Partial<AccessToken> };
  return {
    clock,
    asked,
    control,
    getToken: async (_: string | string[], options?: GetTokenOptions): Promise<AccessToken> => {
      asked.push(options);
      await control.hold;
      if (control.fail) throw new Error('identity is down');
      return { token: `t${asked.length}`, expiresOnTimestamp: clock.now() + 3_600_000, ...control.more };
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('createTokenCache', () => {
  it('asks once for all who come at the same time, and per scope', async () => {
    const credential = source();
    const cache = createTokenCache(credential, credential.clock);
    expect(await Promise.all(Array.from({ length: 20 }, () => cache.get(scope)))).toEqual(
      Array(20).fill('t1'),
    );
    expect(await cache.get(scope)).toBe('t1');
    expect(await cache.get('other')).toBe('t2');
    expect(credential.asked).toHaveLength(2);
  });

  it('refreshes two minutes ahead, in the background and once', async () => {
    const credential = source();
    const cache = createTokenCache(credential, credential.clock);
    await cache.get(scope);
    credential.clock.advance(3_600_000 - 120_001);
    expect(await cache.get(scope)).toBe('t1');
    expect(credential.asked).toHaveLength(1);
    credential.clock.advance(1);
    expect(await Promise.all([cache.get(scope), cache.get(scope)])).toEqual(['t1', 't1']);
    await settled();
    expect(await cache.get(scope)).toBe('t2');
    expect(credential.asked).toHaveLength(2);
  });

  it('refreshes when the issuer says so', async () => {
    const credential = source();
    credential.control.more = { refreshAfterTimestamp: 1000 };
    const cache = createTokenCache(credential, credential.clock);
    await cache.get(scope);
    credential.clock.advance(1000);
    expect(await cache.get(scope)).toBe('t1');
    await settled();
    expect(await cache.get(scope)).toBe('t2');
  });

  it('lives with the old token while the refresh fails, trying every 3 seconds', async () => {
    const credential = source();
    const cache = createTokenCache(credential, credential.clock);
    await cache.get(scope);
    credential.control.fail = true;
    credential.clock.advance(3_600_000 - 100_000);
    for (let times = 0; times < 5; times++) {
      expect(await cache.get(scope)).toBe('t1');
      await settled();
    }
    expect(credential.asked).toHaveLength(2);
    credential.clock.advance(3000);
    await cache.get(scope);
    await settled();
    expect(credential.asked).toHaveLength(3);
    credential.clock.advance(100_000);
    await expect(cache.get(scope)).rejects.toThrow('identity is down');
    credential.control.fail = false;
    expect(await cache.get(scope)).toBe('t5');
  });

  it('asks for a fresh one after a refusal, but not for a refusal of an older token', async () => {
    const credential = source();
    const cache = createTokenCache(credential, credential.clock);
    expect(await cache.get(scope)).toBe('t1');
    cache.invalidate(scope, 't1');
    expect(await Promise.all([cache.get(scope), cache.get(scope)])).toEqual(['t2', 't2']);
    cache.invalidate(scope, 't1');
    expect(await cache.get(scope)).toBe('t2');
    expect(credential.asked).toEqual([{}, { forceRefresh: true }]);
  });

  it('lets one give up without failing the others', async () => {
    const credential = source();
    let release: () => void = () => {};
    credential.control.hold = new Promise((resolve) => (release = resolve));
    const cache = createTokenCache(credential, credential.clock);
    const controller = new AbortController();
    const first = cache.get(scope, controller.signal);
    const second = cache.get(scope);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    release();
    expect(await second).toBe('t1');
  });

  it('refuses a credential that gives nothing', async () => {
    await expect(createTokenCache({ getToken: async () => null }).get(scope)).rejects.toMatchObject({
      name: 'AuthenticationError',
    });
  });

  it('with createHttp: a 401 leads to a second token request and another token', async () => {
    const credential = source();
    const cache = createTokenCache(credential, credential.clock);
    const { fetch, requests } = scriptedFetch(new Response('{}', { status: 401 }), () => Response.json([]));
    await http(fetch, {
      clock: credential.clock,
      authorize: async () => {
        const token = await cache.get(scope);
        return {
          headers: { authorization: `Bearer ${token}` },
          refused: () => cache.invalidate(scope, token),
        };
      },
    }).send(call);
    expect(requests.map((one) => one.headers.get('authorization'))).toEqual(['Bearer t1', 'Bearer t2']);
    expect(credential.asked).toHaveLength(2);
    expect(credential.clock.slept).toEqual([]);
  });
});
