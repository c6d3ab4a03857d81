import { decoded } from '../../server/unescape-path.js';
import { defineService } from '../../server/define-service.js';
import { matchRoute } from '../../server/router.js';
import type { RoutePattern } from '../../server/router.js';
import type { Call, Service } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { getBlob } from './content/blob.js';
import { listContent } from './content/content.js';
import { FeedError } from './errors.js';
import { admit, feedHosts, feedPath, Unauthorized } from './feed-call.js';
import type { FeedCall } from './feed-call.js';
import { listNotifications } from './subscriptions/notifications.js';
import { dlpSensitiveTypes } from './resources.js';
import { createManagementActivityState } from './state.js';
import type { ManagementActivityState } from './state.js';
import { sendError, sendJson } from './respond.js';
import { list, start, stop } from './subscriptions/subscriptions.js';

interface Route extends RoutePattern {
  /** As throttling errors name it. */
  readonly method: string;
  run(feed: FeedCall, rest: string): Response | Promise<Response>;
}

const routes: readonly Route[] = [
  { methods: ['POST'], path: /^subscriptions\/start$/i, method: 'StartSubscription', run: start },
  { methods: ['POST'], path: /^subscriptions\/stop$/i, method: 'StopSubscription', run: stop },
  { methods: ['GET'], path: /^subscriptions\/list$/i, method: 'ListSubscriptions', run: list },
  { methods: ['GET'], path: /^subscriptions\/content$/i, method: 'GetContents', run: listContent },
  {
    methods: ['GET'],
    path: /^subscriptions\/notifications$/i,
    method: 'GetNotifications',
    run: listNotifications,
  },
  {
    methods: ['GET'],
    path: /^resources\/dlpSensitiveTypes$/i,
    method: 'GetResources',
    run: dlpSensitiveTypes,
  },
  { methods: ['GET'], path: /^audit\/(.+)$/i, method: 'GetBlob', run: getBlob },
];

/** The Office 365 Management Activity API in its five clouds, and by path on any origin. */
export const managementActivityService: Service = defineService<ManagementActivityState>({
  name: 'management-activity',
  hosts: feedHosts,
  paths: [feedPath],
  resources: [
    {
      name: 'Office 365 Management APIs',
      appId: 'c5393580-f805-4401-95e8-94b7a6ef2fc2',
      audiences: feedHosts.map((host) => `https://${host}`),
    },
  ],
  maxBodyBytes: 1024 * 1024,
  state: { name: 'managementActivity', create: createManagementActivityState },
  settings: ({ settings }) => settings,
  quota: ({ quota }) => ({
    per: 'tenant',
    get requestsPerMinute() {
      return quota.requestsPerMinute;
    },
    set requestsPerMinute(limit) {
      quota.requestsPerMinute = limit;
    },
    used: () => Object.fromEntries([...quota.used()].map(([pool, requests]) => [pool, { requests }])),
  }),
  counts: (feed) => ({ contentBlobs: feed.countBlobs() }),
  handle: async (call, state) => {
    const rest = decoded(feedPath.exec(call.url.pathname)?.[2] ?? '');
    const match = matchRoute(routes, call.method, rest);
    if (match === 'no-path' || match === 'no-method') return notServed(call, state, match === 'no-method');
    const { route, parameters } = match;
    try {
      return await route.run(await admit(call, state, route.method), parameters[0] ?? '');
    } catch (error) {
      if (error instanceof FeedError) return sendError(call, state, error, route.method === 'GetBlob');
      if (!(error instanceof Unauthorized)) throw error;
      const message = 'Authorization has been denied for this request.';
      return sendJson({ call, state }, 401, { Message: message }, { 'WWW-Authenticate': 'Bearer' });
    }
  },
});

function notServed(call: Call, state: EmulatorState, known: boolean): Response {
  const Message = known
    ? `The requested resource does not support http method '${call.method}'.`
    : `No HTTP resource was found that matches the request URI '${call.url.origin}${call.url.pathname}'.`;
  return sendJson({ call, state }, known ? 405 : 404, { Message });
}
