import { ArgumentError } from '@repo/client-core';
import { findTypeRefusals } from '../refusals.js';
import { ruleProperties } from '../rule-properties.js';
import type { RulePart } from '../rule-properties.js';
import type { TableBody } from '../table-body.js';
import { parameter } from './template.js';
import type { Expression, Template, TemplateParameter, TemplateResource } from './template.js';

/** A table and its way in; without `tableBody` the table is there already and is left as it is. */
export interface Deployable extends RulePart {
  readonly name: string;
  tableBody?(): TableBody;
}

export interface TemplateOptions {
  /**
   * `all` (default): tables and rule, in the resource group of the workspace. `tables` and `rule`: one of them, for a rule
   * in another resource group than the workspace; the rule's template takes the id of the workspace.
   */
  readonly parts?: 'all' | 'tables' | 'rule' | undefined;
  /**
   * `rule` (default): rows go to the rule's own endpoint. `dataCollectionEndpoint`: one is deployed for the rule, as
   * private link needs.
   */
  readonly endpoint?: 'rule' | 'dataCollectionEndpoint' | undefined;
  /** Default `true`: the rule's errors go to the table DCRLogErrors of the workspace. `lostRows` reads them. */
  readonly diagnostics?: boolean | undefined;
}

/** Monitoring Metrics Publisher: what an identity needs to write through a rule. */
const publisherRole = '3913510d-42f4-4e42-8a64-420c390055eb';
const tablesVersion = '2025-07-01';
const rulesVersion = '2023-03-11';
const workspaceType = 'Microsoft.OperationalInsights/workspaces';

const parameters: Readonly<Record<string, Omit<TemplateParameter, 'name'>>> = {
  workspaceName: { description: 'Workspace of this resource group that the tables belong to.' },
  workspaceResourceId: { description: 'Id of the workspace that the tables belong to.' },
  location: {
    description: 'Region of the workspace: the rule must be in the same.',
    defaultValue: { $: 'resourceGroup', property: 'location' },
  },
  ruleName: { description: 'Name of the data collection rule.' },
  endpointName: { description: 'Name of the data collection endpoint.' },
  principalId: {
    description:
      'Object id of the service principal (enterprise application, not app registration), group or user that will write; empty: no role is assigned.',
    defaultValue: '',
  },
  principalType: {
    description: 'Kind of the principal.',
    defaultValue: 'ServicePrincipal',
    allowed: ['ServicePrincipal', 'Group', 'User'],
  },
};

/** Throws ArgumentError for what Azure would refuse. */
export function buildTemplate(tables: readonly Deployable[], options: TemplateOptions = {}): Template {
  const { parts = 'all', endpoint = 'rule', diagnostics = true } = options;
  checkOptions(parts, endpoint);
  checkTypes(tables);
  const hasTables = parts !== 'rule';
  const hasRule = parts !== 'tables';
  const hasEndpoint = hasRule && endpoint === 'dataCollectionEndpoint';
  const workspaceId: Expression = hasTables
    ? { $: 'id', symbol: 'workspace' }
    : parameter('workspaceResourceId');
  const made = hasTables ? tables.flatMap((table) => (table.tableBody ? [table.tableBody()] : [])) : [];
  const names = [
    hasTables ? 'workspaceName' : 'workspaceResourceId',
    ...(hasRule ? ['location', 'ruleName'] : []),
    ...(hasEndpoint ? ['endpointName'] : []),
    ...(hasRule ? ['principalId', 'principalType'] : []),
  ];
  const resources: TemplateResource[] = made.map((body, index) => buildTable(body, index));
  if (hasTables) resources.unshift(workspace);
  if (hasEndpoint) resources.push(collectionEndpoint);
  if (hasRule) resources.push(buildRule(tables, workspaceId, made.length, hasEndpoint), publisherAssignment);
  if (hasRule && diagnostics) resources.push(buildDiagnostics(workspaceId));
  return {
    parameters: names.map((name) => ({ name, description: '', ...parameters[name] })),
    resources,
    outputs: hasRule ? getOutputs(hasEndpoint) : {},
  };
}

