import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
} from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { contoso, createCertificate, createEmulator } from '../src/index.js';
import type { Emulator, Listening } from '../src/index.js';

describe('the official clients, over TLS', () => {
  let emulator: Emulator;
  let server: Listening;
  let folder: string;

  beforeAll(async () => {
    emulator = createEmulator();
    server = await emulator.listen();
    folder = await mkdtemp(join(tmpdir(), 'audit-emulator-test-'));
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const options = (): object => ({
    authorityHost: server.origin,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: server.caPem },
    retryOptions: { maxRetries: 0 },
  });
  const secretCredential = (secret: string = contoso.clientSecret): ClientSecretCredential =>
    new ClientSecretCredential(contoso.tenantId, contoso.clientId, secret, options());
  const secrets = (credential: ClientSecretCredential | ClientCertificateCredential): SecretClient =>
    new SecretClient(server.origin, credential, {
      disableChallengeResourceVerification: true,
      tlsOptions: { ca: server.caPem },
      retryOptions: { maxRetries: 0 },
    });

  it('ClientSecretCredential gets a token with its roles', async () => {
    const token = await secretCredential().getToken('https://manage.office.com/.default');
    expect(decodeJwt(token.token)).toMatchObject({
      aud: 'https://manage.office.com',
      appid: contoso.clientId,
    });
  });

  it('ClientSecretCredential with a wrong secret shows the AADSTS code', async () => {
    await expect(secretCredential('wrong').getToken('https://manage.office.com/.default')).rejects.toThrow(
      'AADSTS7000215',
    );
  });

  it('ClientCertificateCredential signs, for a tenant given by its domain', async () => {
    const certificate = createCertificate({ commonName: 'audit-collector', keyType: 'rsa' });
    emulator.state.entra.registerCertificate(contoso.clientId, certificate.certificatePem);
    const file = join(folder, 'app.pem');
    await writeFile(file, certificate.privateKeyPem + certificate.certificatePem);
    const credential = new ClientCertificateCredential(
      contoso.domain,
      contoso.clientId,
      { certificatePath: file },
      options(),
    );
    const { token } = await credential.getToken('https://vault.azure.net/.default');
    expect(decodeJwt(token)).toMatchObject({ tid: contoso.tenantId });
  });

  it('ClientAssertionCredential exchanges the token of a foreign issuer', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const issuer = 'https://token.actions.example';
    const audience = 'api://AzureADTokenExchange';
    emulator.state.entra.issuers.set(issuer, { keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256' }] });
    emulator.state.entra.apps[0]?.federated.push({ issuer, subject: 'repo:contoso/audit', audience });
    const credential = new ClientAssertionCredential(
      contoso.tenantId,
      contoso.clientId,
      () =>
        new SignJWT()
          .setProtectedHeader({ alg: 'RS256' })
          .setIssuer(issuer)
          .setSubject('repo:contoso/audit')
          .setAudience(audience)
          .setExpirationTime('5m')
          .sign(privateKey),
      options(),
    );
    const { token } = await credential.getToken('https://monitor.azure.com/.default');
    expect(decodeJwt(token)).toMatchObject({ aud: 'https://monitor.azure.com' });
  });

  it('ManagedIdentityCredential finds the identity of App Service', async () => {
    vi.stubEnv('IDENTITY_ENDPOINT', `${server.origin}/msi/token`);
    vi.stubEnv('IDENTITY_HEADER', emulator.state.entra.identityHeader);
    try {
      const { token } = await new ManagedIdentityCredential(options()).getToken(
        'https://monitor.azure.com/.default',
      );
      expect(decodeJwt(token)).toMatchObject({ aud: 'https://monitor.azure.com', tid: contoso.tenantId });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('SecretClient follows the challenge to the secret, its versions and its errors', async () => {
    const client = secrets(secretCredential());
    const first = await client.getSecret('mcas-api-token');
    expect(first).toMatchObject({ name: 'mcas-api-token', value: contoso.mcasToken });
    emulator.state.keyVault.setSecret('mcas-api-token', 'fake-renewed');
    expect((await client.getSecret('mcas-api-token')).value).toBe('fake-renewed');
    const { version = '' } = first.properties;
    expect((await client.getSecret('mcas-api-token', { version })).value).toBe(contoso.mcasToken);
    expect((await client.getSecret('workspace-shared-key')).value).toBe(contoso.sharedKey);
    await expect(client.getSecret('nothing')).rejects.toMatchObject({
      statusCode: 404,
      code: 'SecretNotFound',
    });
  });

  it('SecretClient sets a secret, and lists secrets and versions without their values', async () => {
    const client = secrets(secretCredential());
    const expiresOn = new Date(Date.UTC(2030, 0, 1));
    const first = await client.setSecret('new-one', 'fake-1', { contentType: 'text/plain', expiresOn });
    expect(first).toMatchObject({
      name: 'new-one',
      value: 'fake-1',
      properties: { contentType: 'text/plain', expiresOn },
    });
    await client.setSecret('new-one', 'fake-2');
    const names: string[] = [];
    for await (const one of client.listPropertiesOfSecrets()) names.push(one.name);
    expect(names).toEqual(expect.arrayContaining(['mcas-api-token', 'workspace-shared-key', 'new-one']));
    const versions = [];
    for await (const one of client.listPropertiesOfSecretVersions('new-one')) versions.push(one);
    expect(versions).toHaveLength(2);
    expect(JSON.stringify(versions)).not.toContain('fake-');
    const values = await Promise.all(
      versions.map(async ({ version = '' }) => (await client.getSecret('new-one', { version })).value),
    );
    expect(values).toEqual(['fake-1', 'fake-2']);
  });
});
