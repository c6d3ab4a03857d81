import { clouds, entraCredential } from 'o365-activity-client';
import type { Cloud, CloudName, TokenCredential } from 'o365-activity-client';
import { optional, required } from './settings.js';

/** `AUDIT_CLOUD` names a preset; AZURE_AUTHORITY_HOST replaces its authority (the emulator's, for example). */
export function cloudFromEnvironment(): Cloud {
  const preset = clouds[(optional('AUDIT_CLOUD') ?? 'public') as CloudName];
  const authority = optional('AZURE_AUTHORITY_HOST')?.replace(/\/+$/, '');
  return authority && authority !== preset.authority ? { ...preset, name: 'custom', authority } : preset;
}

/** The collecting identity: an app registration with a secret. */
export function credentialFromEnvironment(cloud: Cloud = cloudFromEnvironment()): TokenCredential {
  return entraCredential({
    cloud,
    tenantId: required('AZURE_TENANT_ID'),
    clientId: required('AZURE_CLIENT_ID'),
    clientSecret: required('AZURE_CLIENT_SECRET'),
  });
}
