import { scriptedFetch, testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import * as core from '../src/index.js';
import { call } from './helpers.js';

const clientOptions = [
  'fetch',
  'limiter',
  'requestsPerMinute',
  'retry',
  'timeoutInMs',
  'clock',
  'events',
  'userAgentPrefix',
];
const callOptions = ['abortSignal', 'timeoutInMs', 'maxRetries', 'requestId'];

const allUndefined = (...names: string[]): Record<string, undefined> =>
  Object.fromEntries(names.map((name) => [name, undefined]));

const { fetch } = scriptedFetch(() => Response.json({ access_token: 't', expires_in: 3600 }));
const transport = { fetch, clock: testClock() };
const authorize = async () => ({ headers: {} });
const sent = {
  ...call,
  ...allUndefined(
    ...callOptions,
    'body',
    'headers',
    'check',
    'change',
    'onRetry',
    'onAttempt',
    'maxBufferedBytes',
    'contentType',
  ),
};

/** Each factory with every option undefined that may be left out, and a use of what it makes. */
const factories: Record<string, () => unknown> = {
  createHttp: async () =>
    core
      .createHttp({
        ...allUndefined(...clientOptions, 'describeError', 'random'),
        ...transport,
        userAgent: 'x/1',
        authorize,
      })
      .send(sent),
  createServiceHttp: async () =>
    core
      .createServiceHttp(
        { ...allUndefined(...clientOptions), ...transport },
        {
          ...allUndefined(
            'credential',
            'scope',
            'authorize',
            'quotaPerMinute',
            'quotaWindowInMs',
            'describeError',
            'timeoutInMs',
          ),
          userAgent: 'x/1',
        },
      )
      .send(sent),
  createRateLimiter: () =>
    core
      .createRateLimiter({ ...allUndefined('windowInMs', 'smooth', 'clock'), limit: 5 })
      .acquire(allUndefined('cost', 'abortSignal')),
  createTokenCache: () =>
    core
      .createTokenCache({ getToken: async () => ({ token: 't', expiresOnTimestamp: 4e12 }) }, undefined)
      .get('scope', undefined),
  entraCredential: () =>
    core.entraCredential({
      ...allUndefined(...clientOptions, 'cloud', 'certificate', 'assertion', 'refreshToken'),
      tenantId: 'contoso.example',
      clientId: 'c',
      clientSecret: 's',
    }),
  managedIdentity: () =>
    core
      .managedIdentity({
        ...allUndefined(...clientOptions, 'clientId', 'cloud', 'environment'),
        ...transport,
      })
      .getToken('scope/.default', {}),
  createFieldScanner: () => core.createFieldScanner([]),
  createServerClock: () => core.createServerClock(transport.clock).now(),
  createFiniteFeed: () => core.createFiniteFeed({ queries: [] }).next(0),
  createOldestFirst: () => core.createOldestFirst().oldest(() => true),
  createFingerprint: () => core.createFingerprint(allUndefined('a')),
};

describe('undefined options', () => {
  it('are covered here for every factory that is exported', () => {
    const exported = Object.keys(core).filter((name) =>
      /^create|^entraCredential$|^managedIdentity$/.test(name),
    );
    expect(Object.keys(factories).toSorted()).toEqual(exported.toSorted());
  });

  it.each(Object.keys(factories))('are the same as options not given: %s', async (name) => {
    await factories[name]?.();
  });

  it('do not send managed identities through a proxy: the transport stays the direct one', async () => {
    const seen: string[] = [];
    const original = globalThis.fetch;
    globalThis.fetch = async (request) => {
      seen.push(new Request(request).url);
      return new Response('{}', { status: 500 });
    };
    try {
      const endpoint = 'http://127.0.0.1:1/token';
      const environment = { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: 'h' };
      const options = { ...allUndefined(...clientOptions), environment, retry: { maxRetries: 0 } };
      await expect(core.managedIdentity(options).getToken('scope')).rejects.toMatchObject({
        code: 'refused',
      });
    } finally {
      globalThis.fetch = original;
    }
    expect(seen).toEqual([]);
  });
});

describe('wrong options', () => {
  it.each([
    [() => core.managedIdentity({ timeoutInMs: NaN }), 'options.timeoutInMs: is NaN'],
    [() => core.managedIdentity({ retry: { maxAttempts: 3 } as never }), 'Did you mean maxRetries?'],
    [() => core.managedIdentity({ cloud: 'mars' as never }), "options.cloud: 'mars' is not known"],
    [
      () => core.entraCredential({ tenantId: 'a.b', clientId: 'c', clientSecret: '' }),
      'options.clientSecret: is empty',
    ],
    [
      () => core.entraCredential({ tenantId: 'a.b', clientId: 'c', clientSecret: 's', clock: {} as never }),
      'options.clock: has no now()',
    ],
    [
      () => core.entraCredential({ tenantId: 'a.b', clientId: 'c', clientSecrets: 's' } as never),
      'Did you mean clientSecret?',
    ],
    [() => core.createRateLimiter({ limit: 0 }), 'options.limit: is 0'],
    [() => core.createRateLimiter({ limit: 5, windowInMs: -1 }), 'options.windowInMs: is -1'],
    [() => core.createRateLimiter({} as never), 'options.limit: is missing'],
  ])('are refused at construction: %#', (make, words) => {
    expect(make).toThrow(words);
    expect(make).toThrow(core.ArgumentError);
  });
});
