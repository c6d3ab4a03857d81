import type { Service } from '../server/service.js';
import { armService } from './arm/index.js';
import { entraService } from './entra/index.js';
import { graphService } from './graph/index.js';
import { keyVaultService } from './key-vault/index.js';
import { dataCollectorService } from './log-analytics/data-collector/data-collector.js';
import { logsIngestionService } from './log-analytics/logs-ingestion/logs-ingestion.js';
import { queryService } from './log-analytics/query/query.js';
import { managementActivityService } from './management-activity/index.js';
import { mcasService } from './mcas/index.js';

/** Every emulated service. State, snapshots, counts, endpoints, quotas, settings and the page follow from this. */
export const services: readonly Service[] = [
  entraService,
  mcasService,
  managementActivityService,
  logsIngestionService,
  dataCollectorService,
  queryService,
  keyVaultService,
  armService,
  graphService,
];
