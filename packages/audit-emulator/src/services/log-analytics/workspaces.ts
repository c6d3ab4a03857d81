import type { Table } from './tables.js';

export interface Workspace {
  /** The workspace's id, also called customer id: a GUID in lower case. */
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** base64. */
  primaryKey: string;
  /** base64. */
  secondaryKey: string;
  /** False: the Data Collector API answers InactiveCustomer. */
  active: boolean;
  readonly tables: Map<string, Table>;
}

export function workspaceResourceId(workspace: Workspace): string {
  return (
    `/subscriptions/${workspace.subscriptionId}/resourceGroups/${workspace.resourceGroup}` +
    `/providers/Microsoft.OperationalInsights/workspaces/${workspace.name}`
  );
}
