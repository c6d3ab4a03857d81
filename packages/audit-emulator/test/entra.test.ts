import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, importPKCS8, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';
import { createCertificate } from '../src/tls/certificate.js';

const login = 'https://login.microsoftonline.com';
const start = Date.UTC(2026, 10, 20);

function emulator(): Emulator {
  return createEmulator({ clock: 'manual', start });
}

async function post(
  target: Emulator,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const url = path.startsWith('http') ? path : `${login}${path}`;
  const response = await target.fetch(
    new Request(url, { method: 'POST', body: new URLSearchParams(form), headers }),
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const secretForm = {
  grant_type: 'client_credentials',
  client_id: contoso.clientId,
  client_secret: contoso.clientSecret,
};
const v2 = { ...secretForm, scope: 'https://manage.office.com/.default' };
const v2Path = `/${contoso.tenantId}/oauth2/v2.0/token`;

describe('client credentials', () => {
  it('v2 answers numbers and a signed token with audience, roles and lifetime', async () => {
    const target = emulator();
    const { status, body } = await post(target, v2Path, v2);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
    const token = body['access_token'] as string;
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256' });
    expect(decodeJwt(token)).toMatchObject({
      aud: 'https://manage.office.com',
      iss: `https://sts.windows.net/${contoso.tenantId}/`,
      tid: contoso.tenantId,
      appid: contoso.clientId,
      roles: ['ActivityFeed.Read', 'ActivityFeed.ReadDlp'],
      iat: start / 1000,
      exp: start / 1000 + 3599,
    });
    expect(await target.state.entra.verify(`Bearer ${token}`, ['https://manage.office.com/'])).toMatchObject({
      ok: true,
      claims: { tid: contoso.tenantId },
    });
  });

  it('v1 answers numbers as strings, for the domain as for the GUID', async () => {
    const { body } = await post(emulator(), `/${contoso.domain}/oauth2/token`, {
      ...secretForm,
      resource: '05a65629-4c1b-48c1-a78b-804c4abdd4af',
    });
    expect(body).toMatchObject({
      expires_in: '3599',
      expires_on: String(start / 1000 + 3599),
      resource: '05a65629-4c1b-48c1-a78b-804c4abdd4af',
    });
    expect(decodeJwt(body['access_token'] as string)['roles']).toContain('investigation.manage');
  });

  it('takes the client from HTTP Basic', async () => {
    const basic = Buffer.from(`${contoso.clientId}:${encodeURIComponent(contoso.clientSecret)}`).toString(
      'base64',
    );
    const { status } = await post(
      emulator(),
      v2Path,
      { grant_type: 'client_credentials', scope: v2.scope },
      { authorization: `Basic ${basic}` },
    );
    expect(status).toBe(200);
  });

  it('a government resource has the same app roles', async () => {
    const { body } = await post(emulator(), v2Path, { ...v2, scope: 'https://manage.office365.us/.default' });
    expect(decodeJwt(body['access_token'] as string)['roles']).toContain('ActivityFeed.Read');
  });
});

describe('refusals', () => {
  const cases: [string, number, number, (target: Emulator) => Promise<{ status: number; body: unknown }>][] =
    [
      ['a wrong secret', 7000215, 401, (e) => post(e, v2Path, { ...v2, client_secret: 'wrong' })],
      [
        'an expired secret',
        7000222,
        401,
        (e) => {
          e.state.entra.expireSecret(contoso.clientId);
          return post(e, v2Path, v2);
        },
      ],
      ['an app not in the tenant', 700016, 400, (e) => post(e, '/fabrikam.example/oauth2/v2.0/token', v2)],
      ['an unknown tenant', 90002, 400, (e) => post(e, '/nobody.example/oauth2/v2.0/token', v2)],
      [
        'no consent',
        65001,
        400,
        (e) => {
          for (const app of e.state.entra.apps) app.consented = false;
          return post(e, v2Path, v2);
        },
      ],
      [
        'Conditional Access',
        53003,
        400,
        (e) => {
          for (const app of e.state.entra.apps) app.blockedByConditionalAccess = true;
          return post(e, v2Path, v2);
        },
      ],
      [
        'an unknown resource',
        500011,
        400,
        (e) => post(e, v2Path, { ...v2, scope: 'https://other.example/.default' }),
      ],
      [
        'a scope that is not /.default',
        1002012,
        400,
        (e) => post(e, v2Path, { ...v2, scope: 'ActivityFeed.Read' }),
      ],
      ['no proof of the client', 7000216, 401, (e) => post(e, v2Path, { ...v2, client_secret: '' })],
    ];
  it.each(cases)('%s is AADSTS%i', async (_name, code, status, ask) => {
    const answer = await ask(emulator());
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error: expect.any(String) as string,
      error_description: expect.stringMatching(new RegExp(`^AADSTS${code}: .+ Trace ID: `)) as string,
      error_codes: [code],
      timestamp: '2026-11-20 00:00:00Z',
      trace_id: expect.any(String) as string,
      correlation_id: expect.any(String) as string,
    });
    expect(JSON.stringify(answer.body)).not.toContain(contoso.clientSecret);
  });
});

