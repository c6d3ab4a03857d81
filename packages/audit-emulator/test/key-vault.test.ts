import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';

const vault = `https://${contoso.vaultName}.vault.azure.net`;

async function get(
  target: Emulator,
  path: string,
  options: { token?: boolean; origin?: string } = {},
): Promise<Response> {
  const app = target.state.entra.apps[0];
  if (!app) throw new Error('no seeded app');
  const token = await target.state.entra.issueToken(app, 'https://vault.azure.net');
  return target.fetch(
    new Request(`${options.origin ?? vault}${path}`, {
      headers: options.token === false ? {} : { authorization: `Bearer ${token}` },
    }),
  );
}

describe('Key Vault', () => {
  it.each([
    [vault, 'https://login.microsoftonline.com'],
    ['https://localhost:8443', 'https://localhost:8443'],
  ])('without a token, %s points to the tenant at %s', async (origin, authority) => {
    const response = await get(createEmulator(), '/secrets/mcas-api-token?api-version=7.6', {
      token: false,
      origin,
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer authorization="${authority}/${contoso.tenantId}", resource="https://vault.azure.net"`,
    );
    expect(await response.json()).toMatchObject({ error: { code: 'Unauthorized' } });
  });

  it('gives the current version, and an older one by its id', async () => {
    const target = createEmulator();
    const first = (await (await get(target, '/secrets/mcas-api-token?api-version=7.6')).json()) as {
      id: string;
    };
    expect(first).toMatchObject({ value: contoso.mcasToken, attributes: { enabled: true } });
    target.state.keyVault.setSecret('mcas-api-token', 'fake-second');
    const second = await get(target, '/secrets/mcas-api-token/?api-version=7.6');
    expect(await second.json()).toMatchObject({ value: 'fake-second' });
    const old = await get(target, `${new URL(first.id).pathname}?api-version=7.6`);
    expect(await old.json()).toMatchObject({ value: contoso.mcasToken });
  });

  it.each([
    ['/secrets/nothing?api-version=7.6', 404, 'SecretNotFound'],
    ['/secrets/mcas-api-token/00000000000000000000000000000000?api-version=7.6', 404, 'SecretNotFound'],
    ['/secrets/mcas-api-token', 400, 'BadParameter'],
  ])('%s is %i', async (path, status, code) => {
    const response = await get(createEmulator(), path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });

  it('an identity without permission is 403, and the answer does not hold the value', async () => {
    const target = createEmulator();
    target.state.keyVault.denied.add(contoso.clientId);
    const response = await get(target, '/secrets/mcas-api-token?api-version=7.6');
    expect(response.status).toBe(403);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({
      error: { code: 'Forbidden', innererror: { code: 'ForbiddenByPolicy' } },
    });
    expect(body).not.toContain(contoso.mcasToken);
  });
});
