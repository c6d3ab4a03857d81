import { toAlertTactics, toAlertSeverity } from '../alerts/alert-row.js';
import { getAttack } from '../alerts/attack.js';
import type { KqlRule } from './to-kql.js';

const hourInMs = 3_600_000;

/** An ARM template with one scheduled analytic rule of Microsoft Sentinel. */
export function toAnalyticRule(rule: Extract<KqlRule, { query: string }>): object {
  const { info, query, lookBackInMs } = rule;
  const { tactics, techniques } = getAttack(info.tags);
  const periodInHours = 1 + Math.ceil(lookBackInMs / hourInMs);
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      workspaceName: {
        type: 'string',
        metadata: { description: 'The Log Analytics workspace of Microsoft Sentinel.' },
      },
      enabled: { type: 'bool', defaultValue: true },
    },
    resources: [
      {
        type: 'Microsoft.SecurityInsights/alertRules',
        apiVersion: '2024-03-01',
        name: `[guid(resourceGroup().id, parameters('workspaceName'), '${info.id}')]`,
        scope: "[resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspaceName'))]",
        kind: 'Scheduled',
        properties: {
          displayName: info.title,
          description: describe(rule),
          severity: toAlertSeverity(info.level),
          enabled: "[parameters('enabled')]",
          query,
          queryFrequency: 'PT1H',
          queryPeriod: `PT${periodInHours}H`,
          triggerOperator: 'GreaterThan',
          triggerThreshold: 0,
          suppressionEnabled: false,
          suppressionDuration: 'PT5H',
          tactics: toAlertTactics(tactics),
          techniques: [...new Set(techniques.map(({ id }) => id.split('.')[0]))],
          eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
          entityMappings: [
            { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'UserId' }] },
            { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'ClientIP' }] },
          ],
        },
      },
    ],
  };
}

/** The license of many rules obliges to keep the author wherever a match is shown. */
function describe({ info, notes }: Extract<KqlRule, { query: string }>): string {
  const author =
    info.author === undefined ? [] : [`Rule by ${info.author}${info.license ? ` (${info.license})` : ''}.`];
  const wider = notes.map((note) => `Note: ${note}.`);
  return [
    info.description ?? info.title,
    ...info.falsePositives.map((one) => `False positive: ${one}.`),
    ...wider,
    ...author,
  ].join(' ');
}
