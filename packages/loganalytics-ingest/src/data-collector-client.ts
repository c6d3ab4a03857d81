import { ArgumentError, createHttp, createRateLimiter, resolveCloud, systemClock } from '@repo/client-core';
import type { ClientOptions, Cloud, CloudName } from '@repo/client-core';
import { watchDoubt } from './doubt.js';
import { describeError } from './describe-error.js';
import { originOf } from './endpoint.js';
import type { UploadReport } from './fates.js';
import { decodeKey, signSharedKey } from './shared-key.js';
import { openWriter, uploadAll } from './writer.js';
import type { LogWriter, Rows, Transport, WriterOptions } from './writer.js';
import { version } from './version.js';

/** Microsoft says 30 MB; bodies a little below 30,000,000 bytes are known to pass. */
const maxBodyBytes = 29_900_000;

export interface DataCollectorTarget {
  /** Becomes the table `<logType>_CL`. Letters, digits and `_`, at most 100. */
  logType: string;
  /** Name of the property that holds each row's time, ISO 8601. The service replaces times older than 2 days or more than 1 day ahead. */
  timeGeneratedField?: string;
  /** ARM id for the column `_ResourceId`. */
  azureResourceId?: string;
}

export interface DataCollectorClientOptions extends ClientOptions {
  /** Default `public`. */
  cloud?: CloudName | Cloud;
  /** A host of your own (air-gapped cloud, emulator) instead of `{workspaceId}.{suffix of the cloud}`. */
  endpoint?: string;
}

/**
 * Classic: the HTTP Data Collector API, signed with the workspace's shared key. Microsoft's support ended on
 * 14 September 2026; new work belongs on `LogsIngestionClient`.
 * https://learn.microsoft.com/azure/azure-monitor/logs/data-collector-api
 */
export class DataCollectorClient {
  readonly #transport: (target: DataCollectorTarget) => Transport;

  /** @param sharedKey Primary or secondary key, base64, or a callback that is asked for every attempt. */
  constructor(
    workspaceId: string,
    sharedKey: string | (() => string | Promise<string>),
    options: DataCollectorClientOptions = {},
  ) {
    if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(workspaceId))
      throw new ArgumentError(
        'workspaceId',
        'is not a GUID',
        'Copy the Workspace ID from the workspace overview.',
      );
    if (typeof sharedKey === 'string') decodeKey(sharedKey);
    const cloud = resolveCloud(options.cloud);
    const origin = originOf(
      options.endpoint ?? `https://${workspaceId}.${cloud.dataCollectorSuffix}`,
      'options.endpoint',
    );
    const { clock = systemClock } = options;
    const doubt = watchDoubt(options.events);
    const http = createHttp({
      ...options,
      events: doubt.events,
      userAgent: `loganalytics-ingest/${version}`,
      ...(options.requestsPerMinute !== undefined && {
        limiter: options.limiter ?? createRateLimiter({ limit: options.requestsPerMinute, clock }),
      }),
      describeError: describeError('data-collector'),
      // Per attempt: the signature carries the date, and the service compares clocks.
      authorize: async ({ bodyBytes }) => {
        const date = new Date(clock.now()).toUTCString();
        const key = typeof sharedKey === 'string' ? sharedKey : await sharedKey();
        return {
          headers: {
            'x-ms-date': date,
            authorization: await signSharedKey({
              workspaceId,
              sharedKey: key,
              contentLength: bodyBytes,
              date,
            }),
          },
        };
      },
    });
    this.#transport = (target) => ({
      maxRawBytes: maxBodyBytes,
      clock,
      send: async (body, abortSignal) => {
        await doubt.run((requestId) =>
          http.send({
            requestId,
            operation: 'dataCollector.post',
            method: 'POST',
            url: `${origin}/api/logs?api-version=2016-04-01`,
            kind: 'read',
            body,
            headers: {
              // Exactly this: a charset makes the service answer 403.
              'content-type': 'application/json',
              'log-type': target.logType,
              ...(target.timeGeneratedField && { 'time-generated-field': target.timeGeneratedField }),
              ...(target.azureResourceId && { 'x-ms-AzureResourceId': target.azureResourceId }),
            },
            ...(abortSignal && { abortSignal }),
          }),
        );
        return body.byteLength;
      },
    });
  }

  openWriter<Row extends object>(target: DataCollectorTarget, options?: WriterOptions): LogWriter<Row> {
    checkLogType(target.logType);
    return openWriter<Row>(this.#transport(target), options);
  }

  /** Writes all rows and reports. Throws UploadError if a row is not safely with the service. */
  upload<Row extends object>(
    target: DataCollectorTarget,
    rows: Rows<Row>,
    options?: WriterOptions,
  ): Promise<UploadReport> {
    return uploadAll(this.openWriter<Row>(target, options), rows);
  }
}

function checkLogType(logType: string): void {
  if (/_CL$/i.test(logType))
    throw new ArgumentError(
      'target.logType',
      `would make the table ${logType}_CL`,
      'Leave out the _CL: the service adds it.',
    );
  if (!/^\w{1,100}$/.test(logType))
    throw new ArgumentError(
      'target.logType',
      `'${logType.slice(0, 100)}' is not a valid Log-Type`,
      'Use letters, digits and _ only, at most 100.',
    );
}
