import { expect, it, vi } from 'vitest';

const loaded = vi.hoisted(() => ({ msal: 0 }));
vi.mock('@azure/msal-node', async (original) => {
  loaded.msal += 1;
  return original();
});

it('MSAL is loaded by the first token, not by the import or the constructor', async () => {
  const { entraCredential } = await import('../src/index.js');
  const credential = entraCredential({
    tenantId: 'contoso.example',
    clientId: 'app',
    clientSecret: 'the-secret',
    fetch: async () => Response.json({ token_type: 'Bearer', expires_in: 3600, access_token: 't1' }),
  });
  expect(loaded.msal).toBe(0);
  await credential.getToken('https://manage.office.com/.default');
  expect(loaded.msal).toBe(1);
});
