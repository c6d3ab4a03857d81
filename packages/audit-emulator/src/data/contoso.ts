/** The seeded tenant. Every secret says that it is fake; none opens anything anywhere. */
export const contoso = {
  tenantId: '5c0a7050-0365-4e11-8a0d-c0de0000c050',
  domain: 'contoso.example',
  clientId: 'a0d17000-c11e-4475-9a00-000000000001',
  clientSecret: 'fake-client-secret-of-contoso~opens-nothing',
  mcasHost: 'contoso.eu2.portal.cloudappsecurity.com',
  mcasToken: 'FAKEcontosoMCASapiTokenOpensNothing0000000000000000000000000000==',
  workspaceId: '1090a0a1-f1c5-4000-8000-00000000c050',
  workspaceName: 'contoso-sentinel',
  subscriptionId: '5b5c0000-0000-4000-8000-00000000c050',
  resourceGroup: 'rg-contoso-soc',
  location: 'westeurope',
  /** base64 of the text "fake shared key of contoso: it opens nothing, anywhere, at all!!" (64 bytes). */
  sharedKey: 'ZmFrZSBzaGFyZWQga2V5IG9mIGNvbnRvc286IGl0IG9wZW5zIG5vdGhpbmcsIGFueXdoZXJlLCBhdCBhbGwhIQ==',
  dcrImmutableId: 'dcr-00000000000000000000000000c07050',
  dcrName: 'dcr-contoso-audit',
  vaultName: 'contoso-vault',
  /** What `X-IDENTITY-HEADER` must carry at the managed-identity endpoint of App Service. */
  identityHeader: 'fake-identity-header-of-contoso',
} as const;
