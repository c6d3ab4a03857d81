import {
  ArgumentError,
  bearerAuthorizer,
  checkSameCloud,
  createHttp,
  createRateLimiter,
  resolveCloud,
  systemClock,
} from '@repo/client-core';
import type { ClientOptions, Cloud, CloudName, TokenCredential } from '@repo/client-core';
import { watchDoubt } from './doubt.js';
import { describeError } from './describe-error.js';
import { originOf } from './endpoint.js';
import type { UploadReport } from './fates.js';
import { compress } from './gzip.js';
import { BodyTooLarge, openWriter, uploadAll } from './writer.js';
import type { LogWriter, Rows, WriterOptions } from './writer.js';
import { version } from './version.js';

/** The service takes 1,048,576 bytes of Content-Length; the margin is for nothing but caution. */
const maxWireBytes = 1_048_576 - 4096;
/** Well under the 50 MiB at which the decompressed body is refused. */
const maxDecompressedBytes = 16 * 1024 * 1024;
/** 12,000 requests a minute per rule, a documented soft limit. */
const requestsPerMinute = 12_000;

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
}

/**
 * The Logs Ingestion API: rows into the stream of a data collection rule.
 * https://learn.microsoft.com/azure/azure-monitor/logs/logs-ingestion-api-overview
 */
export class LogsIngestionClient {
  readonly #send: (
    target: LogsIngestionTarget,
    body: Uint8Array<ArrayBuffer>,
    abortSignal?: AbortSignal,
  ) => Promise<number>;
  readonly #options: LogsIngestionClientOptions;

  /** @param endpoint The rule's own `logsIngestion` endpoint, or that of a data collection endpoint. */
  constructor(endpoint: string, credential: TokenCredential, options: LogsIngestionClientOptions = {}) {
    const cloud = resolveCloud(options.cloud);
    const origin = originOf(endpoint, 'endpoint');
    checkClouds(origin, cloud, credential, options.audience);
    const { clock = systemClock, compression = 'gzip' } = options;
    const scope = `${(options.audience ?? cloud.logsIngestionAudience).replace(/\/+$/, '')}/.default`;
    const doubt = watchDoubt(options.events);
    const http = createHttp({
      ...options,
      events: doubt.events,
      userAgent: `loganalytics-ingest/${version}`,
      limiter:
        options.limiter ??
        createRateLimiter({ limit: options.requestsPerMinute ?? requestsPerMinute, clock }),
      describeError: describeError('logs-ingestion'),
      authorize: bearerAuthorizer(credential, scope, clock),
    });
    this.#options = options;
    this.#send = async ({ ruleId, stream }, raw, abortSignal) => {
      const body = compression === 'gzip' ? await compress(raw) : raw;
      if (body.byteLength > maxWireBytes) throw new BodyTooLarge();
      await doubt.run((requestId) =>
        http.send({
          requestId,
          operation: 'logsIngestion.upload',
          method: 'POST',
          url: `${origin}/dataCollectionRules/${encodeURIComponent(ruleId)}/streams/${encodeURIComponent(stream)}?api-version=2023-01-01`,
          kind: 'read',
          body,
          headers: {
            'content-type': 'application/json',
            ...(compression === 'gzip' && { 'content-encoding': 'gzip' }),
          },
          ...(abortSignal && { abortSignal }),
        }),
      );
      return body.byteLength;
    };
  }

  openWriter<Row extends object>(target: LogsIngestionTarget, options?: WriterOptions): LogWriter<Row> {
    checkTarget(target);
    const { compression = 'gzip', clock } = this.#options;
    return openWriter<Row>(
      {
        // Audit records shrink about fivefold; what shrinks less is cut in two.
        maxRawBytes: compression === 'gzip' ? Math.min(maxDecompressedBytes, 4 * maxWireBytes) : maxWireBytes,
        clock,
        send: (body, abortSignal) => this.#send(target, body, abortSignal),
      },
      options,
    );
  }

  /** Writes all rows and reports. Throws UploadError if a row is not safely with the service. */
  upload<Row extends object>(
    target: LogsIngestionTarget,
    rows: Rows<Row>,
    options?: WriterOptions,
  ): Promise<UploadReport> {
    return uploadAll(this.openWriter<Row>(target, options), rows);
  }
}

function checkTarget({ ruleId, stream }: LogsIngestionTarget): void {
  if (!/^dcr-[\da-f]{32}$/i.test(ruleId))
    throw new ArgumentError(
      'target.ruleId',
      'is not the immutable id of a rule',
      "Copy properties.immutableId from the rule's JSON view: dcr- and 32 hex digits, not its name or ARM id.",
    );
  if (!/^(Custom|Microsoft)-/.test(stream))
    throw new ArgumentError(
      'target.stream',
      `'${stream}' lacks its prefix`,
      `Did you mean Custom-${stream}? It is the stream of the rule, not the table.`,
    );
}

function checkClouds(
  origin: string,
  cloud: Cloud,
  credential: TokenCredential,
  audience: string | undefined,
): void {
  const known = /\.ingest\.monitor\.azure\.(com|us|cn)$/.exec(new URL(origin).hostname)?.[1];
  const wanted = (audience ?? cloud.logsIngestionAudience).replace(/\/+$/, '').split('.').at(-1);
  if (known && known !== wanted)
    throw new ArgumentError(
      'endpoint',
      `belongs to the cloud azure.${known}, the token would be for azure.${wanted}`,
      'Set options.cloud to the cloud of the endpoint.',
    );
  checkSameCloud(credential, cloud);
}
