import { json } from '../../server/service.js';
import { defineService } from '../../server/define-service.js';
import { matchRoute } from '../../server/router.js';
import type { RoutePattern } from '../../server/router.js';
import type { Call, Service } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { entraHosts } from './client-authentication.js';
import { instanceDiscovery, openIdConfiguration } from './discovery.js';
import { storageResource } from './resources.js';
import { createSeededEntra } from './seed.js';
import type { EntraState } from './state.js';
import { appServiceToken, imdsToken } from './managed-identity.js';
import { tokenEndpoint } from './token-endpoint.js';

type Handler = (call: Call, state: EmulatorState, tenant: string) => Promise<Response> | Response;

const routes: readonly (RoutePattern & { handle: Handler })[] = [
  { methods: ['GET'], path: /^\/common\/discovery\/instance$/i, handle: (call) => instanceDiscovery(call) },
  {
    methods: ['GET'],
    path: /^\/metadata\/identity\/oauth2\/token$/,
    handle: (call, state) => imdsToken(call, state),
  },
  { methods: ['GET'], path: /^\/msi\/token\/?$/, handle: (call, state) => appServiceToken(call, state) },
  {
    methods: ['POST'],
    path: /^\/([^/]+)\/oauth2\/v2\.0\/token$/i,
    handle: (call, state, tenant) => tokenEndpoint(call, state, tenant, 2),
  },
  {
    methods: ['POST'],
    path: /^\/([^/]+)\/oauth2\/token$/i,
    handle: (call, state, tenant) => tokenEndpoint(call, state, tenant, 1),
  },
  {
    methods: ['GET'],
    path: /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/i,
    handle: (call, state, tenant) => openIdConfiguration(call, state, tenant, 2),
  },
  {
    methods: ['GET'],
    path: /^\/([^/]+)\/\.well-known\/openid-configuration$/i,
    handle: (call, state, tenant) => openIdConfiguration(call, state, tenant, 1),
  },
  {
    methods: ['GET'],
    path: /^\/([^/]+)\/discovery\/(v2\.0\/)?keys$/i,
    handle: async (_call, state) => json(200, await state.entra.mint.jwks()),
  },
];

/** Entra ID's token endpoints and discovery, and the managed-identity endpoints of a machine in Azure. */
export const entraService: Service = defineService<EntraState>({
  name: 'entra',
  hosts: [...entraHosts, '169.254.169.254'],
  paths: routes.map((route) => route.path),
  resources: [storageResource],
  endpoint: 'authority',
  maxBodyBytes: 1024 * 1024,
  state: { name: 'entra', create: createSeededEntra },
  handle: async (call, state) => {
    const found = matchRoute(routes, call.method, call.url.pathname);
    if (found === 'no-path' || found === 'no-method')
      return json(found === 'no-method' ? 405 : 404, { error: 'invalid_request' });
    return found.route.handle(call, state, decodeURIComponent(found.parameters[0] ?? ''));
  },
});
