import type { ClientOptions, Cloud, CloudName } from '@repo/client-core';
import type { IngestEvents } from '../http/events.js';
import type { RowValidation } from '../rows/row-validation.js';

export interface LogsIngestionTarget {
  /** Immutable id of the data collection rule: `dcr-` and 32 hex digits. */
  ruleId: string;
  /** A stream the rule declares: `Custom-…` (or `Microsoft-…` for built-in tables). */
  stream: string;
}

/**
 * A definition of `loganalytics-ingest/tables` with its rule. Each row is validated before it is sent; one that the
 * service would not take whole is `invalid`, the others go. Rows are objects.
 */
export interface LogsIngestionTableTarget<Row extends object = object> {
  /** Immutable id of the data collection rule: `dcr-` and 32 hex digits. */
  ruleId: string;
  table: {
    readonly stream: string;
    validate(row: unknown, now?: number): RowValidation;
    /** Never set: carries the row's type. */
    readonly $row?: Row;
  };
}

export interface LogsIngestionClientOptions extends ClientOptions {
  /** Default `public`. */
  cloud?: CloudName | Cloud | undefined;
  /** Audience of the token, when it is not the cloud's. */
  audience?: string | undefined;
  /** Default `gzip`: bodies are filled up to the limit on the wire. `none` fills them to it uncompressed. */
  compression?: 'gzip' | 'none' | undefined;
  /** Of gzip, 1 to 9. Default 1: level 6 takes twice the processor for a sixth less on the wire. */
  level?: number | undefined;
  /** Largest body before compression. The service refuses bodies over 50 MiB. Default 16 MiB. */
  maxDecompressedBytes?: number | undefined;
  /**
   * What the documented "1 MB" is held against. `wire` (default): bytes as sent. `raw`: bytes before compression, the
   * cautious reading; a target whose bodies are refused although they are within the limit on the wire is treated so
   * by itself, and `events.onFallback` tells.
   */
  batch?: 'wire' | 'raw' | undefined;
  /** Share of the 12,000 requests that a rule takes in a minute. Counted per rule, for all writers of this client. */
  requestsPerMinute?: number | undefined;
  /** Share of the 2 GB, before compression, that a rule takes in a minute. Counted per rule. Default 2,000,000,000. */
  bytesPerMinute?: number | undefined;
  /**
   * After a deployment: for how long an unknown rule or stream, or a missing role, is tried again every 15 seconds, in
   * milliseconds from the first such answer. Streams need up to 10 minutes, roles up to 30. Default 0.
   */
  propagationInMs?: number | undefined;
  events?: IngestEvents | undefined;
}
