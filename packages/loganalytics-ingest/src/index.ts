export { LogsIngestionClient } from './logs-ingestion-client.js';
export type { LogsIngestionClientOptions, LogsIngestionTarget } from './logs-ingestion-client.js';
export { DataCollectorClient } from './data-collector-client.js';
export type {
  DataCollectorClientOptions,
  DataCollectorTarget,
  DataCollectorWriterOptions,
} from './data-collector-client.js';
export { explainSignature, signSharedKey } from './shared-key.js';
export type { SharedKeyRequest, SignatureExplanation } from './shared-key.js';
export { UploadError } from './fates.js';
export type { Fate, FateRange, UploadReport, WriteResult } from './fates.js';
export type { DeadLetter, LogWriter, LongFieldEvent, WriterOptions } from './writer-options.js';
export type { Rows } from './rows.js';
export type { BodySize, FallbackEvent, IngestEvents } from './events.js';
export * from '@repo/client-core/public';
