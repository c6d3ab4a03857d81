import { SecretClient } from '@azure/keyvault-secrets';
import { DataCollectorClient } from 'loganalytics-ingest';
import { EventCategory, McasClient, apiToken, createRateLimiter } from 'mcas-client';
import { counters } from '../lib/flow.js';
import type { FlowContext, FlowResult } from '../lib/flow.js';
import { credentialFromEnvironment } from '../lib/identity.js';
import { optional, required } from '../lib/settings.js';
import { toShareReportRow } from '../lib/share-report.js';
import { verify } from '../lib/verify.js';

const hour = 3_600_000;

/** Key Vault → who accepted which external share lately → one flat row each in MCAS_CL, by the Data Collector API. */
export async function shareReport(context: FlowContext, hours = 3): Promise<FlowResult> {
  const started = performance.now();
  const credential = credentialFromEnvironment();
  const vaultUrl = required('KEY_VAULT_URL');
  const vault = new SecretClient(vaultUrl, credential, {
    // Only a vault of Microsoft's own domains can pass that check.
    disableChallengeResourceVerification: !vaultUrl.includes('.vault.'),
  });
  const secret = async (name: string): Promise<string> => (await vault.getSecret(name)).value ?? '';
  const [token, sharedKey] = await Promise.all([secret('mcas-api-token'), secret('workspace-shared-key')]);

  const counts = counters();
  const { events } = counts;
  const mcas = new McasClient(required('MCAS_URL'), apiToken(token), {
    events,
    allowCustomHost: true,
    limiter: createRateLimiter({ limit: 30, windowInMs: context.quotaMinuteInMs ?? 60_000 }),
  });
  const workspaceId = required('LOG_ANALYTICS_WORKSPACE_ID');
  const endpoint = optional('LOG_ANALYTICS_ENDPOINT');
  const logs = new DataCollectorClient(workspaceId, sharedKey, { events, ...(endpoint && { endpoint }) });

  const rows = [];
  for await (const activity of mcas.activities.scan({
    filters: {
      'activity.eventActionType': { eq: [EventCategory.AcceptShareFile] },
      date: { gte: Date.now() - hours * hour },
    },
  })) {
    rows.push({ ...toShareReportRow(activity), ActivityId: activity._id, RunId: context.runId });
    if (rows.length % 10 === 0) context.progress(`${rows.length} acceptances`);
  }
  const { accepted } = await logs.upload({ logType: 'MCAS' }, rows);
  const seen = await verify(credential, {
    workspaceId,
    table: 'MCAS_CL',
    runColumn: 'RunId_s',
    idColumn: 'ActivityId_s',
    runId: context.runId,
    expected: accepted,
  });
  return {
    flow: 'share report',
    table: 'MCAS_CL',
    requests: counts.requests,
    throttled: counts.throttled,
    read: rows.length,
    accepted,
    ...seen,
    seconds: (performance.now() - started) / 1000,
  };
}
