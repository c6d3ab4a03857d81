export { dataCollectorSink, logsIngestionSink } from './sinks/log-sinks.js';
export type { LogRow, LogSinkOptions } from './sinks/log-sinks.js';
