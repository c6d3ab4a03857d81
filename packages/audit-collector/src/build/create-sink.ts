import { resolve } from 'node:path';
import { tee } from 'audit-pipeline';
import type { Sink } from 'audit-pipeline';
import { dataCollectorSink, logsIngestionSink } from 'audit-pipeline/loganalytics';
import type { LogRow } from 'audit-pipeline/loganalytics';
import { ndjsonSink } from 'audit-pipeline/ndjson';
import type { Cloud } from 'o365-activity-client';
import { DataCollectorClient, LogsIngestionClient } from 'loganalytics-ingest';
import { tenantValueName } from '../config/parse/check-references.js';
import type { CollectorConfig, OutputConfig, TenantConfig } from '../config/types.js';
import { stdoutSink } from '../outputs/stdout-sink.js';
import type { BuildContext } from './build-context.js';
import type { Credentials } from './create-credentials.js';
import { secretReader } from './read-secret.js';

/** What the outputs of one pipeline of one tenant are built from. */
interface SinkRequest {
  config: CollectorConfig;
  /** Names of outputs. */
  outputs: readonly string[];
  /** Absent for sources that belong to no tenant. */
  tenant: TenantConfig | undefined;
  /** The cloud the data lives in. */
  cloud: Cloud | undefined;
  /** Table without its suffix, for outputs that name none: `AuditRecords`. */
  table: string;
  /** Folder of files, one for each pipeline and tenant: `audit/contoso`. */
  place: string;
}

/** One sink that writes to every output: a unit is committed when all of them have accepted it. */
export async function createSink(
  request: SinkRequest,
  credentials: Credentials,
  context: BuildContext,
): Promise<Sink<LogRow>> {
  const sinks: Sink<LogRow>[] = [];
  for (const name of request.outputs) {
    const output = request.config.outputs[name];
    if (output)
      sinks.push(await createOne(resolveValues(output, request.tenant), request, credentials, context));
  }
  if (sinks.length === 0) throw new RangeError('a pipeline without outputs');
  return tee(sinks);
}

async function createOne(
  output: OutputConfig,
  request: SinkRequest,
  credentials: Credentials,
  context: BuildContext,
): Promise<Sink<LogRow>> {
  const { tenant, cloud, table } = request;
  const transport = {
    fetch: context.fetch,
    clock: context.clock,
  };
  switch (output.type) {
    case 'logs-ingestion': {
      const client = new LogsIngestionClient(output.endpoint, credentials.get(output.identity, tenant?.id), {
        ...transport,
        cloud: credentials.cloudOf(output.identity),
      });
      return logsIngestionSink(client, {
        ruleId: output.ruleId,
        stream: output.stream ?? `Custom-${table}_CL`,
      });
    }
    case 'data-collector': {
      const key = await secretReader(output.key, context, (name) => credentials.get(name, tenant?.id))();
      const client = new DataCollectorClient(output.workspaceId, key, transport);
      return dataCollectorSink(client, { logType: output.logType ?? table });
    }
    case 'ndjson':
      return ndjsonSink(resolve(context.folder, output.folder, request.place), {
        cloud,
        clock: context.clock,
      });
    case 'stdout':
      return stdoutSink(context.stdout, cloud);
  }
}

/** `${tenant.name}` in place, for this tenant. */
export function resolveValues(output: OutputConfig, tenant: TenantConfig | undefined): OutputConfig {
  return Object.fromEntries(
    Object.entries(output).map(([key, value]: [string, unknown]) => {
      const name = typeof value === 'string' ? tenantValueName(value) : undefined;
      return [key, name === undefined ? value : tenant?.values?.[name]];
    }),
  ) as unknown as OutputConfig;
}
