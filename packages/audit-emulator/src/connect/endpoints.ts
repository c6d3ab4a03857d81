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
