import { contoso } from '../../data/contoso.js';
import type { StateBasics } from '../../server/state-basics.js';
import { createEntraState } from './state.js';
import type { EntraState } from './state.js';

const everything: Record<string, string[]> = {
  'https://manage.office.com': ['ActivityFeed.Read', 'ActivityFeed.ReadDlp'],
  '05a65629-4c1b-48c1-a78b-804c4abdd4af': [
    'investigation.read',
    'investigation.manage',
    'discovery.read',
    'discovery.manage',
    'settings.read',
    'settings.manage',
  ],
  'https://graph.microsoft.com': ['User.Read.All', 'Mail.Read'],
};

/** Two tenants, so that a token of the wrong one can be had. Only contoso has an app. */
export function createSeededEntra(basics: StateBasics): EntraState {
  const state = createEntraState(basics);
  state.tenants.push(
    {
      tenantId: contoso.tenantId,
      displayName: 'Contoso',
      domains: [contoso.domain, 'contoso.onmicrosoft.example'],
    },
    {
      tenantId: 'fab21ca0-0365-4e11-8a0d-c0de0000fab2',
      displayName: 'Fabrikam',
      domains: ['fabrikam.example'],
    },
  );
  state.registerApp({
    tenantId: contoso.tenantId,
    clientId: contoso.clientId,
    objectId: 'a0d17000-0b1e-4475-9a00-000000000001',
    displayName: 'audit-collector',
    secrets: [{ value: contoso.clientSecret }],
    roles: everything,
    delegated: { 'https://manage.office.com': ['ActivityFeed.Read'] },
  });
  state.registerApp({
    tenantId: contoso.tenantId,
    clientId: 'a0d17000-c11e-4475-9a00-0000000000f1',
    objectId: 'a0d17000-0b1e-4475-9a00-0000000000f1',
    displayName: 'function-contoso-collector',
    roles: everything,
    managedIdentity: 'system',
  });
  state.refreshTokens.set('fake-refresh-token-of-contoso', {
    tenantId: contoso.tenantId,
    clientId: contoso.clientId,
    userObjectId: 'a0d17000-0000-4475-9a00-0000000000aa',
  });
  return state;
}
