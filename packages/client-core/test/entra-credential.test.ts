import { createHash, X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';
import { captureError, scriptedFetch, testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { ArgumentError, clouds, createTokenCache, entraCredential } from '../src/index.js';
import type { CloudName, Fetch } from '../src/index.js';
import { connectionReset, http as createTestHttp, call } from './helpers.js';
import { issue } from './x509.js';

const app = { tenantId: 'contoso.example', clientId: 'a0d17000-c11e-4475-9a00-000000000001' };
const scope = 'https://manage.office.com/.default';

const token =
  (access: string, more: object = {}) =>
  () =>
    Response.json({ token_type: 'Bearer', expires_in: 3599, access_token: access, ...more });

const refusal =
  (code: string, status = 400, text = 'It was refused.') =>
  () =>
    Response.json(
      {
        error: 'invalid_client',
        error_description: `AADSTS${code}: ${text} Trace ID: 11111111-1111-1111-1111-111111111111\r\nTimestamp: now`,
        error_codes: [Number(code)],
        trace_id: '11111111-1111-1111-1111-111111111111',
        correlation_id: '22222222-2222-2222-2222-222222222222',
      },
      { status },
    );

const secretCredential = (fetch: Fetch, more: object = {}) =>
  entraCredential({ ...app, clientSecret: 'the-secret', fetch, clock: testClock(), ...more });

const form = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

describe('entraCredential with a secret', () => {
  it('makes one POST in every known cloud, without discovery', async () => {
    for (const name of Object.keys(clouds) as CloudName[]) {
      const { fetch, requests, bodies } = scriptedFetch(token('t1'));
      const credential = secretCredential(fetch, { cloud: name });
      expect((await credential.getToken(scope))?.token).toBe('t1');
      expect(credential.cloud).toBe(clouds[name]);
      expect(requests.map((one) => `${one.method} ${one.url.replace(/\?.*/, '')}`)).toEqual([
        `POST ${clouds[name].authority}/contoso.example/oauth2/v2.0/token`,
      ]);
      expect(form(bodies[0])).toMatchObject({
        grant_type: 'client_credentials',
        client_id: app.clientId,
        client_secret: 'the-secret',
        scope,
      });
    }
  });

  it('asks anew every time: the cache is not here', async () => {
    const { fetch } = scriptedFetch(token('t1'), token('t2'));
    const credential = secretCredential(fetch);
    expect((await credential.getToken(scope))?.token).toBe('t1');
    expect((await credential.getToken(scope))?.token).toBe('t2');
  });

  it('counts lifetimes by the clock', async () => {
    const { fetch } = scriptedFetch(token('t1', { refresh_in: 1800 }));
    const clock = testClock(5_000_000);
    expect(await secretCredential(fetch, { clock }).getToken([scope])).toEqual({
      token: 't1',
      expiresOnTimestamp: 5_000_000 + 3_599_000,
      refreshAfterTimestamp: 5_000_000 + 1_800_000,
    });
  });

  it.each([
    ['7000215', 401, /value of the secret/],
    ['7000222', 401, /expired/],
    ['700016', 400, /clientId, tenantId and cloud/],
    ['90002', 400, /tenantId/],
    ['65001', 400, /consent/],
    ['53003', 400, /conditional access/],
    ['500011', 400, /resource/],
    ['50034', 400, /user does not exist/],
    ['424242', 400, /Check tenantId/],
  ])('says what to do about AADSTS%s and does not try again', async (code, status, action) => {
    const { fetch, requests } = scriptedFetch(refusal(code, status));
    const error = await captureError(secretCredential(fetch).getToken(scope));
    expect(error).toMatchObject({
      name: 'AuthenticationError',
      code: `AADSTS${code}`,
      status,
      requestId: '22222222-2222-2222-2222-222222222222',
      message: expect.stringMatching(action) as string,
    });
    expect(requests).toHaveLength(1);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('the-secret');
  });

  it('does not repeat a secret that the endpoint quotes', async () => {
    const { fetch } = scriptedFetch(refusal('7000215', 401, "Wrong secret 'the-secret'."));
    const error = await captureError(secretCredential(fetch).getToken(scope));
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('the-secret');
    expect(error).toMatchObject({ code: 'AADSTS7000215' });
  });

  it('retries what passes: 503, 429 and broken connections', async () => {
    const { fetch, requests } = scriptedFetch(
      new Response('', { status: 503 }),
      new Response('', { status: 429, headers: { 'retry-after': '7' } }),
      connectionReset(),
      token('t1'),
    );
    const clock = testClock();
    expect((await secretCredential(fetch, { clock }).getToken(scope))?.token).toBe('t1');
    expect(requests).toHaveLength(4);
    expect(clock.slept).toContain(7000);
  });

  it('retries what Entra calls transient, whatever its status', async () => {
    const { fetch, requests } = scriptedFetch(refusal('90033', 400), token('t1'));
    expect((await secretCredential(fetch).getToken(scope))?.token).toBe('t1');
    expect(requests).toHaveLength(2);
  });

  it('says so when a callback gives nothing, and asks it again next time', async () => {
    const secrets = ['', 'the-secret'];
    const { fetch, requests } = scriptedFetch(token('t1'));
    const credential = secretCredential(fetch, { clientSecret: () => secrets.shift() });
    await expect(credential.getToken(scope)).rejects.toMatchObject({ path: 'options.clientSecret' });
    expect(requests).toHaveLength(0);
    expect((await credential.getToken(scope))?.token).toBe('t1');
  });

  it('ends a hang with a timeout', async () => {
    const hang: Fetch = (request) =>
      new Promise((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason as Error)),
      );
    await expect(
      secretCredential(hang, { timeoutInMs: 20, retry: { maxRetries: 1 } }).getToken(scope),
    ).rejects.toMatchObject({ name: 'ConnectionError', code: 'timeout' });
  });

  it('rejects with the reason of the signal', async () => {
    const controller = new AbortController();
    const { fetch } = scriptedFetch(() => {
      controller.abort(new Error('enough'));
      return new Response('', { status: 503 });
    });
    await expect(secretCredential(fetch).getToken(scope, { abortSignal: controller.signal })).rejects.toThrow(
      'enough',
    );
  });

  it('tells a page in between from a token', async () => {
    const { fetch } = scriptedFetch(() => new Response('<html>sign in to the hotel</html>'));
    await expect(secretCredential(fetch, { retry: { maxRetries: 0 } }).getToken(scope)).rejects.toMatchObject(
      {
        name: 'ResponseFormatError',
        message: expect.not.stringContaining('hotel') as string,
      },
    );
  });

  it('reads a secret again, once, when it was refused', async () => {
    const secrets = ['old', 'new'];
    let reads = 0;
    const { fetch, bodies } = scriptedFetch(refusal('7000222', 401), token('t1'), token('t2'));
    const credential = secretCredential(fetch, { clientSecret: async () => secrets[reads++] });
    expect((await credential.getToken(scope))?.token).toBe('t1');
    await credential.getToken(scope);
    expect(bodies.map((body) => form(body)['client_secret'])).toEqual(['old', 'new', 'new']);
    expect(reads).toBe(2);
  });

  it('does not read it again for other refusals, nor a third time', async () => {
    for (const [code, asked] of [
      ['700016', 1],
      ['7000215', 2],
    ] as const) {
      let reads = 0;
      const { fetch, requests } = scriptedFetch(refusal(code));
      const credential = secretCredential(fetch, { clientSecret: () => `secret ${++reads}` });
      await expect(credential.getToken(scope)).rejects.toMatchObject({ code: `AADSTS${code}` });
      expect([requests.length, reads]).toEqual([asked, asked]);
    }
  });
});

describe('entraCredential, its other proofs', () => {
  it('signs with a certificate and names it by its SHA-256 thumbprint', async () => {
    const { keyPem, certificatePem } = issue('app');
    const other = issue('some authority').certificatePem;
    for (const pem of [keyPem + certificatePem, other + certificatePem + keyPem]) {
      const { fetch, bodies } = scriptedFetch(token('t1'));
      await entraCredential({ ...app, certificate: { pem: () => pem }, fetch }).getToken(scope);
      const [header = '', payload = ''] = (form(bodies[0])['client_assertion'] ?? '').split('.');
      const der = new X509Certificate(certificatePem).raw;
      expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
        alg: 'PS256',
        'x5t#S256': createHash('sha256').update(der).digest('base64url'),
      });
      expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
        iss: app.clientId,
        sub: app.clientId,
        aud: 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token',
      });
    }
  });

  it('reads a rotated certificate again when Entra does not know the old one', async () => {
    const pems = [issue('old'), issue('new')].map((one) => one.keyPem + one.certificatePem);
    const { fetch, bodies } = scriptedFetch(refusal('700027', 401), token('t1'));
    let reads = 0;
    await entraCredential({ ...app, certificate: { pem: () => pems[reads++] ?? '' }, fetch }).getToken(scope);
    expect(new Set(bodies.map((body) => form(body)['client_assertion']?.split('.')[0])).size).toBe(2);
  });

  it('explains a PEM that cannot be used, without any of it', async () => {
    const { keyPem, certificatePem } = issue('app');
    const stranger = issue('stranger').keyPem;
    for (const pem of [
      keyPem,
      certificatePem,
      certificatePem + stranger,
      certificatePem + keyPem.slice(0, 200),
    ]) {
      const error = await captureError(
        entraCredential({ ...app, certificate: { pem }, fetch: scriptedFetch(token('t')).fetch }).getToken(
          scope,
        ),
      );
      expect(error).toMatchObject({ name: 'ArgumentError', path: 'options.certificate.pem' });
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(keyPem.slice(40, 80));
    }
  });

  it('asks for an assertion for every token', async () => {
    let count = 0;
    const { fetch, bodies } = scriptedFetch(token('t1'));
    const credential = entraCredential({ ...app, assertion: async () => `jwt-${++count}`, fetch });
    await credential.getToken(scope);
    await credential.getToken(scope);
    expect(bodies.map((body) => form(body)['client_assertion'])).toEqual(['jwt-1', 'jwt-2']);
    expect(form(bodies[0])['client_assertion_type']).toBe(
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    );
  });

  it('redeems a refresh token and goes on with the newest', async () => {
    const { fetch, bodies } = scriptedFetch(token('t1', { refresh_token: 'r2' }), token('t2'));
    const credential = entraCredential({ ...app, refreshToken: 'r1', fetch });
    expect((await credential.getToken(scope))?.token).toBe('t1');
    expect((await credential.getToken(scope))?.token).toBe('t2');
    expect(bodies.map((body) => form(body)['refresh_token'])).toEqual(['r1', 'r2']);
    expect(form(bodies[0])).toMatchObject({ grant_type: 'refresh_token', client_id: app.clientId });
  });
});

