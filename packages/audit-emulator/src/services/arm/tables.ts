import { createTable } from '../log-analytics/tables.js';
import type { Table } from '../log-analytics/tables.js';
import { workspaceResourceId } from '../log-analytics/workspaces.js';
import type { Workspace } from '../log-analytics/workspaces.js';
import { json } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { armError, notFound } from './errors.js';
import { bodyOf, record } from './request.js';
import type { ArmHandler, ArmRequest } from './request.js';
import { readSchema, writeColumn } from './table-schema.js';
import { withWorkspace } from './workspaces.js';

const type = 'Microsoft.OperationalInsights/workspaces/tables';

export const listTables: ArmHandler = withWorkspace(({ state }, workspace) =>
  json(200, { value: [...workspace.tables.values()].map((table) => describe(table, workspace, state)) }),
);

const withTable = (
  handle: (request: ArmRequest, workspace: Workspace, table: Table) => Response,
): ArmHandler =>
  withWorkspace((request, workspace) => {
    const table = workspace.tables.get(request.names[2] ?? '');
    return table ? handle(request, workspace, table) : notFound(type, request.names[2] ?? '');
  });

export const getTable: ArmHandler = withTable(({ state }, workspace, table) =>
  json(200, describe(table, workspace, state)),
);

export const deleteTable: ArmHandler = withTable((_request, workspace, table) => {
  workspace.tables.delete(table.name);
  return new Response(null, { status: 200 });
});

/** Makes a classic table one of data collection rules, in place and for good; the second time nothing happens. */
export const migrateTable: ArmHandler = withTable((_request, _workspace, table) => {
  table.subType = 'DataCollectionRuleBased';
  return new Response(null, { status: 200 });
});

/** Creates a table or changes it; a table that is still `Updating` is locked. */
export const putTable: ArmHandler = withWorkspace((request, workspace) => {
  const { state, call } = request;
  const name = request.names[2] ?? '';
  const properties = record(bodyOf(request)['properties']);
  const before = workspace.tables.get(name);
  const now = state.clock.now();
  if (!before && call.method === 'PATCH') return notFound(type, name);
  if (before && before.provisionedAt > now) {
    return armError(
      409,
      'Conflict',
      `Table ${name} is being updated: try again when it has been provisioned.`,
    );
  }
  const keepsSchema = before && properties['schema'] === undefined;
  const schema = keepsSchema
    ? ({ ok: true, columns: before.columns } as const)
    : readSchema(name, properties['schema'], before);
  if (!schema.ok) return armError(400, schema.code, schema.message);
  const table = before ?? createTable(name, schema.columns, now);
  if (before && !keepsSchema && before.subType !== 'Classic') table.closedToDataCollector = true;
  table.columns = [...schema.columns];
  const { plan, retentionInDays, totalRetentionInDays } = properties;
  if (typeof plan === 'string') table.plan = plan;
  if (typeof retentionInDays === 'number') table.retentionInDays = retentionInDays;
  if (typeof totalRetentionInDays === 'number') table.totalRetentionInDays = totalRetentionInDays;
  table.provisionedAt = now + state.logAnalytics.settings.arm.provisioningInMs;
  workspace.tables.set(name, table);
  return json(before ? 200 : 201, describe(table, workspace, state));
});

function describe(table: Table, workspace: Workspace, state: EmulatorState): object {
  const inherited = table.retentionInDays === -1;
  const retention = inherited ? 30 : table.retentionInDays;
  const total = table.totalRetentionInDays === -1 ? retention : table.totalRetentionInDays;
  return {
    id: `${workspaceResourceId(workspace)}/tables/${table.name}`,
    name: table.name,
    type,
    properties: {
      plan: table.plan,
      retentionInDays: retention,
      retentionInDaysAsDefault: inherited,
      totalRetentionInDays: total,
      totalRetentionInDaysAsDefault: table.totalRetentionInDays === -1,
      archiveRetentionInDays: total - retention,
      provisioningState: table.provisionedAt > state.clock.now() ? 'Updating' : 'Succeeded',
      schema: {
        name: table.name,
        displayName: table.name,
        tableType: table.name.endsWith('_CL') ? 'CustomLog' : 'Microsoft',
        tableSubType: table.subType,
        columns: table.columns.map(writeColumn),
        standardColumns: ['TenantId', 'Type', '_ResourceId'].map((name) =>
          writeColumn({ name, type: 'string' }),
        ),
        solutions: ['LogManagement'],
      },
    },
  };
}
