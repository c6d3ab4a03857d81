import {
  bearerAuthorizer,
  checkCredential,
  getCloudFromEnv,
  getCredentialFromEnv,
  getProcessEnvironment,
  getVariable,
  resolveCloud,
  systemClock,
  trimSlashes,
} from '@repo/client-core';
import type { Cloud, Environment, TokenCredential } from '@repo/client-core';
import { createBufferPool } from '../writer/buffer-pool.js';
import { describeError } from '../http/describe-error.js';
import { originOf } from './parse-endpoint.js';
import type {
  LogsIngestionClientOptions,
  LogsIngestionTableTarget,
  LogsIngestionTarget,
} from './logs-ingestion-options.js';
import { tableRowCheck } from '../rows/validate-row.js';
import type { UploadReport } from '../writer/row-status.js';
import { ingestionTransport, limiters } from '../http/ingestion-transport.js';
import type { IngestionSettings, TargetState } from '../http/ingestion-transport.js';
import { perKey } from '../http/per-key.js';
import type { Rows } from '../rows/rows.js';
import { checkIngestionAudience, checkIngestionTarget } from './validate-target.js';
import { version } from '../version.js';
import { wireLimit } from '../writer/size-limit.js';
import { uploadRows } from '../writer/upload-rows.js';
import { openWriter } from '../writer/writer.js';
import type { OpenWriter } from '../writer/writer.js';
import type { LogWriter, WriterOptions } from '../writer/writer-options.js';

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
    const audience = trimSlashes(options.audience ?? cloud.logsIngestionAudience);
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
      buffers: createBufferPool(),
    };
    this.#stateOf = perKey(() => ({ limit: wireLimit({ compression, maxDecompressedBytes, batch }) }));
  }

  /**
   * A client for `AUDIT_LOGS_ENDPOINT` with the credential of `AUDIT_TENANT_ID`, `AUDIT_CLIENT_ID` and
   * `AUDIT_CLIENT_SECRET` (or `AUDIT_CLIENT_CERTIFICATE`), in `AUDIT_CLOUD`. Options override the environment.
   * @throws ArgumentError naming the variable that is missing.
   */
  static fromEnv(
    env: Environment = getProcessEnvironment(),
    options: LogsIngestionClientOptions = {},
  ): LogsIngestionClient {
    const cloud = options.cloud ?? getCloudFromEnv(env);
    const { fetch, clock } = options;
    const credential = getCredentialFromEnv(env, { cloud, fetch, clock });
    const settings = cloud === undefined ? options : { ...options, cloud };
    return new LogsIngestionClient(getVariable(env, 'AUDIT_LOGS_ENDPOINT'), credential, settings);
  }

  /**
   * Rows over any time. All writers of this client share the rule's quota, and what is learnt of the target. With a table
   * as target each row is validated.
   */
  openWriter<Row extends object>(
    target: LogsIngestionTableTarget<Row>,
    options?: WriterOptions,
  ): LogWriter<Row>;
  openWriter<Row extends object>(target: LogsIngestionTarget, options?: WriterOptions): LogWriter<Row>;
  openWriter<Row extends object>(target: AnyTarget<Row>, options?: WriterOptions): LogWriter<Row> {
    return this.#open(target, options);
  }

  /**
   * Writes all rows and reports. Throws UploadError if a row is not safely with the service. What `rows` itself throws
   * is thrown as it is, once what was read before has been sent; `onRowStatus` is called with those rows.
   */
  async upload<Row extends object>(
    target: LogsIngestionTableTarget<Row>,
    rows: Iterable<NoInfer<Row>> | AsyncIterable<NoInfer<Row>>,
    options?: WriterOptions,
  ): Promise<UploadReport>;
  async upload<Row extends object>(
    target: LogsIngestionTarget,
    rows: Rows<Row>,
    options?: WriterOptions,
  ): Promise<UploadReport>;
  async upload<Row extends object>(
    target: AnyTarget<Row>,
    rows: Rows<Row>,
    options?: WriterOptions,
  ): Promise<UploadReport> {
    return uploadRows(this.#open<Row>(target, options), rows, options?.abortSignal);
  }

  #open<Row extends object>(target: AnyTarget<Row>, options?: WriterOptions): OpenWriter<Row> {
    const { ruleId } = target;
    const table = 'table' in target ? target.table : undefined;
    const stream = 'stream' in target ? target.stream : target.table.stream;
    checkIngestionTarget({ ruleId, stream });
    const state = this.#stateOf(`${ruleId}/${stream}`);
    const transport = ingestionTransport(this.#settings, { ruleId, stream }, state, options);
    if (!table) return openWriter<Row>(transport, options);
    const now = (): number => (transport.clock ?? systemClock).now();
    return openWriter<Row>({ ...transport, check: tableRowCheck(table, now), objectsOnly: true }, options);
  }
}

type AnyTarget<Row extends object> = LogsIngestionTarget | LogsIngestionTableTarget<Row>;
