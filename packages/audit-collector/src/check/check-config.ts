import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient, contentTypes } from 'o365-activity-client';
import type { BuildContext } from '../build/build-context.js';
import { createCredentials } from '../build/create-credentials.js';
import type { Credentials } from '../build/create-credentials.js';
import { resolveValues } from '../build/create-sink.js';
import { createMcasClient, getTransport, tableNames } from '../build/create-sources.js';
import { tenantsOf } from '../config/parse/check-references.js';
import type { CollectorConfig, OutputConfig, TenantConfig } from '../config/types.js';
import { checkActivities, writeTest } from './check-activities.js';
import { checkContent } from './check-content.js';
import { checkClock, checkProxy } from './check-environment.js';
import { checkToken } from './check-token.js';
import { getMessage, red } from './finding.js';
import type { Finding } from './finding.js';

interface CheckConfigOptions {
  /** A content type with nothing for longer is red. Default 24. */
  quietAfterHours?: number | undefined;
  /** Sends one marked row to each Logs Ingestion output: only that tries rule, stream and role. Default false. */
  writeTest?: boolean | undefined;
}

/** A finding of one tenant, or of the machine. */
export interface TenantFinding extends Finding {
  tenant?: string | undefined;
}

/** Everything that can be known before the first record is collected. Reads only. */
export async function* checkConfig(
  config: CollectorConfig,
  context: BuildContext,
  options: CheckConfigOptions = {},
): AsyncGenerator<TenantFinding, void, void> {
  const credentials = createCredentials(config, context);
  yield checkProxy(context.env);
  for (const [name, tenant] of Object.entries(config.tenants))
    for await (const finding of checkTenant(name, tenant, { config, context, credentials, options }))
      yield { ...finding, tenant: name };
}

interface Parts {
  config: CollectorConfig;
  context: BuildContext;
  credentials: Credentials;
  options: CheckConfigOptions;
}

async function* checkTenant(
  name: string,
  tenant: TenantConfig,
  parts: Parts,
): AsyncGenerator<Finding, void, void> {
  const { config, context, credentials } = parts;
  const sources = Object.entries(config.pipelines)
    .filter(([pipeline]) => tenantsOf(config, pipeline).includes(name))
    .map(([, { source }]) => source);
  try {
    const cloud = credentials.cloudOf(tenant.identity);
    const now = context.clock?.now() ?? Date.now();
    yield await checkClock(cloud.authority, tenant.id, now, context.fetch);
    const types = new Set(
      sources.flatMap((source) => (source.type === 'o365' ? (source.contentTypes ?? contentTypes) : [])),
    );
    const startSubscriptions = sources.some((source) => source.type === 'o365' && source.startSubscriptions);
    if (types.size > 0) yield* await checkO365(tenant, { types: [...types], now, startSubscriptions }, parts);
    if (sources.some(({ type }) => type.startsWith('mcas')))
      yield await checkActivities(createMcasClient(tenant, parts), now);
    for (const place of getIngestionPlaces(config, name)) yield* checkIngestion(place, tenant, now, parts);
  } catch (error) {
    yield red(getMessage(error), 'Correct this first: the rest of this tenant was not checked.');
  }
}

async function checkO365(
  tenant: TenantConfig,
  asked: { types: (typeof contentTypes)[number][]; now: number; startSubscriptions: boolean },
  { context, credentials, options }: Parts,
): Promise<Finding[]> {
  const cloud = credentials.cloudOf(tenant.identity);
  const credential = credentials.get(tenant.identity, tenant.id);
  const permissions = [
    ['ActivityFeed.Read'],
    ...(asked.types.includes('DLP.All') ? [['ActivityFeed.ReadDlp']] : []),
  ];
  const scope = `${new URL(cloud.activityEndpoint).origin}/.default`;
  const client = new O365ActivityClient(tenant.id, credential, {
    cloud,
    ...getTransport(context),
    ...(tenant.publisherId !== undefined && { publisherId: tenant.publisherId }),
  });
  return [
    ...(await checkToken(credential, {
      api: 'Management Activity',
      scope,
      tenantId: tenant.id,
      permissions,
    })),
    ...(await checkContent(client, { ...asked, quietAfterHours: options.quietAfterHours ?? 24 })),
  ];
}

/** A Logs Ingestion output and the table that a pipeline of the tenant writes there. */
interface IngestionPlace {
  name: string;
  output: Extract<OutputConfig, { type: 'logs-ingestion' }>;
  table: string;
}

function getIngestionPlaces(config: CollectorConfig, tenant: string): IngestionPlace[] {
  return Object.entries(config.pipelines)
    .filter(([pipeline]) => tenantsOf(config, pipeline).includes(tenant))
    .flatMap(([, pipeline]) =>
      pipeline.outputs.flatMap((name) => {
        const output = config.outputs[name];
        return output?.type === 'logs-ingestion'
          ? [{ name, output, table: tableNames[pipeline.source.type] }]
          : [];
      }),
    );
}

async function* checkIngestion(
  { name, output, table }: IngestionPlace,
  tenant: TenantConfig,
  now: number,
  { config, context, credentials, options }: Parts,
): AsyncGenerator<Finding, void, void> {
  const cloud = credentials.cloudOf(output.identity);
  const credential = credentials.get(output.identity, tenant.id);
  yield* await checkToken(credential, {
    api: `output ${name}`,
    scope: `${cloud.logsIngestionAudience}/.default`,
    tenantId: config.identities[output.identity]?.tenant ?? tenant.id,
    permissions: [],
  });
  if (!options.writeTest) return;
  const { endpoint, ruleId, stream } = resolveValues(output, tenant) as typeof output;
  const client = new LogsIngestionClient(endpoint, credential, { ...getTransport(context), cloud });
  const row = { TimeGenerated: new Date(now).toISOString(), Operation: 'audit-collector check' };
  yield await writeTest(client, { ruleId, stream: stream ?? `Custom-${table}_CL` }, row);
}
