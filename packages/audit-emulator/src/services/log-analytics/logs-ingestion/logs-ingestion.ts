import { decoded } from '../../../server/unescape-path.js';
import { json } from '../../../server/service.js';
import type { Call, Service } from '../../../server/service.js';
import type { World } from '../../../server/emulator-state.js';
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
export const logsIngestionService: Service = {
  name: 'logs-ingestion',
  ownsHost: (host) => ingestionHost.test(host.replace(/:\d+$/, '')),
  ownsPath: (candidate) => path.test(candidate),
  handle: async (call, world) => {
    const clientRequestId = call.headers.get('x-ms-client-request-id');
    const error = await ingest(call, world);
    const headers: Record<string, string> = {
      date: new Date(world.clock.now()).toUTCString(),
      'x-ms-request-id': world.logAnalytics.random.guid(),
      ...(clientRequestId !== null && { 'x-ms-client-request-id': clientRequestId }),
      ...(error?.code !== undefined && { 'x-ms-error-code': error.code }),
      ...(error?.retryAfterInSeconds !== undefined && { 'retry-after': String(error.retryAfterInSeconds) }),
    };
    if (!error) return new Response(null, { status: 204, headers });
    return error.code === undefined
      ? new Response(null, { status: error.status, headers })
      : json(error.status, { error: { code: error.code, message: error.message } }, headers);
  },
};

async function ingest(call: Call, world: World): Promise<IngestionError | undefined> {
  const [, id = '', stream = ''] = (path.exec(call.url.pathname) ?? []).map(decoded);
  if (id === '' || call.method !== 'POST') return { status: 404 };
  if (!/^(2023-01-01|2021-11-01-preview)$/.test(call.url.searchParams.get('api-version') ?? '')) {
    return {
      status: 400,
      code: 'InvalidApiVersion',
      message: 'The api-version is missing or not supported.',
    };
  }
  const { logsIngestion: limits } = world.logAnalytics.settings;
  const tooLong = checkLength(call, limits.maxWireBytes);
  if (tooLong) return tooLong;
  const identity = await checkToken(call, world);
  if ('status' in identity) return identity;
  const rule = checkRule(call, world, id);
  if ('status' in rule) return rule;
  const refused = checkAccess(rule, identity.oid, world) ?? checkStream(rule, stream, world.clock.now());
  if (refused) return refused;
  const body = readBody(call, limits.maxDecompressedBytes, limits.payloadSizeStatus);
  if (!body.ok) return body.error;
  return checkQuota(rule, body.bytes, world) ?? storeRows(world, rule, stream, body.value);
}
