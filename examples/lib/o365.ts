import { O365ActivityClient, contentTypes } from 'o365-activity-client';
import type { ContentType, HttpEvents } from 'o365-activity-client';
import { cloudFromEnvironment, credentialFromEnvironment } from './identity.js';
import { optional, required } from './settings.js';

/** The client of the Management Activity API. AUDIT_EMULATOR replaces the cloud's own, for an emulator. */
export function o365FromEnvironment(events?: HttpEvents): O365ActivityClient {
  const cloud = cloudFromEnvironment();
  const endpoint = optional('AUDIT_EMULATOR');
  return new O365ActivityClient(required('AUDIT_TENANT_ID'), credentialFromEnvironment(cloud), {
    cloud,
    ...(endpoint && { endpoint }),
    ...(events && { events }),
  });
}

/** The types that are subscribed; starts none, and says which are not. */
export async function readable(
  o365: O365ActivityClient,
  types: readonly ContentType[] = contentTypes,
): Promise<ContentType[]> {
  const enabled = new Set<string>();
  for (const { contentType, status } of await o365.subscriptions.list())
    if (status?.toLowerCase() !== 'disabled') enabled.add(contentType);
  for (const type of types)
    if (!enabled.has(type))
      console.error(
        `${type}: not subscribed. Start it: pnpm example o365-subscriptions start --type ${type}`,
      );
  return types.filter((type) => enabled.has(type));
}

/** Starts what is not enabled; says what could not be started, and gives the types that can be read. */
export async function subscribed(
  o365: O365ActivityClient,
  types: readonly ContentType[] = contentTypes,
): Promise<ContentType[]> {
  const enabled: ContentType[] = [];
  for (const one of await o365.subscriptions.ensure(types)) {
    if (one.outcome === 'failed') console.error(`${one.contentType}: ${one.error.message}`);
    else enabled.push(one.contentType);
  }
  return enabled;
}
