import {
  ArgumentError,
  createRateLimiter,
  getCloudFromEnv,
  getProcessEnvironment,
  getVariable,
  resolveCloud,
  systemClock,
} from '@repo/client-core';
import type {
  ClientOptions,
  Cloud,
  CloudName,
  Environment,
  HttpSettings,
  RateLimiter,
} from '@repo/client-core';
import { createBufferPool } from '../writer/buffer-pool.js';
import type { BufferPool } from '../writer/buffer-pool.js';
import { describeError, withRetirement } from '../http/describe-error.js';
import { originOf } from './parse-endpoint.js';
import type { IngestEvents } from '../http/events.js';
import type { UploadReport } from '../writer/row-status.js';
import type { Rows } from '../rows/rows.js';
import { sendBody } from '../http/send-body.js';
import { decodeKey, signSharedKey } from '../auth/shared-key.js';
import type { Transport } from '../http/transport.js';
import { collectorRowCheck } from '../rows/validate-row.js';
import { checkCollectorHost, checkCollectorTarget } from './validate-target.js';
import { version } from '../version.js';
import { uploadRows } from '../writer/upload-rows.js';
import { openWriter } from '../writer/writer.js';
import type { OpenWriter } from '../writer/writer.js';
import type { LogWriter, WriterOptions } from '../writer/writer-options.js';

/** Microsoft says 30 MB; bodies a little below 30,000,000 bytes are known to pass. */
const maxBodyBytes = 29_900_000;
/** Nothing is compressed here, and several bodies are in memory at once. */
const defaultBatchBytes = 8_000_000;

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
  cloud?: CloudName | Cloud | undefined;
  /** A host of your own (air-gapped cloud, emulator) instead of `{workspaceId}.{suffix of the cloud}`. */
  endpoint?: string | undefined;
  events?: IngestEvents | undefined;
}

export interface DataCollectorWriterOptions extends WriterOptions {
  /** A batch with this many bytes is sent. Default 8,000,000; a request takes 29,900,000. */
  maxBytes?: number | undefined;
  /**
   * A property whose type differs from that in earlier rows of this writer, so that the service would make a second
   * column. Default `reject`. Of rows given as objects only.
   */
  suffixDrift?: 'reject' | 'send' | undefined;
}

/**
 * Classic: the HTTP Data Collector API, signed with the workspace's shared key. Microsoft's support ended on
 * 14 September 2026; new work belongs on `LogsIngestionClient`.
 * https://learn.microsoft.com/azure/azure-monitor/logs/data-collector-api
 */
export class DataCollectorClient {
  /** The cloud of the workspace; undefined with an endpoint of one's own of which no cloud was said. */
  readonly cloud: Cloud | undefined;
  readonly #http: HttpSettings;
  readonly #buffers: BufferPool = createBufferPool();
  readonly #origin: string;

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
    this.#origin = originOf(
      options.endpoint ?? `https://${workspaceId}.${cloud.dataCollectorSuffix}`,
      'options.endpoint',
    );
    const known = new URL(this.#origin).hostname.endsWith(`.${cloud.dataCollectorSuffix}`);
    this.cloud = options.cloud === undefined && !known ? undefined : cloud;
    checkCollectorHost(this.#origin, workspaceId, cloud);
    const limiter = limiterOf(options);
    this.#http = {
      ...options,
      userAgent: `loganalytics-ingest/${version}`,
      ...(limiter && { limiter }),
      describeError: describeError('data-collector'),
      authorize: signer(workspaceId, sharedKey, options),
    };
  }

  /**
   * A client for `AUDIT_WORKSPACE_ID` with `AUDIT_WORKSPACE_KEY`, in `AUDIT_CLOUD`. Options override the environment.
   * @throws ArgumentError naming the variable that is missing.
   */
  static fromEnv(
    env: Environment = getProcessEnvironment(),
    options: DataCollectorClientOptions = {},
  ): DataCollectorClient {
    const cloud = options.cloud ?? getCloudFromEnv(env);
    const settings = cloud === undefined ? options : { ...options, cloud };
    const workspaceId = getVariable(env, 'AUDIT_WORKSPACE_ID');
    return new DataCollectorClient(workspaceId, getVariable(env, 'AUDIT_WORKSPACE_KEY'), settings);
  }

  /** Rows over any time. */
  openWriter<Row extends object>(
    target: DataCollectorTarget,
    options?: DataCollectorWriterOptions,
  ): LogWriter<Row> {
    return this.#open(target, options);
  }

  /**
   * Writes all rows and reports. Throws UploadError if a row is not safely with the service. What `rows` itself throws
   * is thrown as it is, once what was read before has been sent; `onRowStatus` tells of those rows.
   */
  async upload<Row extends object>(
    target: DataCollectorTarget,
    rows: Rows<Row>,
    options?: DataCollectorWriterOptions,
  ): Promise<UploadReport> {
    return uploadRows(this.#open<Row>(target, options), rows, options?.abortSignal);
  }

  #open<Row>(target: DataCollectorTarget, options: DataCollectorWriterOptions = {}): OpenWriter<Row> {
    checkCollectorTarget(target);
    const transport = transportOf(this.#http, this.#origin, target, options);
    return openWriter<Row>({ ...transport, buffers: this.#buffers }, options);
  }
}

function limiterOf({
  limiter,
  requestsPerMinute: limit,
  clock,
}: DataCollectorClientOptions): RateLimiter | undefined {
  if (limiter || limit === undefined) return limiter;
  return createRateLimiter({ limit, ...(clock && { clock }) });
}

/** Per attempt: the signature carries the date, and the service compares clocks. */
function signer(
  workspaceId: string,
  sharedKey: string | (() => string | Promise<string>),
  { clock = systemClock }: DataCollectorClientOptions,
): HttpSettings['authorize'] {
  return async ({ bodyBytes: contentLength }) => {
    const date = new Date(clock.now()).toUTCString();
    const key = typeof sharedKey === 'string' ? sharedKey : await sharedKey();
    const authorization = await signSharedKey({ workspaceId, sharedKey: key, contentLength, date });
    return { headers: { 'x-ms-date': date, authorization }, secrets: [key] };
  };
}

function transportOf(
  http: HttpSettings,
  origin: string,
  { logType, timeGeneratedField, azureResourceId }: DataCollectorTarget,
  {
    timeOutsideWindow = 'send',
    suffixDrift = 'reject',
    maxBytes = defaultBatchBytes,
  }: DataCollectorWriterOptions,
): Transport {
  const { clock = systemClock } = http;
  return {
    clock,
    limits: { fill: Math.min(maxBytes, maxBodyBytes), most: maxBodyBytes, field: 32 * 1024 },
    check: collectorRowCheck({
      now: () => clock.now(),
      timeOutsideWindow,
      suffixDrift,
      ...(timeGeneratedField !== undefined && { timeGeneratedField }),
    }),
    async send(body, sending) {
      const result = await sendBody(http, {
        ...sending,
        rawBytes: body.byteLength,
        body,
        operation: 'dataCollector.post',
        url: `${origin}/api/logs?api-version=2016-04-01`,
        headers: {
          // Exactly this: a charset makes the service answer 403.
          'content-type': 'application/json',
          'log-type': logType,
          ...(timeGeneratedField && { 'time-generated-field': timeGeneratedField }),
          ...(azureResourceId && { 'x-ms-AzureResourceId': azureResourceId }),
        },
      });
      if (result.status === 'accepted') return result;
      const error = withRetirement(result.error);
      return error === result.error ? result : { ...result, error, reason: (error as Error).message };
    },
  };
}
