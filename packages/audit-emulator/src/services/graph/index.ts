import { decoded } from '../../server/unescape-path.js';
import type { Claims } from '../entra/state.js';
import { json } from '../../server/service.js';
import { defineService } from '../../server/define-service.js';
import type { Call, Service } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { createGraphState } from './state.js';
import type { GraphMessage, GraphObject, GraphState } from './state.js';

const hosts = [
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
];
const audiences = [...hosts.map((host) => `https://${host}`), '00000003-0000-0000-c000-000000000000'];
const route = /^\/(?:v1\.0|beta)\/users\/([^/]+)(\/(?:mailFolders\/([^/]+)\/)?messages)?\/?$/i;
const messageFilter = /^\s*internetMessageId\s+eq\s+'((?:[^']|'')*)'\s*$/i;

/** Two routes of Microsoft Graph: a user, and a user's messages by internet message id, deleted ones included. */
export const graphService: Service = defineService<GraphState>({
  name: 'graph',
  hosts,
  paths: [route],
  resources: [
    {
      name: 'Microsoft Graph',
      appId: '00000003-0000-0000-c000-000000000000',
      audiences: hosts.map((host) => `https://${host}`),
    },
  ],
  maxBodyBytes: 4 * 1024 * 1024,
  state: { name: 'graph', create: createGraphState },
  handle: async (call, state) => {
    const verdict = await state.entra.verify(call.headers.get('authorization'), audiences);
    if (!verdict.ok) {
      const message =
        verdict.reason === 'expired'
          ? 'Lifetime validation failed, the token is expired.'
          : 'Access token is empty or invalid.';
      return refuse(state, 401, 'InvalidAuthenticationToken', message);
    }
    const [, who, messages, folder] = route.exec(call.url.pathname) ?? [];
    if (who === undefined || call.method !== 'GET') {
      return refuse(state, 400, 'BadRequest', 'Resource not found for the segment.');
    }
    const needed =
      messages === undefined ? ['User.Read.All', 'Directory.Read.All'] : ['Mail.Read', 'Mail.ReadWrite'];
    if (!allowed(verdict.claims, needed)) {
      return refuse(
        state,
        403,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
      );
    }
    const user = findUser(state, verdict.claims.tid, decoded(who));
    if (!user) {
      return refuse(
        state,
        404,
        'Request_ResourceNotFound',
        `Resource '${decoded(who)}' does not exist or one of its queried reference-property objects are not present.`,
      );
    }
    return messages === undefined ? json(200, selected(call, user)) : listMessages(call, state, user, folder);
  },
});

function listMessages(
  call: Call,
  state: EmulatorState,
  user: GraphObject,
  folder: string | undefined,
): Response {
  const filter = call.url.searchParams.get('$filter');
  const match = filter === null ? undefined : messageFilter.exec(filter);
  if (match === null) {
    return refuse(state, 400, 'BadRequest', "The emulator knows only $filter=internetMessageId eq '…'.");
  }
  if (folder !== undefined && folder.toLowerCase() !== 'recoverableitemsdeletions') {
    return refuse(state, 404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
  }
  const wanted = match?.[1]?.replaceAll("''", "'");
  const value = (state.graph.messages.get(user.id) ?? [])
    .filter((one) => one.deleted === (folder !== undefined))
    .filter((one) => wanted === undefined || one.internetMessageId === wanted)
    .map(({ deleted: _deleted, ...message }: GraphMessage) => selected(call, message as GraphObject));
  return json(200, { '@odata.context': `${call.url.origin}/v1.0/$metadata#users/messages`, value });
}

function findUser(state: EmulatorState, tenantId: string, who: string): GraphObject | undefined {
  if (tenantId !== state.graph.tenantId) return undefined;
  const wanted = who.toLowerCase();
  return state.graph.users.find((one) =>
    [one.id, one['userPrincipalName']].some(
      (name) => typeof name === 'string' && name.toLowerCase() === wanted,
    ),
  );
}

/** `$select`: the named fields, and always the id. */
function selected(call: Call, item: GraphObject): GraphObject {
  const fields = call.url.searchParams
    .get('$select')
    ?.split(',')
    .map((field) => field.trim());
  if (!fields) return item;
  return {
    id: item.id,
    ...Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name))),
  };
}

function allowed(claims: Claims, permissions: readonly string[]): boolean {
  const held = [...claims.roles, ...(claims.scp?.split(' ') ?? [])];
  return permissions.some((one) => held.includes(one));
}

function refuse(state: EmulatorState, status: number, code: string, message: string): Response {
  const requestId = state.random.guid();
  const date = new Date(state.clock.now()).toISOString().slice(0, 19);
  return json(status, {
    error: { code, message, innerError: { date, 'request-id': requestId, 'client-request-id': requestId } },
  });
}
