import type { Service } from '../server/service.js';
import { services as known } from '../services/services.js';

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

/** One address for each service, by the name that it gives itself. */
export function endpointsAt(origin: string, services: readonly Service[] = known): Endpoints {
  return Object.fromEntries(services.map(({ endpoint }) => [endpoint, origin])) as unknown as Endpoints;
}
