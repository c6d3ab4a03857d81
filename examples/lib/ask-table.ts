import { LogsQueryResultStatus } from '@azure/monitor-query-logs';
import { credentialFromEnvironment } from './identity.js';
import { queryClient } from './query-client.js';
import { required } from './settings.js';

/** The rows of a query over the last 31 days. Needs the role Log Analytics Reader. */
export async function askTable(kql: string): Promise<unknown[][]> {
  const logs = queryClient(credentialFromEnvironment());
  const result = await logs.queryWorkspace(required('AUDIT_WORKSPACE_ID'), kql, { duration: 'P31D' });
  if (result.status !== LogsQueryResultStatus.Success)
    throw new Error('The table gave only a part of its answer.');
  return result.tables[0]?.rows ?? [];
}

/** Texts as KQL literals, with commas between. */
export function literals(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(', ');
}
