import { scriptedFetch, testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { createServiceHttp } from '../src/index.js';
import type { ClientOptions, ServiceHttpSettings } from '../src/index.js';
import { call } from './helpers.js';

const service = (options: ClientOptions, settings: Partial<ServiceHttpSettings> = {}) =>
  createServiceHttp(options, { userAgent: 'test/1', ...settings });

describe('createServiceHttp', () => {
  it('signs with the credential for the scope', async () => {
    const { fetch, requests } = scriptedFetch(Response.json([]));
    const credential = {
      getToken: async (scope: string | string[]) => ({
        token: `t-${String(scope)}`,
        expiresOnTimestamp: 4e12,
      }),
    };
    await service({ fetch }, { credential, scope: 's' }).send(call);
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer t-s');
  });

  it.each([
    [{}, 2],
    [{ requestsPerMinute: undefined, limiter: undefined }, 2],
    [{ requestsPerMinute: 3 }, 3],
  ])('keeps the quota, or the share that %o gives', async (options, atOnce) => {
    const clock = testClock();
    const { fetch } = scriptedFetch(() => Response.json([]));
    const http = service({ ...options, fetch, clock }, { quotaPerMinute: 2 });
    for (let sent = 0; sent < atOnce; sent++) await http.send(call);
    expect(clock.slept).toEqual([]);
    await http.send(call);
    // A second more than the service's minute: requests arrive less regularly than they leave.
    expect(clock.slept).toEqual([61_000]);
  });

  it('learns the server’s time from responses and refusals, and asks until two agree', async () => {
    const clock = testClock();
    const date = () => new Date(clock.now() - 3_600_000).toUTCString();
    const { fetch, requests } = scriptedFetch(
      () => new Response('{}', { status: 403, headers: { date: date() } }),
      () => Response.json([], { headers: { date: date() } }),
    );
    const http = service({ fetch, clock });
    expect(http.isTimeKnown).toBe(false);
    const time = await http.serverTime(() => http.send(call));
    expect(time.getTime()).toBe(clock.now() - 3_600_000);
    expect([requests.length, http.isTimeKnown, http.now()]).toEqual([2, true, time.getTime()]);
    await http.serverTime(() => Promise.reject(new Error('not asked again')));
  });
});
