import { MonitorClient } from '@azure/arm-monitor';
import { OperationalInsightsManagementClient } from '@azure/arm-operationalinsights';
import { ClientSecretCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { LogsQueryClient } from '@azure/monitor-query-logs';
import { contoso, createEmulator } from 'audit-emulator';

const { origin, caPem, close } = await createEmulator().listen();
const { tenantId, clientId, clientSecret, subscriptionId, workspaceId } = contoso;
// In a program of your own: NODE_EXTRA_CA_CERTS with the file that the emulator prints.
const tlsOptions = { ca: caPem };
const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
  authorityHost: origin,
  disableInstanceDiscovery: true,
  tlsOptions,
});
const vault = new SecretClient(origin, credential, {
  disableChallengeResourceVerification: true,
  tlsOptions,
});
const query = new LogsQueryClient(credential, { endpoint: `${origin}/v1`, tlsOptions });
const tables = new OperationalInsightsManagementClient(credential, subscriptionId, {
  endpoint: origin,
  tlsOptions,
});
const rules = new MonitorClient(credential, subscriptionId, { endpoint: origin, tlsOptions });

console.log((await vault.getSecret('mcas-api-token')).properties.version);
console.log((await query.queryWorkspace(workspaceId, 'Demo_CL | count', { duration: 'PT1H' })).status);
console.log(typeof tables.tables, typeof rules.dataCollectionRules);
await close();
