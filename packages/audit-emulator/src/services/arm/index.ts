import { decoded } from '../../server/unescape-path.js';
import { json } from '../../server/service.js';
import { defineService } from '../../server/define-service.js';
import { matchRoute, pathPattern } from '../../server/router.js';
import type { RoutePattern } from '../../server/router.js';
import type { Call, Service } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { armError } from './errors.js';
import type { ArmHandler } from './request.js';
import { deleteRule, getRule, listRules, putRule } from './rules.js';
import { deleteTable, getTable, listTables, migrateTable, putTable } from './tables.js';
import { getWorkspace, listWorkspaces, regenerateSharedKeys, sharedKeys } from './workspaces.js';

const hosts: Readonly<Record<string, readonly string[]>> = {
  'management.azure.com': ['https://management.azure.com', 'https://management.core.windows.net'],
  'management.usgovcloudapi.net': [
    'https://management.usgovcloudapi.net',
    'https://management.core.usgovcloudapi.net',
  ],
  'management.chinacloudapi.cn': [
    'https://management.chinacloudapi.cn',
    'https://management.core.chinacloudapi.cn',
  ],
};

const workspaces = 'microsoft.operationalinsights/workspaces';
const rules = 'microsoft.insights/datacollectionrules';

/** By what follows `/providers/`. */
const routes = [
  route('GET', workspaces, listWorkspaces),
  route('GET', `${workspaces}/:name`, getWorkspace),
  route('POST', `${workspaces}/:name/sharedkeys`, sharedKeys),
  route('POST', `${workspaces}/:name/regeneratesharedkey`, regenerateSharedKeys),
  route('GET', `${workspaces}/:name/tables`, listTables),
  route('GET', `${workspaces}/:name/tables/:name`, getTable),
  route('PUT', `${workspaces}/:name/tables/:name`, putTable),
  route('PATCH', `${workspaces}/:name/tables/:name`, putTable),
  route('DELETE', `${workspaces}/:name/tables/:name`, deleteTable),
  route('POST', `${workspaces}/:name/tables/:name/migrate`, migrateTable),
  route('GET', rules, listRules),
  route('GET', `${rules}/:name`, getRule),
  route('PUT', `${rules}/:name`, putRule),
  route('DELETE', `${rules}/:name`, deleteRule),
];

function route(method: string, path: string, handle: ArmHandler): RoutePattern & { handle: ArmHandler } {
  return { methods: [method], path: pathPattern(path, 'i'), handle };
}

/** The part of Azure Resource Manager around Log Analytics: workspaces, keys, tables, data collection rules. */
export const armService: Service = defineService({
  name: 'arm',
  hosts: Object.keys(hosts),
  paths: [/^\/subscriptions(\/|$)/i],
  resources: [
    {
      name: 'Windows Azure Service Management API',
      appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
      audiences: Object.values(hosts).flat(),
    },
  ],
  maxBodyBytes: 4 * 1024 * 1024,
  handle: async (call, state) => {
    const response = await respond(call, state);
    response.headers.set('x-ms-request-id', state.logAnalytics.random.guid());
    return response;
  },
});

async function respond(call: Call, state: EmulatorState): Promise<Response> {
  const audiences = hosts[call.url.hostname.toLowerCase()] ?? Object.values(hosts).flat();
  const accepted = audiences.flatMap((audience) => [audience, `${audience}/`]);
  const verdict = await state.entra.verify(call.headers.get('authorization'), accepted);
  if (!verdict.ok) return unauthorized(verdict.reason);
  if (state.logAnalytics.settings.arm.roleMissing) {
    const message = `The client '${verdict.claims.appid}' does not have authorization to perform this action.`;
    return armError(403, 'AuthorizationFailed', message);
  }
  if (!call.url.searchParams.get('api-version')) {
    return armError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required.',
    );
  }
  const path =
    /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?\/providers\/([^/]+\/[^/]+)(?:\/(.+?))?\/?$/i.exec(
      call.url.pathname,
    );
  const [, subscriptionId = '', resourceGroup, type = '', rest] = path ?? [];
  const names = (rest?.split('/') ?? []).map(decoded);
  const found = matchRoute(routes, call.method, rest === undefined ? type : `${type}/${rest}`);
  return found === 'no-path' || found === 'no-method'
    ? armError(404, 'InvalidResourceType', `The emulator has no ${call.method} ${type}.`)
    : found.route.handle({ call, state, subscriptionId, resourceGroup, names });
}

function unauthorized(reason: string): Response {
  const code =
    reason === 'missing'
      ? 'AuthenticationFailed'
      : reason === 'expired'
        ? 'ExpiredAuthenticationToken'
        : 'InvalidAuthenticationToken';
  return json(
    401,
    { error: { code, message: `Authentication failed: the token is ${reason} or not for this audience.` } },
    { 'www-authenticate': 'Bearer error="invalid_token"' },
  );
}
