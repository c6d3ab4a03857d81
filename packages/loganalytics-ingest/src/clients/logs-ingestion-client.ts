import { bearerAuthorizer, checkCredential, resolveCloud, systemClock } from '@repo/client-core';
import type { ClientOptions, Cloud, CloudName, TokenCredential } from '@repo/client-core';
import { bufferPool } from '../writer/buffer-pool.js';
import { describeError } from '../http/describe-error.js';
import { originOf } from './parse-endpoint.js';
import type { IngestEvents } from '../http/events.js';
import type { UploadReport } from '../writer/row-status.js';
import { ingestionTransport, limiters } from '../http/ingestion-transport.js';
import type { IngestionSettings, TargetState } from '../http/ingestion-transport.js';
import { perKey } from '../http/per-key.js';
import type { Rows } from '../rows/rows.js';
import { checkIngestionAudience, checkIngestionTarget } from './validate-target.js';
import { version } from '../version.js';
import { wireLimit } from '../writer/size-limit.js';
import { openWriter, uploadAll } from '../writer/writer.js';
import type { OpenWriter } from '../writer/writer.js';
import type { LogWriter, WriterOptions } from '../writer/writer-options.js';

export interface LogsIngestionTarget {
  /** Immutable id of the data collection rule: `dcr-` and 32 hex digits. */
  ruleId: string;
  /** A stream the rule declares: `Custom-…` (or `Microsoft-…` for built-in tables). */
  stream: string;
}

export interface LogsIngestionClientOptions extends ClientOptions {
  /** Default `public`. */
  cloud?: CloudName | Cloud;
  /** Audience of the token, when it is not the cloud's. */
  audience?: string;
  /** Default `gzip`: bodies are filled up to the limit on the wire. `none` fills them to it uncompressed. */
  compression?: 'gzip' | 'none';
  /** Of gzip, 1 to 9. Default 1: level 6 takes twice the processor for a sixth less on the wire. */
  level?: number;
  /** Largest body before compression. The service refuses bodies over 50 MiB. Default 16 MiB. */
  maxDecompressedBytes?: number;
  /**
   * What the documented "1 MB" is held against. `wire` (default): bytes as sent. `raw`: bytes before compression, the
   * cautious reading; a target whose bodies are refused although they are within the limit on the wire is treated so
   * by itself, and `events.onFallback` tells.
   */
  batch?: 'wire' | 'raw';
  /** Share of the 12,000 requests that a rule takes in a minute. Counted per rule, for all writers of this client. */
  requestsPerMinute?: number;
  /** Share of the 2 GB, before compression, that a rule takes in a minute. Counted per rule. Default 2,000,000,000. */
  bytesPerMinute?: number;
  /**
   * After a deployment: for how long an unknown rule or stream, or a missing role, is tried again every 15 seconds, in
   * milliseconds from the first such answer. Streams need up to 10 minutes, roles up to 30. Default 0.
   */
  propagationInMs?: number;
  events?: IngestEvents;
}

/**
 * The Logs Ingestion API: rows into the stream of a data collection rule.
 * https://learn.microsoft.com/azure/azure-monitor/logs/logs-ingestion-api-overview
 */
export class LogsIngestionClient {
  /** The cloud of the workspace; undefined with a host of one's own of which no cloud was said. */
  readonly cloud: Cloud | undefined;
  readonly #settings: IngestionSettings;
  readonly #stateOf: (key: string) => TargetState;

  /** @param endpoint The rule's own `logsIngestion` endpoint, or that of a data collection endpoint. */
  constructor(endpoint: string, credential: TokenCredential, options: LogsIngestionClientOptions = {}) {
    const cloud = resolveCloud(options.cloud);
    const origin = originOf(endpoint, 'endpoint');
    const audience = (options.audience ?? cloud.logsIngestionAudience).replace(/\/+$/, '');
    checkIngestionAudience(origin, audience);
    checkCredential(credential, cloud);
    const known = new URL(origin).hostname.endsWith(`.${cloud.logsIngestionSuffix}`);
    this.cloud = options.cloud === undefined && !known ? undefined : cloud;
    const { clock = systemClock, compression = 'gzip', maxDecompressedBytes = 16 * 1024 * 1024 } = options;
    const { batch = 'wire' } = options;
    this.#settings = {
      origin,
      http: {
        ...options,
        userAgent: `loganalytics-ingest/${version}`,
        describeError: describeError('logs-ingestion'),
        authorize: bearerAuthorizer(credential, `${audience}/.default`, clock),
      },
      options,
      limiterOf: limiters(options),
      buffers: bufferPool(),
    };
    this.#stateOf = perKey(() => ({ limit: wireLimit({ compression, maxDecompressedBytes, batch }) }));
  }

  /** Rows over any time. All writers of this client share the rule's quota, and what is learnt of the target. */
  openWriter<Row extends object>(target: LogsIngestionTarget, options?: WriterOptions): LogWriter<Row> {
    return this.#open(target, options);
  }

  /**
   * Writes all rows and reports. Throws UploadError if a row is not safely with the service. What `rows` itself throws
   * is thrown as it is, once what was read before has been sent; `onRowStatus` tells of those rows.
   */
  async upload<Row extends object>(
    target: LogsIngestionTarget,
    rows: Rows<Row>,
    options?: WriterOptions,
  ): Promise<UploadReport> {
    return uploadAll(this.#open<Row>(target, options), rows, options?.abortSignal);
  }

  #open<Row>(target: LogsIngestionTarget, options?: WriterOptions): OpenWriter<Row> {
    checkIngestionTarget(target);
    const state = this.#stateOf(`${target.ruleId}/${target.stream}`);
    return openWriter<Row>(ingestionTransport(this.#settings, target, state, options), options);
  }
}
