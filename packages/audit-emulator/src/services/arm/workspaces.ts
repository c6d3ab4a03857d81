import type { Workspace } from '../log-analytics/workspaces.js';
import { workspaceResourceId } from '../log-analytics/workspaces.js';
import { json } from '../../server/service.js';
import { notFound } from './errors.js';
import { same } from './request.js';
import type { ArmHandler, ArmRequest } from './request.js';

const type = 'Microsoft.OperationalInsights/workspaces';

/** The workspace that a path names. */
export function findWorkspace({
  state,
  subscriptionId,
  resourceGroup,
  names,
}: ArmRequest): Workspace | undefined {
  return [...state.logAnalytics.workspaces.values()].find(
    (one) =>
      same(one.subscriptionId, subscriptionId) &&
      same(one.resourceGroup, resourceGroup) &&
      same(one.name, names[0]),
  );
}

export function withWorkspace(handle: (request: ArmRequest, workspace: Workspace) => Response): ArmHandler {
  return (request) => {
    const workspace = findWorkspace(request);
    return workspace ? handle(request, workspace) : notFound(type, request.names[0] ?? '');
  };
}

export const listWorkspaces: ArmHandler = ({ state, subscriptionId, resourceGroup }) =>
  json(200, {
    value: [...state.logAnalytics.workspaces.values()]
      .filter(
        (one) =>
          same(one.subscriptionId, subscriptionId) &&
          (resourceGroup === undefined || same(one.resourceGroup, resourceGroup)),
      )
      .map(describe),
  });

export const getWorkspace: ArmHandler = withWorkspace((_request, workspace) =>
  json(200, describe(workspace)),
);

export const sharedKeys: ArmHandler = withWorkspace((_request, workspace) => json(200, keysOf(workspace)));

/** Both keys become new ones. */
export const regenerateSharedKeys: ArmHandler = withWorkspace(({ state }, workspace) => {
  const fresh = (): string => btoa(`fake key ${state.logAnalytics.random.guid()}: nothing`.padEnd(64, '!'));
  workspace.primaryKey = fresh();
  workspace.secondaryKey = fresh();
  return json(200, keysOf(workspace));
});

function keysOf(workspace: Workspace): object {
  return { primarySharedKey: workspace.primaryKey, secondarySharedKey: workspace.secondaryKey };
}

function describe(workspace: Workspace): object {
  return {
    id: workspaceResourceId(workspace),
    name: workspace.name,
    type,
    location: workspace.location,
    tags: {},
    properties: {
      customerId: workspace.id,
      provisioningState: 'Succeeded',
      sku: { name: 'PerGB2018' },
      retentionInDays: 30,
      publicNetworkAccessForIngestion: 'Enabled',
      publicNetworkAccessForQuery: 'Enabled',
    },
  };
}
