import { resolve } from 'node:path';
import type { Source, Transform, Unit } from 'audit-pipeline';
import type { LogRow } from 'audit-pipeline/loganalytics';
import { activityId, activityRow, alertRow, mcasAlertSource, mcasSource } from 'audit-pipeline/mcas';
import { ndjsonSource } from 'audit-pipeline/ndjson';
import { o365Source, recordId } from 'audit-pipeline/o365';
import { McasClient, apiToken } from 'mcas-client';
import type { Clock, Fetch } from 'mcas-client';
import { O365ActivityClient, contentTypes } from 'o365-activity-client';
import { parseDuration } from '../config/schema/values.js';
import type { SourceConfig, TenantConfig, TransformConfig } from '../config/types.js';
import type { BuildContext } from './build-context.js';
import type { Credentials } from './create-credentials.js';
import { createTransform } from './create-transform.js';
import type { TransformStep } from './create-transform.js';
import { secretReader } from './read-secret.js';

/** What a source brings to its pipeline. */
export interface SourceParts {
  source: Source<Unit, unknown>;
  transform: Transform<unknown, Unit, LogRow>;
  recordId?: ((record: unknown) => string | undefined) | undefined;
  /** Its table, without suffix. */
  table: string;
}

interface SourceRequest {
  context: BuildContext;
  credentials: Credentials;
  transforms: readonly TransformConfig[];
  /** Name of the collector. */
  collector: string;
  onContentTypeError(contentType: string, error: Error): void;
}

/** Where the rows of a source go, without suffix, when its output names no table. */
export const tableNames = {
  o365: 'AuditRecords',
  'mcas-activities': 'MCAS_Activity_Log',
  'mcas-alerts': 'MCAS_Alerts',
  ndjson: 'AuditRecords',
} as const satisfies Record<SourceConfig['type'], string>;

type Config<T extends SourceConfig['type']> = Extract<SourceConfig, { type: T }>;

export async function createO365(
  config: Config<'o365'>,
  tenant: TenantConfig,
  request: SourceRequest,
): Promise<SourceParts> {
  const { context, credentials } = request;
  const cloud = credentials.cloudOf(tenant.identity);
  const client = new O365ActivityClient(tenant.id, credentials.get(tenant.identity, tenant.id), {
    ...getTransport(context),
    cloud,
    ...(tenant.publisherId !== undefined && { publisherId: tenant.publisherId }),
    startMissing: config.startSubscriptions ?? false,
  });
  const steps: TransformStep[] = [];
  for (const step of request.transforms) steps.push(await readKey(step, tenant, request));
  return erase({
    source: o365Source(client, {
      tenantId: tenant.id,
      cloud,
      contentTypes: config.contentTypes ?? contentTypes,
      startFrom: config.startFrom,
      ...getPolling(config.pollInterval),
      clock: context.clock,
      onContentTypeError: request.onContentTypeError,
    }),
    transform: createTransform(steps, tenant.id, request.collector),
    recordId,
    table: tableNames[config.type],
  });
}

export async function createMcasActivities(
  config: Config<'mcas-activities'>,
  tenant: TenantConfig,
  request: SourceRequest,
): Promise<SourceParts> {
  const source = mcasSource(createMcasClient(tenant, request), {
    startFrom: getStart(config.startFrom, request.context),
    cloud: request.credentials.cloudOf(tenant.identity),
    ...(config.filters && { filters: config.filters }),
    clock: request.context.clock,
  });
  const transform = activityRow({ collectorVersion: request.collector });
  return erase({ source, transform, recordId: activityId, table: tableNames[config.type] });
}

export async function createMcasAlerts(
  config: Config<'mcas-alerts'>,
  tenant: TenantConfig,
  request: SourceRequest,
): Promise<SourceParts> {
  const source = mcasAlertSource(createMcasClient(tenant, request), {
    startFrom: getStart(config.startFrom, request.context),
    cloud: request.credentials.cloudOf(tenant.identity),
  });
  const transform = alertRow({ collectorVersion: request.collector });
  return erase({ source, transform, table: tableNames[config.type] });
}

export async function createNdjson(config: Config<'ndjson'>, request: SourceRequest): Promise<SourceParts> {
  const source = ndjsonSource(resolve(request.context.folder, config.folder));
  return erase({ source, transform: (row: Uint8Array) => row, table: tableNames[config.type] });
}

/** The client of a tenant's Cloud App Security. */
export function createMcasClient(
  tenant: TenantConfig,
  { context, credentials }: Pick<SourceRequest, 'context' | 'credentials'>,
): McasClient {
  if (!tenant.mcas) throw new RangeError(`tenant ${tenant.id} has no mcas`);
  const { token, url } = tenant.mcas;
  const credential = token
    ? apiToken(secretReader(token, context, (name) => credentials.get(name, tenant.id)))
    : credentials.get(tenant.identity, tenant.id);
  return new McasClient(url, credential, {
    ...getTransport(context),
    cloud: credentials.cloudOf(tenant.identity),
  });
}

/** Cloud App Security has no word for where a first run begins, only a time. */
function getStart(startFrom: string, { clock }: BuildContext): number {
  const now = clock?.now() ?? Date.now();
  if (startFrom === 'now') return now;
  return startFrom === 'oldest' ? now - oldestActivityInMs : Date.parse(startFrom);
}

/** How far back `oldest` reaches for Cloud App Security: older activities are only found by a few of their fields. */
const oldestActivityInMs = 30 * 86_400_000;

async function readKey(
  step: TransformConfig,
  tenant: TenantConfig,
  { context, credentials }: SourceRequest,
): Promise<TransformStep> {
  if (!('pseudonymize' in step)) return step;
  const read = secretReader(step.key, context, (name) => credentials.get(name, tenant.id));
  return { pseudonymize: step.pseudonymize, keyBytes: await read() };
}

/** What every client is given. */
export function getTransport({ fetch, clock }: BuildContext): {
  fetch: Fetch | undefined;
  clock: Clock | undefined;
} {
  return { fetch, clock };
}

function getPolling(interval: string | undefined): { pollIntervalInMs?: number } {
  return interval === undefined ? {} : { pollIntervalInMs: parseDuration(interval) };
}

/** Pipelines of different records side by side: each part only ever meets the records of its own source. */
function erase<U extends Unit, R>(parts: {
  source: Source<U, R>;
  transform: Transform<R, U, LogRow>;
  recordId?: (record: R) => string | undefined;
  table: string;
}): SourceParts {
  return parts as unknown as SourceParts;
}
