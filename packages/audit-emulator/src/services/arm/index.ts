import { decoded } from '../../server/unescape-path.js';
import { json } from '../../server/service.js';
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

/** By method, resource type and the segments after it, names written as `*`. */
const routes: Readonly<Record<string, ArmHandler>> = {
  [`GET ${workspaces}`]: listWorkspaces,
  [`GET ${workspaces}/*`]: getWorkspace,
  [`POST ${workspaces}/*/sharedkeys`]: sharedKeys,
  [`POST ${workspaces}/*/regeneratesharedkey`]: regenerateSharedKeys,
  [`GET ${workspaces}/*/tables`]: listTables,
  [`GET ${workspaces}/*/tables/*`]: getTable,
  [`PUT ${workspaces}/*/tables/*`]: putTable,
  [`PATCH ${workspaces}/*/tables/*`]: putTable,
  [`DELETE ${workspaces}/*/tables/*`]: deleteTable,
  [`POST ${workspaces}/*/tables/*/migrate`]: migrateTable,
  [`GET ${rules}`]: listRules,
  [`GET ${rules}/*`]: getRule,
  [`PUT ${rules}/*`]: putRule,
  [`DELETE ${rules}/*`]: deleteRule,
};

/** The part of Azure Resource Manager around Log Analytics: workspaces, keys, tables, data collection rules. */
export const armService: Service = {
  name: 'arm',
  ownsHost: (host) => hosts[host.replace(/:\d+$/, '').toLowerCase()] !== undefined,
  ownsPath: (path) => /^\/subscriptions(\/|$)/i.test(path),
  handle: async (call, state) => {
    const response = await respond(call, state);
    response.headers.set('x-ms-request-id', state.logAnalytics.random.guid());
    return response;
  },
};

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
  // Every second segment is a name, counted from the resource type.
  const shape = names.map((name, at) => (at % 2 === 0 ? '*' : name)).join('/');
  const route = `${type}${shape === '' ? '' : `/${shape}`}`.toLowerCase();
  const handle = routes[`${call.method} ${route}`];
  return handle
    ? handle({ call, state, subscriptionId, resourceGroup, names })
    : armError(404, 'InvalidResourceType', `The emulator has no ${call.method} ${route}.`);
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
