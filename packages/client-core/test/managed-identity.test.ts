import { inspect } from 'node:util';
import { captureError, scriptedFetch, testClock } from '@repo/test-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { managedIdentity } from '../src/index.js';
import { loopback } from './helpers.js';

const scope = 'https://monitor.azure.com/.default';
const imds = { environment: {} };
const appService = {
  environment: { IDENTITY_ENDPOINT: 'http://127.0.0.1:41000/msi/token/', IDENTITY_HEADER: 'the-header' },
};
const answer = (more: object) => () => Response.json({ access_token: 't1', token_type: 'Bearer', ...more });

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('managedIdentity on a virtual machine', () => {
  it('asks IMDS for the resource of the scope', async () => {
    const { fetch, requests } = scriptedFetch(
      answer({ expires_in: '3600', expires_on: '1', refresh_in: '1800' }),
    );
    const clock = testClock(1_000_000);
    expect(
      await managedIdentity({ ...imds, fetch, clock, clientId: 'user-assigned' }).getToken(scope),
    ).toEqual({
      token: 't1',
      expiresOnTimestamp: 4_600_000,
      refreshAfterTimestamp: 2_800_000,
    });
    const url = new URL(requests[0]?.url ?? '');
    expect(url.origin + url.pathname).toBe('http://169.254.169.254/metadata/identity/oauth2/token');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      'api-version': '2018-02-01',
      resource: 'https://monitor.azure.com',
      client_id: 'user-assigned',
    });
    expect(requests[0]?.headers.get('metadata')).toBe('true');
  });

  it.each([404, 410, 429, 500, 503])('asks again after %i', async (status) => {
    const { fetch, requests } = scriptedFetch(new Response('{}', { status }), answer({ expires_in: 3600 }));
    expect((await managedIdentity({ ...imds, fetch, clock: testClock() }).getToken(scope))?.token).toBe('t1');
    expect(requests).toHaveLength(2);
  });

  it('outlasts the 70 seconds in which IMDS updates itself', async () => {
    const { fetch } = scriptedFetch(new Response('{}', { status: 410 }));
    const clock = testClock();
    const before = clock.now();
    await expect(managedIdentity({ ...imds, fetch, clock }).getToken(scope)).rejects.toMatchObject({
      status: 410,
    });
    expect(clock.now() - before).toBeGreaterThan(70_000);
  });

  it('does not repeat what is wrong', async () => {
    const { fetch, requests } = scriptedFetch(
      Response.json(
        { error: 'invalid_request', error_description: 'Identity not found' },
        { status: 400, headers: { 'x-ms-request-id': 'r1' } },
      ),
    );
    await expect(
      managedIdentity({ ...imds, fetch, clock: testClock() }).getToken(scope),
    ).rejects.toMatchObject({
      name: 'AuthenticationError',
      status: 400,
      code: 'invalid_request',
      requestId: 'r1',
      message: expect.stringMatching(/Identity not found.*identity is assigned/) as string,
    });
    expect(requests).toHaveLength(1);
  });
});

describe('managedIdentity on App Service', () => {
  it('asks the endpoint of the environment with its header', async () => {
    const { fetch, requests } = scriptedFetch(answer({ expires_on: '1700003600' }));
    expect(await managedIdentity({ ...appService, fetch, clock: testClock() }).getToken([scope])).toEqual({
      token: 't1',
      expiresOnTimestamp: 1_700_003_600_000,
    });
    expect(requests[0]?.url).toBe(
      'http://127.0.0.1:41000/msi/token/?api-version=2019-08-01&resource=https%3A%2F%2Fmonitor.azure.com',
    );
    expect(requests[0]?.headers.get('x-identity-header')).toBe('the-header');
  });

  it('keeps the header out of errors', async () => {
    const { fetch } = scriptedFetch(new Response('no', { status: 400 }));
    const error = await captureError(managedIdentity({ ...appService, fetch }).getToken(scope));
    expect(error).toMatchObject({ name: 'AuthenticationError' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('the-header');
  });

  it('speaks for itself when no fetch is given', async () => {
    const server = await loopback((request, response) => {
      const known = request.headers['x-identity-header'] === 'the-header';
      response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ access_token: 't1', expires_in: 3600 }));
    });
    closers.push(server.close);
    const environment = { ...appService.environment, IDENTITY_ENDPOINT: `${server.url}msi/token` };
    expect((await managedIdentity({ environment }).getToken(scope))?.token).toBe('t1');
  });

  it('says so when nothing listens', async () => {
    const server = await loopback(() => {});
    await server.close();
    const environment = { ...appService.environment, IDENTITY_ENDPOINT: server.url };
    await expect(managedIdentity({ environment, clock: testClock() }).getToken(scope)).rejects.toMatchObject({
      name: 'ConnectionError',
      code: 'refused',
    });
  });
});

describe('managedIdentity', () => {
  it('refuses several scopes, a broken endpoint, and Azure Arc', async () => {
    await expect(managedIdentity(imds).getToken([scope, scope])).rejects.toMatchObject({ path: 'scopes' });
    const broken = { IDENTITY_ENDPOINT: 'nowhere', IDENTITY_HEADER: 'h' };
    expect(() => managedIdentity({ environment: broken })).toThrow(/IDENTITY_ENDPOINT/);
    const arc = { IDENTITY_ENDPOINT: 'http://localhost:40342/x', IMDS_ENDPOINT: 'http://localhost:40342' };
    expect(() => managedIdentity({ environment: arc })).toThrow(/Arc/);
  });

  it('refuses an answer without a token', async () => {
    const { fetch } = scriptedFetch(() => Response.json({ hello: 1 }));
    await expect(
      managedIdentity({ ...imds, fetch, clock: testClock() }).getToken(scope),
    ).rejects.toMatchObject({ name: 'ResponseFormatError' });
  });
});
