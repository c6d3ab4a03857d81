import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';

describe('endpoints and environment', () => {
  const origin = 'https://localhost:8443';

  it('every endpoint is on the origin', () => {
    for (const endpoint of Object.values(createEmulator().endpoints(origin))) {
      expect(new URL(endpoint).origin).toBe(origin);
    }
  });

  it('names what the examples read; the authority only when there is a file of it', () => {
    const env = createEmulator().env(origin, '/tmp/ca.pem');
    expect(env).toMatchObject({
      AUDIT_EMULATOR: origin,
      AUDIT_TENANT_ID: contoso.tenantId,
      AZURE_TENANT_ID: contoso.tenantId,
      AZURE_AUTHORITY_HOST: origin,
      AUDIT_MCAS_URL: origin,
      AUDIT_KEY_VAULT_URL: origin,
      IDENTITY_ENDPOINT: `${origin}/msi/token`,
      NODE_EXTRA_CA_CERTS: '/tmp/ca.pem',
    });
    expect(createEmulator().env(origin)).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
  });
});