it('two proofs do not compile, nor does none', () => {
  // @ts-expect-error exactly one
  expect(() => entraCredential({ ...app, clientSecret: 's', refreshToken: 'r' })).toThrow(ArgumentError);
  // @ts-expect-error exactly one
  expect(() => entraCredential(app)).toThrow(ArgumentError);
});

describe('entraCredential and its authority', () => {
  const authority = 'https://identity.fabrikam.example';
  const cloud = { ...clouds.public, name: 'fabrikam', authority };

  it('discovers the endpoint of an authority that is not one of Microsoft', async () => {
    const { fetch, requests } = scriptedFetch(
      () =>
        Response.json({
          issuer: `${authority}/contoso.example/v2.0`,
          authorization_endpoint: `${authority}/contoso.example/oauth2/v2.0/authorize`,
          token_endpoint: `${authority}/contoso.example/oauth2/v2.0/token`,
          jwks_uri: `${authority}/keys`,
        }),
      token('t1'),
    );
    expect((await secretCredential(fetch, { cloud }).getToken(scope))?.token).toBe('t1');
    expect(requests.map((one) => `${one.method} ${one.url.replace(/\?.*/, '')}`)).toEqual([
      `GET ${authority}/contoso.example/v2.0/.well-known/openid-configuration`,
      `POST ${authority}/contoso.example/oauth2/v2.0/token`,
    ]);
  });

  it('passes on why the authority could not be reached', async () => {
    const { fetch } = scriptedFetch(connectionReset());
    await expect(secretCredential(fetch, { cloud }).getToken(scope)).rejects.toMatchObject({
      name: 'ConnectionError',
      code: 'reset',
    });
  });

  it.each([
    ['http', { cloud: { ...cloud, authority: 'http://127.0.0.1:8080' } }, 'options.cloud.authority'],
    ['no URL', { cloud: { ...cloud, authority: 'login' } }, 'options.cloud.authority'],
    ['a path as tenant', { tenantId: '../evil' }, 'options.tenantId'],
    ['no client', { clientId: '' }, 'options.clientId'],
    ['an empty secret', { clientSecret: '' }, 'options.clientSecret'],
    ['nothing', { clientSecret: undefined }, 'options'],
    ['two proofs', { refreshToken: 'r' }, 'options'],
    ['an unknown cloud', { cloud: 'mars' }, 'options.cloud'],
  ])('refuses %s', (_, more, path) => {
    try {
      secretCredential(scriptedFetch(token('t')).fetch, more);
      expect.unreachable();
    } catch (error) {
      expect(ArgumentError.isInstance(error) && error.path).toBe(path);
    }
  });
});

describe('entraCredential inside a client', () => {
  it('fails the call as it failed itself, without a second round of retries', async () => {
    const identity = scriptedFetch(refusal('7000215', 401));
    const tokens = createTokenCache(secretCredential(identity.fetch));
    const service = scriptedFetch(Response.json({}));
    await expect(
      createTestHttp(service.fetch, {
        authorize: async () => ({ headers: { authorization: `Bearer ${await tokens.get(scope)}` } }),
      }).send(call),
    ).rejects.toMatchObject({ name: 'AuthenticationError', code: 'AADSTS7000215' });
    expect([identity.requests.length, service.requests.length]).toEqual([1, 0]);
  });
});
