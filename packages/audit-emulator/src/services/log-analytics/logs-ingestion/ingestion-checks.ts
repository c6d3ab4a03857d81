import type { Call } from '../../../server/service.js';
import type { EmulatorState } from '../../../server/emulator-state.js';
import type { IngestionError } from './ingestion-body.js';
import type { DataCollectionRule } from '../rules.js';
import { ruleResourceId } from '../rules.js';

export const ingestionHost: RegExp = /\.ingest\.monitor\.azure\.(com|us|cn)$/i;

/** The audiences a token may have: that of the host's cloud, on the emulator's own origin any cloud's. */
export function ingestionAudiences(host: string): string[] {
  const cloud = ingestionHost.exec(host)?.[1];
  return (cloud === undefined ? ['com', 'us', 'cn'] : [cloud.toLowerCase()]).flatMap((suffix) => [
    `https://monitor.azure.${suffix}`,
    `https://monitor.azure.${suffix}/`,
  ]);
}

/** 413 by the length on the wire, whatever the encoding. */
export function checkLength(call: Call, maxBytes: number): IngestionError | undefined {
  if (call.body.length <= maxBytes) return undefined;
  const message =
    `Maximum allowed content length: ${maxBytes} bytes (${maxBytes / 1_048_576} MB). ` +
    `Provided content length: ${call.body.length} bytes.`;
  return { status: 413, code: 'ContentLengthLimitExceeded', message };
}

/** The body of a 401 is not documented: it is empty here. */
export async function checkToken(
  call: Call,
  state: EmulatorState,
): Promise<{ oid: string } | IngestionError> {
  const audiences = ingestionAudiences(call.url.hostname);
  const verdict = await state.entra.verify(call.headers.get('authorization'), audiences);
  return verdict.ok ? { oid: verdict.claims.oid } : { status: 401 };
}

export function checkAccess(
  rule: DataCollectionRule,
  oid: string,
  state: EmulatorState,
): IngestionError | undefined {
  if (!state.logAnalytics.settings.logsIngestion.roleMissing && state.clock.now() >= rule.grantedAt)
    return undefined;
  const message =
    'The authentication token provided does not have access to ingest data for the data collection rule ' +
    `with immutable Id '${rule.immutableId}' PipelineAccessResult: AccessGranted: False, IsRbacPresent: False, ` +
    `IsDcrDceBindingValid: , DcrArmId: ${ruleResourceId(rule)}, Message: Required authorization action was ` +
    `not found for objectId ${oid}.`;
  return { status: 403, code: 'OperationFailed', message };
}

/** The rule, if there is one at this endpoint. */
export function checkRule(call: Call, state: EmulatorState, id: string): DataCollectionRule | IngestionError {
  const rule = state.logAnalytics.rules.get(id);
  const elsewhere =
    state.logAnalytics.settings.logsIngestion.strictEndpoint &&
    ingestionHost.test(call.url.hostname) &&
    call.url.hostname !== (rule?.endpoint && new URL(rule.endpoint).hostname);
  const message = `Data collection rule with immutable Id '${id}' not found.`;
  return rule && !elsewhere ? rule : { status: 404, code: 'NotFound', message };
}

export function checkStream(
  rule: DataCollectionRule,
  stream: string,
  now: number,
): IngestionError | undefined {
  if (rule.streams.has(stream) && now >= rule.readyAt) return undefined;
  const message =
    `The stream ${stream} was not configured in the data collection rule with immutable Id ` +
    `${rule.immutableId}.`;
  return { status: 400, code: 'InvalidStream', message };
}

export function checkQuota(
  rule: DataCollectionRule,
  bytes: number,
  state: EmulatorState,
): IngestionError | undefined {
  const { requestsPerMinute, bytesPerMinute, retryAfter } = state.logAnalytics.settings.logsIngestion;
  const limits = { requests: requestsPerMinute, bytes: bytesPerMinute };
  const taken = state.logAnalytics.meter.take(rule.immutableId, bytes, limits);
  if (taken.ok) return undefined;
  const seconds = Math.max(1, Math.ceil(taken.retryAfterInMs / 1000));
  return { status: 429, ...(retryAfter && { retryAfterInSeconds: seconds }) };
}
