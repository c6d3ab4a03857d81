import { json } from '../service.js';
import type { Service } from '../service.js';

export { createLogAnalyticsState } from './state.js';
export { dataCollectorService } from './data-collector.js';
export { logsIngestionService } from './logs-ingestion.js';

export const queryService: Service = {
  name: 'query',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};
