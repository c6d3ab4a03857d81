import { json } from '../../server/service.js';
import type { Call, Service } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { isEntraHost } from './client-authentication.js';
import { instanceDiscovery, openIdConfiguration } from './discovery.js';
import { appServiceToken, imdsToken } from './managed-identity.js';
import { tokenEndpoint } from './token-endpoint.js';

export { createSeededEntra } from './seed.js';

type Handler = (call: Call, state: EmulatorState, tenant: string) => Promise<Response> | Response;

const routes: readonly { method: string; path: RegExp; handle: Handler }[] = [
  { method: 'GET', path: /^\/common\/discovery\/instance$/i, handle: (call) => instanceDiscovery(call) },
  {
    method: 'GET',
    path: /^\/metadata\/identity\/oauth2\/token$/,
    handle: (call, state) => imdsToken(call, state),
  },
  { method: 'GET', path: /^\/msi\/token\/?$/, handle: (call, state) => appServiceToken(call, state) },
  {
    method: 'POST',
    path: /^\/([^/]+)\/oauth2\/v2\.0\/token$/i,
    handle: (call, state, tenant) => tokenEndpoint(call, state, tenant, 2),
  },
  {
    method: 'POST',
    path: /^\/([^/]+)\/oauth2\/token$/i,
    handle: (call, state, tenant) => tokenEndpoint(call, state, tenant, 1),
  },
  {
    method: 'GET',
    path: /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/i,
    handle: (call, state, tenant) => openIdConfiguration(call, state, tenant, 2),
  },
  {
    method: 'GET',
    path: /^\/([^/]+)\/\.well-known\/openid-configuration$/i,
    handle: (call, state, tenant) => openIdConfiguration(call, state, tenant, 1),
  },
  {
    method: 'GET',
    path: /^\/([^/]+)\/discovery\/(v2\.0\/)?keys$/i,
    handle: async (_call, state) => json(200, await state.entra.mint.jwks()),
  },
];

/** Entra ID's token endpoints and discovery, and the managed-identity endpoints of a machine in Azure. */
export const entraService: Service = {
  name: 'entra',
  ownsHost: (host) => isEntraHost(host) || host === '169.254.169.254',
  ownsPath: (path) => routes.some((route) => route.path.test(path)),
  handle: async (call, state) => {
    const matches = routes.filter((route) => route.path.test(call.url.pathname));
    const route = matches.find((one) => one.method === call.method);
    if (!route) return json(matches.length > 0 ? 405 : 404, { error: 'invalid_request' });
    const tenant = decodeURIComponent(route.path.exec(call.url.pathname)?.[1] ?? '');
    return route.handle(call, state, tenant);
  },
};
