import { createArm } from './ingest-arm.js';
import type { Arm } from './ingest-arm.js';
import { credentialFromEnvironment } from './identity.js';
import { optional } from './settings.js';

/** ARM_ENDPOINT replaces the address of ARM in another cloud, AUDIT_EMULATOR that of every service. */
export function armFromEnvironment(subscriptionId: string): Arm {
  const endpoint = optional('ARM_ENDPOINT') ?? optional('AUDIT_EMULATOR');
  const cloud = endpoint && /\.(usgovcloudapi\.net|chinacloudapi\.cn)\/?$/.test(endpoint);
  return createArm(credentialFromEnvironment(), subscriptionId, {
    ...(endpoint && { endpoint }),
    ...(cloud && { credentials: { scopes: [`${endpoint.replace(/\/$/, '')}/.default`] } }),
  });
}
