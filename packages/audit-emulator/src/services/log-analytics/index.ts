export { createLogAnalyticsState } from './state.js';
export { dataCollectorService } from './data-collector/data-collector.js';
export { logsIngestionService } from './logs-ingestion/logs-ingestion.js';
export { queryService } from './query/query.js';
