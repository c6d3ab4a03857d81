import { decoded } from '../../../server/unescape-path.js';
import { createRuleMeter } from '../meters.js';
import { createLogAnalyticsState } from '../state.js';
import type { LogAnalyticsState } from '../state.js';
import { defineService } from '../../../server/define-service.js';
import { json } from '../../../server/service.js';
import type { Call, Service } from '../../../server/service.js';
import type { EmulatorState } from '../../../server/emulator-state.js';
import {
  checkAccess,
  checkLength,
  checkQuota,
  checkRule,
  checkStream,
  checkToken,
  ingestionHost,
} from './ingestion-checks.js';
import { readBody } from './ingestion-body.js';
import type { IngestionError } from './ingestion-body.js';
import { storeRows } from './ingestion-rows.js';

const path = /^\/dataCollectionRules\/([^/]+)\/streams\/([^/]+)\/?$/i;

/** The Logs Ingestion API: `POST {endpoint}/dataCollectionRules/{immutableId}/streams/{stream}`. */
export const logsIngestionService: Service = defineService<LogAnalyticsState>({
  name: 'logs-ingestion',
  hosts: [ingestionHost],
  paths: [path],
  resources: [
    {
      name: 'Azure Monitor',
      appId: 'be14bf7e-8ab4-49b0-9dc6-a0eddd6fa73e',
      audiences: ['https://monitor.azure.com', 'https://monitor.azure.us', 'https://monitor.azure.cn'],
    },
  ],
  state: { name: 'logAnalytics', create: createLogAnalyticsState },
  settings: ({ settings }) => settings,
  quota: (logAnalytics) => createRuleMeter(logAnalytics),
  counts: ({ losses }) => ({ lost: losses.reduce((sum, loss) => sum + loss.count, 0) }),
  handle: async (call, state) => {
    const clientRequestId = call.headers.get('x-ms-client-request-id');
    const error = await ingest(call, state);
    const headers: Record<string, string> = {
      date: new Date(state.clock.now()).toUTCString(),
      'x-ms-request-id': state.logAnalytics.random.guid(),
      ...(clientRequestId !== null && { 'x-ms-client-request-id': clientRequestId }),
      ...(error?.code !== undefined && { 'x-ms-error-code': error.code }),
      ...(error?.retryAfterInSeconds !== undefined && { 'retry-after': String(error.retryAfterInSeconds) }),
    };
    if (!error) return new Response(null, { status: 204, headers });
    return error.code === undefined
      ? new Response(null, { status: error.status, headers })
      : json(error.status, { error: { code: error.code, message: error.message } }, headers);
  },
});

async function ingest(call: Call, state: EmulatorState): Promise<IngestionError | undefined> {
  const [, id = '', stream = ''] = (path.exec(call.url.pathname) ?? []).map(decoded);
  if (id === '' || call.method !== 'POST') return { status: 404 };
  if (!/^(2023-01-01|2021-11-01-preview)$/.test(call.url.searchParams.get('api-version') ?? '')) {
    return {
      status: 400,
      code: 'InvalidApiVersion',
      message: 'The api-version is missing or not supported.',
    };
  }
  const { logsIngestion: limits } = state.logAnalytics.settings;
  const tooLong = checkLength(call, limits.maxWireBytes);
  if (tooLong) return tooLong;
  const identity = await checkToken(call, state);
  if ('status' in identity) return identity;
  const rule = checkRule(call, state, id);
  if ('status' in rule) return rule;
  const refused = checkAccess(rule, identity.oid, state) ?? checkStream(rule, stream, state.clock.now());
  if (refused) return refused;
  const body = readBody(call, limits.maxDecompressedBytes, limits.payloadSizeStatus);
  if (!body.ok) return body.error;
  return checkQuota(rule, body.bytes, state) ?? storeRows(state, rule, stream, body.value);
}
