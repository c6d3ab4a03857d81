import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileDeadLetters, sqliteState, supervisedPipeline } from 'audit-pipeline';
import type {
  FileDeadLetters,
  Gap,
  PipelineOptions,
  Sink,
  State,
  SupervisedPipeline,
  Unit,
} from 'audit-pipeline';
import type { LogRow } from 'audit-pipeline/loganalytics';
import { tenantsOf } from '../config/parse/check-references.js';
import { parseSize } from '../config/schema/values.js';
import type { CollectorConfig, PipelineConfig, TenantConfig } from '../config/types.js';
import type { BuildContext } from './build-context.js';
import { createCredentials } from './create-credentials.js';
import type { Credentials } from './create-credentials.js';
import { createSink } from './create-sink.js';
import { createNdjson, createMcasActivities, createMcasAlerts, createO365 } from './create-sources.js';
import type { SourceParts } from './create-sources.js';

/** One pipeline for one tenant, ready to run. */
interface BuiltPipeline extends SupervisedPipeline {
  readonly deadLetters: FileDeadLetters<LogRow>;
  close(): Promise<void>;
}

/** Callbacks of a run, by the name of the pipeline: `audit/contoso`. */
interface PipelineEvents {
  onGap?(name: string, gap: Gap): void;
  onDeferred?(name: string, unit: Unit, error: unknown): void;
  onContentTypeError?(name: string, contentType: string, error: Error): void;
}

export interface CreatePipelinesOptions extends PipelineEvents {
  /** Waits for more when everything is delivered. */
  follow: boolean;
  /** Only these pipelines, by the names of the configuration. */
  only?: readonly string[] | undefined;
}

/** Every pipeline of the configuration, once for each of its tenants. Opens no connection. */
export async function createPipelines(
  config: CollectorConfig,
  context: BuildContext,
  options: CreatePipelinesOptions,
): Promise<BuiltPipeline[]> {
  const credentials = createCredentials(config, context);
  const built: BuiltPipeline[] = [];
  for (const [name, pipeline] of Object.entries(config.pipelines)) {
    if (options.only && !options.only.includes(name)) continue;
    const tenants = pipeline.source.type === 'ndjson' ? [undefined] : tenantsOf(config, name);
    for (const tenantName of tenants) {
      const place = tenantName === undefined ? name : `${name}/${tenantName}`;
      const tenant = tenantName === undefined ? undefined : config.tenants[tenantName];
      built.push(await createOne({ config, context, options, credentials, pipeline, tenant, place }));
    }
  }
  return built;
}

interface Request {
  config: CollectorConfig;
  context: BuildContext;
  options: CreatePipelinesOptions;
  credentials: Credentials;
  pipeline: PipelineConfig;
  tenant: TenantConfig | undefined;
  /** Name of the pipeline and its folder below the state. */
  place: string;
}

async function createOne(request: Request): Promise<BuiltPipeline> {
  const { config, context, options, pipeline, place, tenant, credentials } = request;
  const parts = await createParts(request);
  const sink: Sink<LogRow> = await createSink(
    { config, outputs: pipeline.outputs, tenant, cloud: parts.source.cloud, table: parts.table, place },
    credentials,
    context,
  );
  const folder = resolve(context.folder, config.state?.folder ?? 'state', place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const state: State = await sqliteState(join(folder, 'state.db'));
  const deadLetters = await fileDeadLetters<LogRow>(join(folder, 'dead-letters'), {
    maxBytes: parseSize(config.deadLetters?.maxBytes ?? '1GiB'),
  });
  const pipelineOptions: Omit<PipelineOptions<Unit, unknown, LogRow>, 'drainSignal' | 'abortSignal'> = {
    ...parts,
    sink,
    state,
    deadLetters,
    concurrency: pipeline.concurrency ?? 4,
    follow: options.follow,
    clock: context.clock,
    onGap: (gap) => options.onGap?.(place, gap),
    onDeferred: (unit, error) => options.onDeferred?.(place, unit, error),
  };
  return {
    ...supervisedPipeline(place, pipelineOptions),
    deadLetters,
    async close() {
      await sink.close();
      await deadLetters.close();
      await state.close();
    },
  };
}

function createParts(request: Request): Promise<SourceParts> {
  const { pipeline, place, tenant, context, credentials, options } = request;
  const { source } = pipeline;
  const shared = {
    context,
    credentials,
    transforms: pipeline.transforms ?? [],
    collector: request.config.name ?? 'collector',
    onContentTypeError: (type: string, error: Error) => options.onContentTypeError?.(place, type, error),
  };
  if (source.type === 'ndjson') return createNdjson(source, shared);
  if (!tenant) throw new RangeError(`${place} has no tenant`);
  if (source.type === 'o365') return createO365(source, tenant, shared);
  if (source.type === 'mcas-activities') return createMcasActivities(source, tenant, shared);
  return createMcasAlerts(source, tenant, shared);
}
