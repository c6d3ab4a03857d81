import { MonitorClient } from '@azure/arm-monitor';
import { OperationalInsightsManagementClient } from '@azure/arm-operationalinsights';
import { ClientSecretCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { LogsIngestionClient } from '@azure/monitor-ingestion';
import { LogsQueryClient } from '@azure/monitor-query-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Listening } from '../src/index.js';

/** What the official clients do not accept of an emulator: docs/audit-emulator.md says how to meet it. */
describe('official clients refuse', () => {
  const emulator = createEmulator();
  let tls: Listening;
  let plain: Listening;
  beforeAll(async () => {
    tls = await emulator.listen();
    plain = await emulator.listen({ tls: false });
  });
  afterAll(async () => {
    await Promise.all([tls.close(), plain.close()]);
  });

  const token = { getToken: async () => ({ token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const once = { retryOptions: { maxRetries: 0 } };
  const trusting = (): object => ({ ...once, tlsOptions: { ca: tls.caPem } });
  const secretAt = async (authorityHost: string, options: object) =>
    new ClientSecretCredential(contoso.tenantId, contoso.clientId, contoso.clientSecret, {
      authorityHost,
      ...options,
    }).getToken('https://manage.office.com/.default');

  it('plain HTTP: identity', async () => {
    await expect(secretAt(plain.origin, { ...once, disableInstanceDiscovery: true })).rejects.toThrow(
      /https|TLS/i,
    );
  });

  it.each([
    ['keyvault-secrets', () => new SecretClient(plain.origin, token, once).getSecret('x')],
    ['monitor-ingestion', () => new LogsIngestionClient(plain.origin, token, once).upload('r', 's', [{}])],
    [
      'monitor-query-logs',
      () =>
        new LogsQueryClient(token, { ...once, endpoint: plain.origin }).queryWorkspace('w', 'x', {
          duration: 'PT1H',
        }),
    ],
    [
      'arm-operationalinsights',
      () =>
        new OperationalInsightsManagementClient(token, 's', {
          ...once,
          endpoint: plain.origin,
        }).workspaces.get('g', 'w'),
    ],
    [
      'arm-monitor',
      () =>
        new MonitorClient(token, 's', { ...once, endpoint: plain.origin }).dataCollectionRules.get('g', 'r'),
    ],
  ] as const)('plain HTTP: %s', async (_name, ask) => {
    // Its message differs by client, and monitor-ingestion has none: nothing reaches the emulator.
    const before = emulator.requests.length;
    await expect(ask()).rejects.toThrow();
    expect(emulator.requests).toHaveLength(before);
  });

  it('an authority they do not know, unless instance discovery is off: identity', async () => {
    await expect(secretAt(tls.origin, trusting())).rejects.toThrow();
    await expect(
      secretAt(tls.origin, { ...trusting(), disableInstanceDiscovery: true }),
    ).resolves.toBeTruthy();
  });

  it('a vault outside vault.azure.net, unless told not to look: keyvault-secrets', async () => {
    await expect(new SecretClient(tls.origin, token, trusting()).getSecret('mcas-api-token')).rejects.toThrow(
      /disableChallengeResourceVerification|does not match/i,
    );
  });

  it('a certificate of our own authority, unless it is given to them', async () => {
    // The handshake fails: nothing reaches the emulator, though MSAL speaks of discovery.
    const before = emulator.requests.length;
    await expect(secretAt(tls.origin, { ...once, disableInstanceDiscovery: true })).rejects.toThrow();
    expect(emulator.requests).toHaveLength(before);
    await expect(
      secretAt(tls.origin, { ...trusting(), disableInstanceDiscovery: true }),
    ).resolves.toBeTruthy();
  });

  it('an endpoint without its version: monitor-query-logs', async () => {
    const { tenantId, clientId, clientSecret } = contoso;
    const options = { ...trusting(), disableInstanceDiscovery: true, authorityHost: tls.origin };
    const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, options);
    const ask = async (endpoint: string) =>
      new LogsQueryClient(credential, { ...trusting(), endpoint }).queryWorkspace(
        contoso.workspaceId,
        'Demo_CL',
        { duration: 'PT1H' },
      );
    await expect(ask(tls.origin)).rejects.toMatchObject({ statusCode: 404 });
    await expect(ask(`${tls.origin}/v1`)).resolves.toBeTruthy();
  });
});
