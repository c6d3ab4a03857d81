export { createLogAnalyticsState } from './state.js';
export { dataCollectorService } from './data-collector.js';
export { logsIngestionService } from './logs-ingestion.js';
export { queryService } from './query.js';
