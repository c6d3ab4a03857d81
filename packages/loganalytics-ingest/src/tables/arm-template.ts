import type { TableBody } from './table-body.js';
import { ruleProperties } from './rule-properties.js';
import type { RulePart } from './rule-properties.js';

/** A table and its way in; without `tableBody` the table is there already and is left as it is. */
export interface Deployable extends RulePart {
  readonly name: string;
  tableBody?(): TableBody;
}

export interface ArmResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly location?: string;
  readonly kind?: string;
  readonly condition?: string;
  readonly scope?: string;
  readonly dependsOn?: readonly string[];
  readonly properties: object;
}

/** A resource group deployment; `JSON.stringify` makes the file. */
export interface ArmTemplate {
  readonly $schema: string;
  readonly contentVersion: string;
  readonly parameters: Readonly<
    Record<string, { type: 'string'; defaultValue?: string; metadata: { description: string } }>
  >;
  readonly variables: Readonly<Record<string, string>>;
  readonly resources: readonly ArmResource[];
  readonly outputs: Readonly<Record<string, { type: 'string'; value: string }>>;
}

export const tablesVersion = '2025-07-01';
export const rulesVersion = '2023-03-11';
/** Monitoring Metrics Publisher: what an identity needs to write through a rule. */
export const publisherRole = '3913510d-42f4-4e42-8a64-420c390055eb';
export const parameterTexts = {
  workspaceName: 'Workspace of this resource group that the tables belong to.',
  location: 'Region of the workspace: the rule must be in the same.',
  ruleName: 'Name of the data collection rule.',
  principalId: 'Object id of the service principal that will write; empty: no role is assigned.',
} as const;

const tableType = 'Microsoft.OperationalInsights/workspaces/tables';
const ruleType = 'Microsoft.Insights/dataCollectionRules';
const ruleId = `resourceId('${ruleType}', parameters('ruleName'))`;

/**
 * Tables, one rule of kind `Direct` for all of them, and the role of the identity that writes. Outputs `ruleId` (the
 * immutable id) and `endpoint` are what the client needs. Throws ArgumentError for more than 10 tables.
 */
export function armTemplate(tables: readonly Deployable[]): ArmTemplate {
  const made = tables.flatMap((table) =>
    table.tableBody ? [{ name: table.name, body: table.tableBody() }] : [],
  );
  const reference = `reference(${ruleId}, '${rulesVersion}')`;
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      workspaceName: parameter('workspaceName'),
      location: parameter('location'),
      ruleName: parameter('ruleName'),
      principalId: { ...parameter('principalId'), defaultValue: '' },
    },
    variables: {
      workspaceId: "[resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspaceName'))]",
    },
    resources: [
      ...made.map(({ name, body }) => ({
        type: tableType,
        apiVersion: tablesVersion,
        name: `[format('{0}/${name}', parameters('workspaceName'))]`,
        properties: literal(body.properties) as object,
      })),
      {
        type: ruleType,
        apiVersion: rulesVersion,
        name: "[parameters('ruleName')]",
        location: "[parameters('location')]",
        kind: 'Direct',
        dependsOn: made.map(
          ({ name }) => `[resourceId('${tableType}', parameters('workspaceName'), '${name}')]`,
        ),
        properties: ruleProperties(tables, "[variables('workspaceId')]"),
      },
      {
        condition: "[not(empty(parameters('principalId')))]",
        type: 'Microsoft.Authorization/roleAssignments',
        apiVersion: '2022-04-01',
        scope: `[format('${ruleType}/{0}', parameters('ruleName'))]`,
        name: "[guid(resourceGroup().id, parameters('ruleName'), parameters('principalId'))]",
        dependsOn: [`[${ruleId}]`],
        properties: {
          roleDefinitionId: `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${publisherRole}')]`,
          principalId: "[parameters('principalId')]",
          principalType: 'ServicePrincipal',
        },
      },
    ],
    outputs: {
      ruleId: { type: 'string', value: `[${reference}.immutableId]` },
      endpoint: { type: 'string', value: `[${reference}.endpoints.logsIngestion]` },
    },
  };
}

function parameter(name: keyof typeof parameterTexts) {
  return { type: 'string', metadata: { description: parameterTexts[name] } } as const;
}

/** A text that begins with a bracket would be an expression in a template. */
function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('[') ? `[${value}` : value;
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner)]));
}
