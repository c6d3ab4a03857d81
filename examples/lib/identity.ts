import { clouds, entraCredential } from 'o365-activity-client';
import type { Cloud, CloudName, TokenCredential } from 'o365-activity-client';
import { SettingsError, optional, required } from './settings.js';

/** `AUDIT_CLOUD` names a preset; AUDIT_EMULATOR replaces its authority (the emulator's, for example). */
export function cloudFromEnvironment(): Cloud {
  const name = optional('AUDIT_CLOUD') ?? 'public';
  if (!Object.hasOwn(clouds, name))
    throw new SettingsError(
      `AUDIT_CLOUD is ${name}: use one of ${Object.keys(clouds).join(', ')}. See docs/setup.md.`,
    );
  const preset = clouds[name as CloudName];
  const authority = optional('AUDIT_EMULATOR')?.replace(/\/+$/, '');
  return authority && authority !== preset.authority ? { ...preset, name: 'custom', authority } : preset;
}

/** Whether Microsoft Graph and the query API are those of the public cloud, which their clients know by themselves. */
export function inPublicCloud(): boolean {
  return ['public', 'gcc'].includes(optional('AUDIT_CLOUD') ?? 'public');
}

/** The collecting identity: an app registration with a secret. */
export function credentialFromEnvironment(cloud: Cloud = cloudFromEnvironment()): TokenCredential {
  return entraCredential({
    cloud,
    tenantId: required('AUDIT_TENANT_ID'),
    clientId: required('AUDIT_CLIENT_ID'),
    clientSecret: required('AUDIT_CLIENT_SECRET'),
  });
}
