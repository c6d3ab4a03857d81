import { decoded } from '../../server/unescape-path.js';
import type { Call, Service } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { getBlob } from './content/blob.js';
import { listContent } from './content/content.js';
import { FeedError } from './errors.js';
import { admit, feedHosts, feedPath, Unauthorized } from './feed-call.js';
import type { FeedCall } from './feed-call.js';
import { listNotifications } from './subscriptions/notifications.js';
import { dlpSensitiveTypes } from './resources.js';
import { sendError, sendJson } from './respond.js';
import { list, start, stop } from './subscriptions/subscriptions.js';

export { createManagementActivityState } from './state.js';

interface Route {
  readonly verb: 'GET' | 'POST';
  readonly path: RegExp;
  /** As throttling errors name it. */
  readonly method: string;
  run(feed: FeedCall, rest: string): Response | Promise<Response>;
}

const routes: readonly Route[] = [
  { verb: 'POST', path: /^subscriptions\/start$/i, method: 'StartSubscription', run: start },
  { verb: 'POST', path: /^subscriptions\/stop$/i, method: 'StopSubscription', run: stop },
  { verb: 'GET', path: /^subscriptions\/list$/i, method: 'ListSubscriptions', run: list },
  { verb: 'GET', path: /^subscriptions\/content$/i, method: 'GetContents', run: listContent },
  {
    verb: 'GET',
    path: /^subscriptions\/notifications$/i,
    method: 'GetNotifications',
    run: listNotifications,
  },
  { verb: 'GET', path: /^resources\/dlpSensitiveTypes$/i, method: 'GetResources', run: dlpSensitiveTypes },
  { verb: 'GET', path: /^audit\/(.+)$/i, method: 'GetBlob', run: getBlob },
];

/** The Office 365 Management Activity API in its five clouds, and by path on any origin. */
export const managementActivityService: Service = {
  name: 'management-activity',
  ownsHost: (host) => feedHosts.includes(host.replace(/:\d+$/, '').toLowerCase()),
  ownsPath: (path) => feedPath.test(path),
  handle: async (call, state) => {
    const rest = decoded(feedPath.exec(call.url.pathname)?.[2] ?? '');
    const matches = routes
      .map((route) => ({ route, found: route.path.exec(rest) }))
      .filter(({ found }) => found);
    const match = matches.find(({ route }) => route.verb === call.method);
    if (!match) return notServed(call, state, matches.length > 0);
    const { route, found } = match;
    try {
      return await route.run(await admit(call, state, route.method), found?.[1] ?? '');
    } catch (error) {
      if (error instanceof FeedError) return sendError(call, state, error, route.method === 'GetBlob');
      if (!(error instanceof Unauthorized)) throw error;
      const message = 'Authorization has been denied for this request.';
      return sendJson({ call, state }, 401, { Message: message }, { 'WWW-Authenticate': 'Bearer' });
    }
  },
};

function notServed(call: Call, state: EmulatorState, known: boolean): Response {
  const Message = known
    ? `The requested resource does not support http method '${call.method}'.`
    : `No HTTP resource was found that matches the request URI '${call.url.origin}${call.url.pathname}'.`;
  return sendJson({ call, state }, known ? 405 : 404, { Message });
}
