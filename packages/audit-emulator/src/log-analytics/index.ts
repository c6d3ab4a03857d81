import { json } from '../service.js';
import type { Service } from '../service.js';

export { createLogAnalyticsState } from './state.js';
export { dataCollectorService } from './data-collector.js';

export const logsIngestionService: Service = {
  name: 'logs-ingestion',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};

export const queryService: Service = {
  name: 'query',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};
