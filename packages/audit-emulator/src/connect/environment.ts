import { contoso } from '../data/contoso.js';
import { endpointsAt } from './endpoints.js';

/** Variables by which programs find the authorities they trust. Each holds the path of a PEM file. */
export const trustVariables = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
] as const;

/**
 * The environment that points programs at an emulator, with the seeded tenant's fake secrets: the `AUDIT_*` names of
 * this repository's clients, and the `AZURE_*` names of Microsoft's.
 *
 * @param caFile PEM file that holds the emulator's authority. Without it, no trust variable is set.
 */
export function environmentAt(origin: string, caFile?: string): Record<string, string> {
  const at = endpointsAt(origin);
  const { tenantId, clientId, clientSecret } = contoso;
  return {
    AUDIT_EMULATOR: origin,
    AUDIT_CLOUD: 'public',
    AUDIT_TENANT_ID: tenantId,
    AUDIT_CLIENT_ID: clientId,
    AUDIT_CLIENT_SECRET: clientSecret,
    AUDIT_MCAS_URL: at.mcas,
    AUDIT_MCAS_TOKEN: contoso.mcasToken,
    AUDIT_LOGS_ENDPOINT: at.logsIngestion,
    AUDIT_LOGS_RULE_ID: contoso.dcrImmutableId,
    AUDIT_LOGS_RULE_NAME: contoso.dcrName,
    AUDIT_WORKSPACE_ID: contoso.workspaceId,
    AUDIT_WORKSPACE_KEY: contoso.sharedKey,
    AUDIT_WORKSPACE_NAME: contoso.workspaceName,
    AUDIT_KEY_VAULT_URL: at.keyVault,
    AUDIT_GRAPH_CLIENT_ID: clientId,
    AUDIT_GRAPH_CLIENT_SECRET: clientSecret,
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_AUTHORITY_HOST: at.authority,
    AZURE_SUBSCRIPTION_ID: contoso.subscriptionId,
    AZURE_RESOURCE_GROUP: contoso.resourceGroup,
    IDENTITY_ENDPOINT: `${origin}/msi/token`,
    IDENTITY_HEADER: contoso.identityHeader,
    ...(caFile !== undefined && Object.fromEntries(trustVariables.map((name) => [name, caFile]))),
  };
}
