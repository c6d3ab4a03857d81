import { LogsQueryClient } from '@azure/monitor-query-logs';
import type { TokenCredential } from 'mcas-client';
import { inPublicCloud } from './identity.js';
import { SettingsError, optional } from './settings.js';

/** Asks workspaces. Clouds other than public and GCC have a query API of their own. */
export function queryClient(credential: TokenCredential): LogsQueryClient {
  const endpoint = optional('LOGS_QUERY_ENDPOINT') ?? optional('AUDIT_EMULATOR');
  const scope = optional('LOGS_QUERY_SCOPE');
  if (!inPublicCloud() && !(endpoint && scope))
    throw new SettingsError(
      'LOGS_QUERY_ENDPOINT and LOGS_QUERY_SCOPE are not set: those of the query API in this cloud. See docs/setup.md.',
    );
  return new LogsQueryClient(credential, {
    ...(endpoint && { endpoint: `${endpoint}/v1` }),
    ...(scope && { credentials: { scopes: [scope] } }),
  });
}
