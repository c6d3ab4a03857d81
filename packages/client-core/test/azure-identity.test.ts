import { ClientSecretCredential } from '@azure/identity';
import type { TokenCredential as AzureTokenCredential } from '@azure/identity';
import { expect, it } from 'vitest';
import { createTokenCache, entraCredential, managedIdentity } from '../src/index.js';
import type { TokenCredential } from '../src/index.js';

it('credentials of @azure/identity fit here, and ours fit the Azure SDK', async () => {
  const theirs: TokenCredential = new ClientSecretCredential('contoso.example', 'app', 'the-secret');
  const options = { tenantId: 'contoso.example', clientId: 'app', clientSecret: 'the-secret' };
  const fetch = async () => Response.json({ token_type: 'Bearer', expires_in: 3600, access_token: 't1' });
  const ours: AzureTokenCredential[] = [
    entraCredential({ ...options, fetch }),
    managedIdentity({ environment: {}, fetch }),
  ];
  expect(createTokenCache(theirs)).toBeDefined();
  // What the Azure SDK passes on after a challenge does no harm.
  const challenge = {
    tenantId: 'contoso.example',
    enableCae: true,
    claims: '{}',
    requestOptions: { timeout: 1 },
  };
  for (const credential of ours) {
    const token = await credential.getToken(['https://vault.azure.net/.default'], challenge);
    expect(token).toMatchObject({ token: 't1', expiresOnTimestamp: expect.any(Number) as number });
  }
});
