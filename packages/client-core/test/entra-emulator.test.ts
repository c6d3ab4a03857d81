import { generateKeyPairSync, sign } from 'node:crypto';
import { contoso, createEmulator } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { afterEach, describe, expect, it } from 'vitest';
import { createTokenCache, entraCredential, managedIdentity } from '../src/index.js';
import { http, moveDateWith } from './helpers.js';
import { issue } from './x509.js';

const app = { tenantId: contoso.tenantId, clientId: contoso.clientId };
const audience = 'https://manage.office.com';
const scope = `${audience}/.default`;
const year = 365 * 86_400_000;

const restorers: (() => void)[] = [];
afterEach(() => {
  for (const restore of restorers.splice(0)) restore();
});

const emulate = () => createEmulator({ clock: 'virtual', start: Date.parse('2026-03-01T00:00:00Z') });

/** Whether a service would take the token, by the emulator's keys, clock and audience. */
async function accepted(emulator: Emulator, token: string | undefined): Promise<boolean> {
  return (await emulator.state.entra.verify(`Bearer ${token}`, [audience])).ok;
}

describe('against an emulated Entra ID', () => {
  it('a secret gets a token that services accept, in any cloud', async () => {
    const emulator = emulate();
    for (const cloud of ['public', 'gcc', 'gcc-high', 'dod', 'china'] as const) {
      const { fetch, clock } = emulator;
      const credential = entraCredential({ ...app, clientSecret: contoso.clientSecret, cloud, fetch, clock });
      const token = await credential.getToken(scope);
      expect(await accepted(emulator, token?.token)).toBe(true);
      expect(token?.expiresOnTimestamp).toBe(clock.now() + 3_599_000);
    }
  });

  it('a rotated secret is read again', async () => {
    const emulator = emulate();
    const registered = emulator.state.entra.findApp(app.tenantId, app.clientId);
    let current: string = contoso.clientSecret;
    const credential = entraCredential({ ...app, clientSecret: () => current, fetch: emulator.fetch });
    await credential.getToken(scope);
    emulator.state.entra.expireSecret(app.clientId);
    registered?.secrets.push({ value: 'fake-second-secret' });
    await expect(credential.getToken(scope)).rejects.toMatchObject({ code: 'AADSTS7000222', status: 401 });
    current = 'fake-second-secret';
    expect(await accepted(emulator, (await credential.getToken(scope))?.token)).toBe(true);
  });

  it.each([
    ['a wrong secret', { clientSecret: 'fake-wrong' }, scope, 'AADSTS7000215'],
    ['another tenant', { tenantId: 'fabrikam.example' }, scope, 'AADSTS700016'],
    ['an unknown tenant', { tenantId: 'nowhere.example' }, scope, 'AADSTS90002'],
    ['an unknown resource', {}, 'https://unknown.fabrikam.example/.default', 'AADSTS500011'],
  ])('%s is refused by its code', async (_, more, wanted, code) => {
    const { fetch } = emulate();
    const credential = entraCredential({ ...app, clientSecret: contoso.clientSecret, fetch, ...more });
    await expect(credential.getToken(wanted)).rejects.toMatchObject({
      name: 'AuthenticationError',
      code,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
  });

  it('a certificate signs in, also years from now', async () => {
    const emulator = emulate();
    const { keyPem, certificatePem } = issue('audit-collector');
    emulator.state.entra.registerCertificate(app.clientId, certificatePem);
    const time = moveDateWith(emulator.clock);
    restorers.push(time.restore);
    const { fetch, clock } = emulator;
    const credential = entraCredential({
      ...app,
      certificate: { pem: keyPem + certificatePem },
      fetch,
      clock,
    });
    expect(await accepted(emulator, (await credential.getToken(scope))?.token)).toBe(true);
    await time.advance(3 * year);
    expect(await accepted(emulator, (await credential.getToken(scope))?.token)).toBe(true);
    await emulator.clock.advance(year);
    await expect(credential.getToken(scope)).rejects.toMatchObject({
      code: 'AADSTS700024',
      message: expect.stringContaining('clock of this machine') as string,
    });
  });

  it('an assertion of a federated issuer signs in', async () => {
    const emulator = emulate();
    const { entra } = emulator.state;
    const federated = {
      issuer: 'https://tokens.fabrikam.example',
      subject: 'repo:contoso/audit',
      audience: 'api://AzureADTokenExchange',
    };
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    entra.findApp(app.tenantId, app.clientId)?.federated.push(federated);
    entra.issuers.set(federated.issuer, {
      keys: [{ ...publicKey.export({ format: 'jwk' }), kty: 'RSA', kid: 'k1', alg: 'RS256' }],
    });
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const assertion = () => {
      const now = Math.floor(emulator.clock.now() / 1000);
      const claims = { iss: federated.issuer, sub: federated.subject, aud: federated.audience };
      const head = `${encode({ alg: 'RS256', kid: 'k1' })}.${encode({ ...claims, nbf: now, exp: now + 300 })}`;
      return `${head}.${sign('sha256', Buffer.from(head), privateKey).toString('base64url')}`;
    };
    const { token = '' } =
      (await entraCredential({ ...app, assertion, fetch: emulator.fetch }).getToken(scope)) ?? {};
    expect(await accepted(emulator, token)).toBe(true);
  });

  it('managed identities sign in on a machine and in a function app', async () => {
    const emulator = emulate();
    const { fetch, clock } = emulator;
    const environments = [
      {},
      {
        IDENTITY_ENDPOINT: 'http://127.0.0.1:41000/msi/token',
        IDENTITY_HEADER: emulator.state.entra.identityHeader,
      },
    ];
    for (const environment of environments) {
      const token = await managedIdentity({ environment, fetch, clock }).getToken(scope);
      expect(await accepted(emulator, token?.token)).toBe(true);
      expect(token?.expiresOnTimestamp).toBe(clock.now() + 3_599_000);
    }
    const stranger = managedIdentity({ environment: {}, clientId: 'unknown', fetch, clock });
    await expect(stranger.getToken(scope)).rejects.toMatchObject({
      name: 'AuthenticationError',
      message: expect.stringContaining('Identity not found') as string,
    });
  });

  it('a 401 leads to a second token request and another token', async () => {
    const emulator = emulate();
    const used: (string | null)[] = [];
    // This machine's clock stands still: it believes in a token that the service knows to be over.
    const slow = emulator.clock.now();
    const clock = { now: () => slow, sleep: async () => {} };
    const credential = entraCredential({
      ...app,
      clientSecret: contoso.clientSecret,
      fetch: emulator.fetch,
      clock,
    });
    const tokens = createTokenCache(credential, clock);
    const client = http(
      async (request) => {
        used.push(request.headers.get('authorization'));
        const { ok } = await emulator.state.entra.verify(used.at(-1) ?? null, [audience]);
        return ok ? Response.json([]) : new Response('{}', { status: 401 });
      },
      {
        clock,
        authorize: async () => {
          const token = await tokens.get(scope);
          return {
            headers: { authorization: `Bearer ${token}` },
            refused: () => tokens.invalidate(scope, token),
          };
        },
      },
    );
    const send = () =>
      client.send({ operation: 'o', method: 'GET', url: 'https://api.example/', idempotent: true });
    await send();
    await emulator.clock.advance(2 * 3_600_000);
    expect((await send()).status).toBe(200);
    expect([used.length, new Set(used).size]).toEqual([3, 2]);
    expect(used[0]).toBe(used[1]);
  });
});