describe('signed assertions', () => {
  type Options = {
    alg?: 'RS256' | 'PS256';
    sha256?: boolean;
    aud?: string;
    exp?: number;
    otherKey?: boolean;
    sub?: string;
    otherThumbprint?: boolean;
    type?: string;
  };

  async function ask(
    target: Emulator,
    options: Options = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const { alg = 'PS256', sha256 = true, aud = `${login}${v2Path}`, exp = start / 1000 + 600 } = options;
    const certificate = createCertificate({ commonName: 'audit-collector', keyType: 'rsa' });
    const registered = target.state.entra.registerCertificate(contoso.clientId, certificate.certificatePem);
    const signer = options.otherKey
      ? createCertificate({ commonName: 'other', keyType: 'rsa' })
      : certificate;
    const key = await importPKCS8(signer.privateKeyPem, alg);
    const assertion = await new SignJWT({ jti: '1' })
      .setProtectedHeader({
        alg,
        ...(sha256 ? { 'x5t#S256': registered.x5tS256 } : { x5t: registered.x5t }),
        ...(options.otherThumbprint && { x5t: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' }),
      })
      .setIssuer(contoso.clientId)
      .setSubject(options.sub ?? contoso.clientId)
      .setAudience(aud)
      .setNotBefore(start / 1000)
      .setExpirationTime(exp)
      .sign(key);
    return post(target, v2Path, {
      grant_type: 'client_credentials',
      client_id: contoso.clientId,
      scope: v2.scope,
      client_assertion_type: options.type ?? 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
  }

  it.each<[string, Options]>([
    ['PS256 with x5t#S256', {}],
    ['RS256 with x5t', { alg: 'RS256', sha256: false }],
    ['the v1 token URL as audience', { aud: `${login}/${contoso.domain}/oauth2/token` }],
  ])('%s is accepted', async (_name, options) => {
    expect((await ask(emulator(), options)).status).toBe(200);
  });

  it.each<[string, number, Options]>([
    ['another key', 700027, { otherKey: true }],
    ['an assertion of the past', 700024, { exp: start / 1000 - 3600 }],
    ['another subject', 700021, { sub: 'somebody' }],
    ['a wrong thumbprint beside a right one', 700027, { otherThumbprint: true }],
    ['another type of assertion', 900144, { type: 'x' }],
    ['an audience elsewhere', 700023, { aud: 'https://login.fabrikam.example/x' }],
  ])('%s is AADSTS%i', async (_name, code, options) => {
    expect((await ask(emulator(), options)).body['error_codes']).toEqual([code]);
  });

  it('a certificate nobody registered is AADSTS700027', async () => {
    const target = emulator();
    const register = target.state.entra.registerCertificate;
    target.state.entra.registerCertificate = (_id, pem) => register('nobody', pem);
    expect((await ask(target)).body['error_codes']).toEqual([700027]);
  });

  it('an assertion of a registered foreign issuer is exchanged, of another subject is not', async () => {
    const target = emulator();
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const issuer = 'https://token.actions.example';
    target.state.entra.issuers.set(issuer, {
      keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }],
    });
    target.state.entra.apps[0]?.federated.push({
      issuer,
      subject: 'repo:contoso/audit',
      audience: 'api://AzureADTokenExchange',
    });
    const exchange = async (subject: string): Promise<{ status: number; body: Record<string, unknown> }> =>
      post(target, v2Path, {
        grant_type: 'client_credentials',
        client_id: contoso.clientId,
        scope: v2.scope,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await new SignJWT()
          .setProtectedHeader({ alg: 'RS256', kid: 'k' })
          .setIssuer(issuer)
          .setSubject(subject)
          .setAudience('api://AzureADTokenExchange')
          .setExpirationTime(start / 1000 + 60)
          .sign(privateKey),
      });
    expect((await exchange('repo:contoso/audit')).status).toBe(200);
    expect((await exchange('repo:fabrikam/audit')).body['error_codes']).toEqual([700213]);
  });
});

describe('refresh tokens', () => {
  const form = {
    ...secretForm,
    grant_type: 'refresh_token',
    refresh_token: 'fake-refresh-token-of-contoso',
    scope: 'https://manage.office.com/ActivityFeed.Read offline_access',
  };

  it('give a delegated token and the next refresh token', async () => {
    const target = emulator();
    const { body } = await post(target, v2Path, form);
    expect(decodeJwt(body['access_token'] as string)).toMatchObject({ scp: 'ActivityFeed.Read' });
    const again = await post(target, v2Path, { ...form, refresh_token: body['refresh_token'] as string });
    expect(again.status).toBe(200);
  });

  it('are refused when unknown, and without consent', async () => {
    const target = emulator();
    const unknown = await post(target, v2Path, { ...form, refresh_token: 'other' });
    expect(unknown.body['error_codes']).toEqual([70000]);
    const more = await post(target, v2Path, {
      ...form,
      scope: 'https://manage.office.com/ActivityFeed.ReadDlp',
    });
    expect(more.body['error_codes']).toEqual([65001]);
  });
});

describe('verify', () => {
  const audience = 'https://vault.azure.net';

  it('tells missing, malformed, foreign, expired and misdirected tokens apart', async () => {
    const target = emulator();
    const { entra } = target.state;
    const app = entra.apps[0];
    if (!app) throw new Error('no seeded app');
    const token = await entra.issueToken(app, audience);
    const { privateKey } = await generateKeyPair('RS256');
    const foreignToken = await new SignJWT(decodeJwt(token))
      .setProtectedHeader({ alg: 'RS256', kid: 'foreign' })
      .sign(privateKey);
    const reason = async (header: string | null, audiences: string[] = [audience]): Promise<string> => {
      const verdict = await entra.verify(header, audiences);
      return verdict.ok ? 'ok' : verdict.reason;
    };
    expect(await reason(null)).toBe('missing');
    expect(await reason('Token abc')).toBe('malformed');
    expect(await reason('Bearer abc')).toBe('malformed');
    expect(await reason(`Bearer ${foreignToken}`)).toBe('signature');
    expect(await reason(`Bearer ${token}`, ['https://manage.office.com'])).toBe('audience');
    expect(await reason(`Bearer ${token}`)).toBe('ok');
    expect(await reason(`Bearer ${await entra.mint.expire(token)}`)).toBe('expired');
    await target.clock.advance(3_600_000);
    expect(await reason(`Bearer ${token}`)).toBe('expired');
  });
});

describe('discovery', () => {
  const get = async (url: string): Promise<Record<string, unknown>> =>
    (await (await emulator().fetch(new Request(url))).json()) as Record<string, unknown>;

  it.each([contoso.tenantId, contoso.domain])('the issuer of %s carries the GUID', async (tenant) => {
    const two = await get(`${login}/${tenant}/v2.0/.well-known/openid-configuration`);
    expect(two).toMatchObject({
      issuer: `${login}/${contoso.tenantId}/v2.0`,
      token_endpoint: `${login}/${tenant}/oauth2/v2.0/token`,
    });
    const one = await get(`${login}/${tenant}/.well-known/openid-configuration`);
    expect(one).toMatchObject({ issuer: `https://sts.windows.net/${contoso.tenantId}/` });
  });

  it('stays on the origin it was asked on', async () => {
    const two = await get(`https://localhost:8443/${contoso.domain}/v2.0/.well-known/openid-configuration`);
    expect(two).toMatchObject({
      issuer: `https://localhost:8443/${contoso.tenantId}/v2.0`,
      jwks_uri: `https://localhost:8443/${contoso.domain}/discovery/v2.0/keys`,
    });
  });

  it('names the clouds and the keys', async () => {
    const instance = await get(
      `${login}/common/discovery/instance?api-version=1.1&authorization_endpoint=${login}/x/oauth2/v2.0/authorize`,
    );
    expect(instance['tenant_discovery_endpoint']).toBe(`${login}/x/v2.0/.well-known/openid-configuration`);
    const { keys } = await get(`${login}/common/discovery/v2.0/keys`);
    expect(keys).toMatchObject([{ kty: 'RSA', alg: 'RS256' }]);
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });
});

describe('managed identity', () => {
  const imds =
    'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net';
  const app = 'https://localhost:8443/msi/token?api-version=2019-08-01&resource=https://vault.azure.net';

  it('IMDS wants its header', async () => {
    const target = emulator();
    expect((await target.fetch(new Request(imds))).status).toBe(400);
    const response = await target.fetch(new Request(imds, { headers: { Metadata: 'true' } }));
    expect(await response.json()).toMatchObject({
      token_type: 'Bearer',
      expires_in: '3599',
      expires_on: String(start / 1000 + 3599),
    });
  });

  it('App Service wants its own', async () => {
    const target = emulator();
    expect((await target.fetch(new Request(app))).status).toBe(401);
    const headers = { 'X-IDENTITY-HEADER': target.state.entra.identityHeader };
    expect((await target.fetch(new Request(app, { headers }))).status).toBe(200);
    expect((await target.fetch(new Request(`${app}&client_id=nobody`, { headers }))).status).toBe(400);
  });
});
