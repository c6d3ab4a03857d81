import { contoso } from 'audit-emulator';
import { expect, it } from 'vitest';
import { ArgumentError, O365ActivityClient } from '../src/index.js';
import { world } from './helpers.js';

const env = {
  AUDIT_TENANT_ID: contoso.tenantId,
  AUDIT_CLIENT_ID: contoso.clientId,
  AUDIT_CLIENT_SECRET: contoso.clientSecret,
};

it('makes a client from AUDIT_* variables', async () => {
  const { emulator } = world();
  const { fetch, clock } = emulator;
  const client = O365ActivityClient.fromEnv(env, { fetch, clock });
  expect((await client.subscriptions.list()).length).toBeGreaterThanOrEqual(0);
  expect(O365ActivityClient.fromEnv({ ...env, AUDIT_CLOUD: 'gcc' }).cloud?.name).toBe('gcc');
});

it('says which variable is missing', () => {
  expect(() => O365ActivityClient.fromEnv({})).toThrow('env.AUDIT_TENANT_ID: is not set');
  expect(() => O365ActivityClient.fromEnv({})).toThrow(ArgumentError);
});
