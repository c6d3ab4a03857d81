import { McasClient, apiToken, createRateLimiter } from 'mcas-client';
import type { HttpEvents } from 'mcas-client';
import { cloudFromEnvironment, credentialFromEnvironment } from './identity.js';
import { optional, required } from './settings.js';

/**
 * The client of Cloud App Security: with the API token given, else AUDIT_MCAS_TOKEN, else the app registration.
 * QUOTA_MINUTE_MS shortens the minute of the quota, as an emulator may do.
 */
export function mcasFromEnvironment(
  options: { token?: string; events?: HttpEvents; quotaMinuteInMs?: number } = {},
): McasClient {
  const cloud = cloudFromEnvironment();
  const { token = optional('AUDIT_MCAS_TOKEN'), events, quotaMinuteInMs } = options;
  const windowInMs = quotaMinuteInMs ?? Number(optional('QUOTA_MINUTE_MS') ?? 60_000);
  return new McasClient(
    required('AUDIT_MCAS_URL'),
    token ? apiToken(token) : credentialFromEnvironment(cloud),
    {
      cloud,
      // The address comes from whoever runs this, not from a stranger.
      allowCustomHost: true,
      limiter: createRateLimiter({ limit: 30, windowInMs }),
      ...(events && { events }),
    },
  );
}
