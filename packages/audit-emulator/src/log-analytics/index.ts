import { json } from '../service.js';
import type { Service } from '../service.js';

export { createLogAnalyticsState } from './state.js';

export const dataCollectorService: Service = {
  name: 'data-collector',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};

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
