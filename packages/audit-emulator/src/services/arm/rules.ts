import { ruleResourceId } from '../log-analytics/rules.js';
import type { DataCollectionRule } from '../log-analytics/rules.js';
import { workspaceResourceId } from '../log-analytics/workspaces.js';
import { json } from '../../server/service.js';
import { armError, notFound } from './errors.js';
import { bodyOf, record, same, stringOf } from './request.js';
import type { ArmHandler, ArmRequest } from './request.js';
import { readProperties } from './rule-properties.js';

const type = 'Microsoft.Insights/dataCollectionRules';

function rulesOf({ state, subscriptionId, resourceGroup }: ArmRequest): DataCollectionRule[] {
  return [...state.logAnalytics.rules.values()].filter(
    (one) =>
      same(one.subscriptionId, subscriptionId) &&
      (resourceGroup === undefined || same(one.resourceGroup, resourceGroup)),
  );
}

const find = (request: ArmRequest): DataCollectionRule | undefined =>
  rulesOf(request).find((one) => same(one.name, request.names[0]));

export const listRules: ArmHandler = (request) =>
  json(200, { value: rulesOf(request).map((rule) => describe(rule, request)) });

export const getRule: ArmHandler = (request) => {
  const rule = find(request);
  return rule ? json(200, describe(rule, request)) : notFound(type, request.names[0] ?? '');
};

export const deleteRule: ArmHandler = (request) => {
  const rule = find(request);
  if (rule) request.state.logAnalytics.rules.delete(rule.immutableId);
  return new Response(null, { status: rule ? 200 : 204 });
};

/** Creates or replaces a rule. Only one created with kind `Direct` ever gets an endpoint of its own. */
export const putRule: ArmHandler = (request) => {
  const { state, subscriptionId, resourceGroup = '' } = request;
  const body = bodyOf(request);
  const before = find(request);
  const { properties, defects } = readProperties(body['properties'], state);
  const location = stringOf(body['location']) ?? before?.location;
  if (location === undefined) return armError(400, 'LocationRequired', 'The location property is required.');
  if (defects.length > 0) return armError(400, 'InvalidPayload', 'Data collection rule is invalid', defects);
  const now = state.clock.now();
  const { logsIngestion, arm } = state.logAnalytics.settings;
  const name = before?.name ?? request.names[0] ?? '';
  const immutableId = before?.immutableId ?? `dcr-${state.logAnalytics.random.guid().replaceAll('-', '')}`;
  const kind = stringOf(body['kind']);
  const direct =
    `https://${name}-${immutableId.slice(-4)}.${location}-1.ingest.monitor.azure.com`.toLowerCase();
  const endpoint = before ? before.endpoint : kind === 'Direct' ? direct : undefined;
  const rule: DataCollectionRule = {
    immutableId,
    name,
    subscriptionId,
    resourceGroup: before?.resourceGroup ?? resourceGroup,
    location,
    ...(kind !== undefined && { kind }),
    tags: record(body['tags']) as Record<string, string>,
    ...properties,
    ...(endpoint !== undefined && { endpoint }),
    readyAt: now + logsIngestion.ruleDelayInMs,
    grantedAt: before?.grantedAt ?? now + logsIngestion.roleDelayInMs,
    provisionedAt: now + arm.provisioningInMs,
  };
  state.logAnalytics.rules.set(immutableId, rule);
  return json(before ? 200 : 201, describe(rule, request));
};

/**
 * A rule read at the emulator's own origin names that origin for ingestion: whoever reads it back must not send a token
 * to Microsoft. Behind the proxy, Microsoft's host leads here too.
 */
function ingestionEndpoint(endpoint: string, { call }: ArmRequest): string {
  return call.url.hostname.startsWith('management.') ? endpoint : call.url.origin;
}

function describe(rule: DataCollectionRule, request: ArmRequest): object {
  const { state } = request;
  const { workspaces } = state.logAnalytics;
  return {
    id: ruleResourceId(rule),
    name: rule.name,
    type,
    location: rule.location,
    ...(rule.kind !== undefined && { kind: rule.kind }),
    tags: rule.tags ?? {},
    properties: {
      immutableId: rule.immutableId,
      provisioningState: rule.provisionedAt > state.clock.now() ? 'Updating' : 'Succeeded',
      ...(rule.endpoint !== undefined && {
        endpoints: { logsIngestion: ingestionEndpoint(rule.endpoint, request) },
      }),
      streamDeclarations: Object.fromEntries([...rule.streams].map(([name, columns]) => [name, { columns }])),
      destinations: {
        logAnalytics: [...rule.destinations].map(([name, workspaceId]) => {
          const workspace = workspaces.get(workspaceId);
          return { name, workspaceId, workspaceResourceId: workspace ? workspaceResourceId(workspace) : '' };
        }),
      },
      dataFlows: rule.dataFlows,
    },
  };
}
