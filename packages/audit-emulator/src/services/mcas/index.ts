import type { Service } from '../../server/service.js';
import { refuseAccess } from './access.js';
import { htmlPage } from './respond.js';
import { activityRoutes } from './routes/activities.js';
import { alertRoutes } from './routes/alerts.js';
import { discoveryRoutes } from './routes/discovery.js';
import { inventoryRoutes } from './routes/inventory.js';
import { rangeRoutes } from './routes/ranges.js';
import { findRoute, methodNotAllowed } from './routes/route.js';
import type { Route } from './routes/route.js';
import { uploadHost } from './uploads.js';

export { createMcasState } from './state.js';

const routes: readonly Route[] = [
  ...activityRoutes,
  ...alertRoutes,
  ...inventoryRoutes,
  ...rangeRoutes,
  ...discoveryRoutes,
];

const portal = /^([a-z0-9-]+\.){0,2}portal\.cloudappsecurity(gov\.com|\.com|\.us)$/i;

/** Microsoft Cloud App Security, today Defender for Cloud Apps. */
export const mcasService: Service = {
  name: 'mcas',
  ownsHost: (host) => host === uploadHost || portal.test(host.replace(/:\d+$/, '')),
  ownsPath: (path) =>
    path.startsWith('/api/v1/') || path.startsWith('/cas/api/') || path.startsWith('/api/discovery'),
  handle: async (call, state) => {
    const path = /^(?:\/cas)?\/api(\/.*)$/.exec(call.url.pathname)?.[1] ?? '';
    if (
      state.mcas.settings.postWithoutSlash === 'refuse' &&
      call.method === 'POST' &&
      !/\/(feedback)?$/.test(path)
    )
      return htmlPage(404, 'Page not found');
    const found = findRoute(routes, call.method, path.endsWith('/') ? path : `${path}/`);
    // Dead and unknown endpoints answer with a page of the console, before anything else is looked at.
    if (found === 'no-path') return htmlPage(404, 'Page not found');
    const access = found === 'no-method' ? { roles: [], changes: false } : found.route.access;
    const refusal = access && (await refuseAccess(call, state, access));
    if (found === 'no-method')
      return refusal && refusal.status !== 403 ? refusal : methodNotAllowed(call.method);
    return refusal ?? found.route.handle({ call, state, mcas: state.mcas, pk: found.pk });
  },
};
