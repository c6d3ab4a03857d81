import { createWorkspaceMeter } from '../meters.js';
import { defineService } from '../../../server/define-service.js';
import { json } from '../../../server/service.js';
import type { Call, Service } from '../../../server/service.js';
import type { EmulatorState } from '../../../server/emulator-state.js';
import { classicRow } from './classic-rows.js';
import { columns } from '../columns.js';
import {
  checkProperties,
  checkRequest,
  dataCollectorHost,
  recordsOf,
  workspaceOf,
} from './data-collector-checks.js';
import type { Refusal } from './data-collector-checks.js';
import { createTable } from '../tables.js';
import type { Row, Table } from '../tables.js';
import type { Workspace } from '../workspaces.js';

/** The HTTP Data Collector API: `POST https://{workspaceId}.ods.opinsights.azure.com/api/logs`. */
export const dataCollectorService: Service = defineService({
  name: 'data-collector',
  hosts: [dataCollectorHost],
  paths: [/^\/api\/logs$/],
  quota: (_none, { logAnalytics }) => createWorkspaceMeter(logAnalytics),
  handle: async (call, state) => {
    const headers = { date: new Date(state.clock.now()).toUTCString() };
    if (call.url.pathname !== '/api/logs' || call.method !== 'POST') {
      return new Response(null, { status: 404, headers });
    }
    const refusal = receive(call, state);
    if (!refusal) return new Response('', { status: 200, headers });
    const { status, code, message } = refusal.refused;
    const all = { ...headers, ...refusal.headers };
    return code === undefined
      ? new Response(null, { status, headers: all })
      : json(status, { Error: code, Message: message }, all);
  },
});

interface Refused {
  readonly refused: Refusal;
  readonly headers?: Record<string, string>;
}

function receive(call: Call, state: EmulatorState): Refused | undefined {
  const { settings } = state.logAnalytics;
  const workspace = workspaceOf(call, state);
  const refused = checkRequest(call, state, workspace);
  if (refused || !workspace) return { refused: refused ?? { status: 404 } };
  const throttled = overQuota(call, state, workspace);
  if (throttled) return throttled;
  const records = recordsOf(call);
  if (!Array.isArray(records)) return { refused: records };
  const reserved = (record: Row): boolean =>
    ['tenant', 'TimeGenerated', 'RawData'].some((name) => name in record);
  const dropped = records.filter(reserved).length;
  if (dropped > 0 && settings.dataCollector.reservedNames === 'reject') {
    return { refused: { status: 400, code: 'InvalidDataFormat', message: 'A property name is reserved' } };
  }
  const kept = records.filter((record) => !reserved(record));
  const invalid = checkProperties(kept);
  if (invalid) return { refused: invalid };
  const tableName = `${call.headers.get('log-type')}_CL`;
  state.logAnalytics.lose('reserved-name', tableName, dropped);
  store(call, state, workspace, tableName, kept);
  return undefined;
}

function store(
  call: Call,
  state: EmulatorState,
  workspace: Workspace,
  tableName: string,
  records: readonly Row[],
): void {
  const { logAnalytics } = state;
  const { maxFieldBytes, maxColumns, dropAfterAccepting } = logAnalytics.settings.dataCollector;
  if (dropAfterAccepting) return logAnalytics.lose('volume-rate', tableName, records.length);
  const table = workspace.tables.get(tableName) ?? classicTable(state, workspace, tableName);
  if (table.closedToDataCollector) return logAnalytics.lose('table-closed', tableName, records.length);
  const field = call.headers.get('time-generated-field');
  const resourceId = call.headers.get('x-ms-azureresourceid');
  let truncated = 0;
  const options = {
    receivedAt: state.clock.now(),
    ...(field && { timeGeneratedField: field }),
    ...(resourceId && { resourceId }),
    maxFieldBytes,
    maxColumns,
    onTruncated: () => void truncated++,
  };
  const rows = records.map((record) => classicRow(table, record, options));
  logAnalytics.lose('field-truncated', tableName, truncated);
  logAnalytics.store(table, rows);
}

function classicTable(state: EmulatorState, workspace: Workspace, name: string): Table {
  const standard = columns('TimeGenerated:datetime Computer:string RawData:string SourceSystem:string');
  const table = createTable(name, standard, state.clock.now(), 'Classic');
  workspace.tables.set(name, table);
  return table;
}

function overQuota(call: Call, state: EmulatorState, workspace: Workspace): Refused | undefined {
  const {
    requestsPerMinute,
    overQuotaStatus: status,
    overQuotaRetryAfter,
  } = state.logAnalytics.settings.dataCollector;
  const taken = state.logAnalytics.meter.take(workspace.id, call.body.length, {
    requests: requestsPerMinute,
    bytes: Infinity,
  });
  if (taken.ok) return undefined;
  const seconds = Math.max(1, Math.ceil(taken.retryAfterInMs / 1000));
  const code = { 429: undefined, 500: 'UnspecifiedError', 503: 'ServiceUnavailable' }[status];
  return {
    refused: {
      status,
      ...(code !== undefined && { code, message: 'The service could not process the request' }),
    },
    ...(overQuotaRetryAfter && { headers: { 'retry-after': String(seconds) } }),
  };
}
