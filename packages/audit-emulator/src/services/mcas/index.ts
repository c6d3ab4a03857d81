import { defineService } from '../../server/define-service.js';
import { matchRoute, pathPattern } from '../../server/router.js';
import type { Service } from '../../server/service.js';
import { decoded } from '../../server/unescape-path.js';
import { refuseAccess } from './access.js';
import { htmlPage } from './respond.js';
import { activityRoutes } from './routes/activities.js';
import { alertRoutes } from './routes/alerts.js';
import { discoveryRoutes } from './routes/discovery.js';
import { inventoryRoutes } from './routes/inventory.js';
import { rangeRoutes } from './routes/ranges.js';
import { methodNotAllowed } from './routes/route.js';
import type { Route } from './routes/route.js';
import { createMcasMeter } from './meter.js';
import { createMcasState } from './state.js';
import type { McasState } from './state.js';
import { uploadHost } from './uploads.js';

const routes = [
  ...activityRoutes,
  ...alertRoutes,
  ...inventoryRoutes,
  ...rangeRoutes,
  ...discoveryRoutes,
].map((route: Route) => ({ ...route, path: pathPattern(route.path) }));

const portal = /^([a-z0-9-]+\.){0,2}portal\.cloudappsecurity(gov\.com|\.com|\.us)$/i;

/** Microsoft Cloud App Security, today Defender for Cloud Apps. */
export const mcasService: Service = defineService<McasState>({
  name: 'mcas',
  hosts: [uploadHost, portal],
  paths: [/^\/api\/v1\//, /^\/cas\/api\//, /^\/api\/discovery/],
  resources: [
    { name: 'Microsoft Cloud App Security', appId: '05a65629-4c1b-48c1-a78b-804c4abdd4af', audiences: [] },
  ],
  state: { name: 'mcas', create: createMcasState },
  settings: ({ settings }) => settings,
  quota: (mcas, state) => createMcasMeter(mcas, state),
  counts: ({ activities, alerts }) => ({ mcasActivities: activities.length, mcasAlerts: alerts.length }),
  handle: async (call, state, mcas) => {
    const path = /^(?:\/cas)?\/api(\/.*)$/.exec(call.url.pathname)?.[1] ?? '';
    const refused = mcas.settings.postWithoutSlash === 'refuse' && call.method === 'POST';
    if (refused && !/\/(feedback)?$/.test(path)) return htmlPage(404, 'Page not found');
    const found = matchRoute(routes, call.method, path.endsWith('/') ? path : `${path}/`);
    // Dead and unknown endpoints answer with a page of the console, before anything else is looked at.
    if (found === 'no-path') return htmlPage(404, 'Page not found');
    const access = found === 'no-method' ? { roles: [], changes: false } : found.route.access;
    const refusal = access && (await refuseAccess(call, state, access));
    if (found === 'no-method')
      return refusal && refusal.status !== 403 ? refusal : methodNotAllowed(call.method);
    return refusal ?? found.route.handle({ call, state, mcas, pk: decoded(found.parameters[0] ?? '') });
  },
});
