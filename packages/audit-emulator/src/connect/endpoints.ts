import { contoso } from '../data/contoso.js';

/** Where each client is pointed to. One origin serves all, since the services' paths are disjoint. */
export interface Endpoints {
  authority: string;
  mcas: string;
  managementActivity: string;
  dataCollector: string;
  logsIngestion: string;
  keyVault: string;
  arm: string;
  query: string;
  graph: string;
}

export function endpointsAt(origin: string): Endpoints {
  return {
    authority: origin,
    mcas: origin,
    managementActivity: origin,
    dataCollector: origin,
    logsIngestion: origin,
    keyVault: origin,
    arm: origin,
    query: origin,
    graph: origin,
  };
}

/** The environment variables that point the examples at the emulator, with the seeded tenant's fake secrets. */
export function environmentAt(origin: string, caFile?: string): Record<string, string> {
  const at = endpointsAt(origin);
  return {
    AZURE_TENANT_ID: contoso.tenantId,
    AZURE_CLIENT_ID: contoso.clientId,
    AZURE_CLIENT_SECRET: contoso.clientSecret,
    AZURE_AUTHORITY_HOST: at.authority,
    MCAS_URL: at.mcas,
    MCAS_TOKEN: contoso.mcasToken,
    O365_ENDPOINT: at.managementActivity,
    LOG_ANALYTICS_WORKSPACE_ID: contoso.workspaceId,
    LOG_ANALYTICS_SHARED_KEY: contoso.sharedKey,
    LOG_ANALYTICS_ENDPOINT: at.dataCollector,
    LOGS_INGESTION_ENDPOINT: at.logsIngestion,
    LOGS_INGESTION_RULE_ID: contoso.dcrImmutableId,
    LOGS_QUERY_ENDPOINT: at.query,
    KEY_VAULT_URL: at.keyVault,
    ARM_ENDPOINT: at.arm,
    GRAPH_ENDPOINT: at.graph,
    GRAPH_CLIENT_ID: contoso.clientId,
    GRAPH_CLIENT_SECRET: contoso.clientSecret,
    ...(caFile !== undefined && { NODE_EXTRA_CA_CERTS: caFile }),
  };
}