function checkOptions(parts: string, endpoint: string): void {
  if (!['all', 'tables', 'rule'].includes(parts))
    throw new ArgumentError('options.parts', `is ${parts}`, 'Give all, tables or rule.');
  if (!['rule', 'dataCollectionEndpoint'].includes(endpoint))
    throw new ArgumentError('options.endpoint', `is ${endpoint}`, 'Give rule or dataCollectionEndpoint.');
}

/** A rule is refused when it is saved, after the tables have been made. */
function checkTypes(tables: readonly Deployable[]): void {
  for (const table of tables) {
    const columns = table.tableBody?.().properties.schema.columns;
    const [refusal] = columns && table.outputColumns ? findTypeRefusals(table.outputColumns(), columns) : [];
    if (refusal)
      throw new ArgumentError(
        `tables.${table.name}`,
        `has a rule that ${refusal.message}`,
        'Cast the column in its transform, or change its type.',
      );
  }
}

const workspace: TemplateResource = {
  symbol: 'workspace',
  type: workspaceType,
  apiVersion: tablesVersion,
  isExisting: true,
  name: parameter('workspaceName'),
};

const buildTable = ({ properties }: TableBody, index: number): TemplateResource => ({
  symbol: `table${index}`,
  type: `${workspaceType}/tables`,
  apiVersion: tablesVersion,
  parent: 'workspace',
  name: properties.schema.name,
  properties,
});

const collectionEndpoint: TemplateResource = {
  symbol: 'collectionEndpoint',
  type: 'Microsoft.Insights/dataCollectionEndpoints',
  apiVersion: rulesVersion,
  name: parameter('endpointName'),
  location: parameter('location'),
  properties: { networkAcls: { publicNetworkAccess: 'Enabled' } },
};

function buildRule(
  tables: readonly Deployable[],
  workspaceId: Expression,
  tableCount: number,
  hasEndpoint: boolean,
): TemplateResource {
  const { destinations, ...rule } = ruleProperties(tables, '');
  const logAnalytics = destinations.logAnalytics.map(({ name }) => ({
    workspaceResourceId: workspaceId,
    name,
  }));
  return {
    symbol: 'rule',
    type: 'Microsoft.Insights/dataCollectionRules',
    apiVersion: rulesVersion,
    name: parameter('ruleName'),
    location: parameter('location'),
    kind: 'Direct',
    dependsOn: Array.from({ length: tableCount }, (_, index) => `table${index}`),
    properties: {
      ...(hasEndpoint && { dataCollectionEndpointId: { $: 'id', symbol: 'collectionEndpoint' } }),
      ...rule,
      destinations: { logAnalytics },
    },
  };
}

const publisherAssignment: TemplateResource = {
  symbol: 'writer',
  type: 'Microsoft.Authorization/roleAssignments',
  apiVersion: '2022-04-01',
  unlessEmpty: 'principalId',
  scope: 'rule',
  name: {
    $: 'call',
    name: 'guid',
    args: [{ $: 'resourceGroup', property: 'id' }, parameter('ruleName'), parameter('principalId')],
  },
  properties: {
    roleDefinitionId: {
      $: 'call',
      name: 'subscriptionResourceId',
      args: ['Microsoft.Authorization/roleDefinitions', publisherRole],
    },
    principalId: parameter('principalId'),
    principalType: parameter('principalType'),
  },
};

/** https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-insights-datacollectionrules-logs */
const buildDiagnostics = (workspaceId: Expression): TemplateResource => ({
  symbol: 'ruleErrors',
  type: 'Microsoft.Insights/diagnosticSettings',
  apiVersion: '2021-05-01-preview',
  scope: 'rule',
  name: 'rule-errors',
  properties: { workspaceId, logs: [{ category: 'LogErrors', enabled: true }] },
});

const getOutputs = (hasEndpoint: boolean): Record<string, Expression> => ({
  ruleId: { $: 'property', symbol: 'rule', path: 'immutableId' },
  endpoint: hasEndpoint
    ? { $: 'property', symbol: 'collectionEndpoint', path: 'logsIngestion.endpoint' }
    : { $: 'property', symbol: 'rule', path: 'endpoints.logsIngestion' },
});
