import { parameterTexts, publisherRole, rulesVersion, tablesVersion } from './arm-template.js';
import type { Deployable } from './arm-template.js';
import { ruleProperties } from './rule-properties.js';

/** Text that stands for itself, unquoted. */
interface Expression {
  readonly expression: string;
}
const expression = (text: string): Expression => ({ expression: text });

/** The same deployment as `armTemplate`, as Bicep. Throws ArgumentError for more than 10 tables. */
export function bicep(tables: readonly Deployable[]): string {
  const made = tables.flatMap((table) => (table.tableBody ? [table.tableBody().properties] : []));
  const parameters = Object.entries(parameterTexts).map(
    ([name, text]) =>
      `@description(${quoted(text)})\nparam ${name} string${name === 'principalId' ? " = ''" : ''}\n`,
  );
  const { destinations, ...rule } = ruleProperties(tables, 'workspace.id');
  const logAnalytics = destinations.logAnalytics.map((one) => ({
    ...one,
    workspaceResourceId: expression(one.workspaceResourceId),
  }));
  return [
    ...parameters,
    resource('workspace', `Microsoft.OperationalInsights/workspaces@${tablesVersion}' existing`, {
      name: expression('workspaceName'),
    }),
    ...made.map((properties, at) =>
      resource(`table${at}`, `Microsoft.OperationalInsights/workspaces/tables@${tablesVersion}'`, {
        parent: expression('workspace'),
        name: properties.schema.name,
        properties,
      }),
    ),
    resource('rule', `Microsoft.Insights/dataCollectionRules@${rulesVersion}'`, {
      name: expression('ruleName'),
      location: expression('location'),
      kind: 'Direct',
      ...(made.length > 0 && { dependsOn: made.map((_table, at) => expression(`table${at}`)) }),
      properties: { ...rule, destinations: { logAnalytics } },
    }),
    resource(
      'writer',
      "Microsoft.Authorization/roleAssignments@2022-04-01'",
      {
        name: expression('guid(resourceGroup().id, ruleName, principalId)'),
        scope: expression('rule'),
        properties: {
          roleDefinitionId: expression(
            `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${publisherRole}')`,
          ),
          principalId: expression('principalId'),
          principalType: 'ServicePrincipal',
        },
      },
      'if (!empty(principalId)) ',
    ),
    'output ruleId string = rule.properties.immutableId',
    'output endpoint string = rule.properties.endpoints.logsIngestion\n',
  ].join('\n');
}

function resource(symbol: string, type: string, body: object, condition = ''): string {
  return `resource ${symbol} '${type} = ${condition}${write(body, '')}\n`;
}

function write(value: unknown, indent: string): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((one) => `${inner}${write(one, inner)}\n`).join('')}${indent}]`;
  if ('expression' in value) return String(value.expression);
  const lines = Object.entries(value).map(
    ([key, one]) => `${inner}${/^[A-Za-z_]\w*$/.test(key) ? key : quoted(key)}: ${write(one, inner)}\n`,
  );
  return `{\n${lines.join('')}${indent}}`;
}

/** A Bicep text: `${` would begin an expression in it. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}
