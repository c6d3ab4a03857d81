export { LogsIngestionClient } from './clients/logs-ingestion-client.js';
export type {
  LogsIngestionClientOptions,
  LogsIngestionTableTarget,
  LogsIngestionTarget,
} from './clients/logs-ingestion-options.js';
export { DataCollectorClient } from './clients/data-collector-client.js';
export type {
  DataCollectorClientOptions,
  DataCollectorTarget,
  DataCollectorWriterOptions,
} from './clients/data-collector-client.js';
export { explainSignature } from './auth/explain-signature.js';
export type { SignatureExplanation, SignatureQuestion } from './auth/explain-signature.js';
export { signSharedKey } from './auth/shared-key.js';
export type { SharedKeyRequest } from './auth/shared-key.js';
export { UploadError } from './writer/row-status.js';
export type { RowCounts, RowRange, RowStatus, UploadReport, WriteResult } from './writer/row-status.js';
export type {
  LogWriter,
  LongFieldEvent,
  ReturnedRow,
  WriteOptions,
  WriterOptions,
} from './writer/writer-options.js';
export type { Rows } from './rows/rows.js';
export type { RowIssue, RowValidation } from './rows/row-validation.js';
export type { BodySize, FallbackEvent, IngestEvents } from './http/events.js';
export * from '@repo/client-core/public';
