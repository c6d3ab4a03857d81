import { decoded } from '../../server/unescape-path.js';
import type { Call } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import type { Claims } from '../entra/state.js';
import { af, auditingOff } from './errors.js';
import { zeroPublisher } from './quota.js';

/** The API's hosts: enterprise, GCC, GCC High, DoD, 21Vianet. */
export const feedHosts: readonly string[] = [
  'manage.office.com',
  'manage-gcc.office.com',
  'manage.office365.us',
  'manage.protection.apps.mil',
  'manage.office365.cn',
];

export const feedPath: RegExp = /^\/api\/v1(?:\.0)?\/([^/]+)\/activity\/feed\/*(.*)$/;

/** A request to the feed, its caller known and admitted. */
export interface FeedCall {
  readonly call: Call;
  readonly state: EmulatorState;
  /** The service's own time in ms: the emulator's, plus a skew if asked for. */
  readonly now: number;
  readonly tenantId: string;
  readonly appId: string;
  readonly publisherId: string;
  /** A query parameter, whatever the case of its name. */
  query(name: string): string | undefined;
  /** AF10001 unless the token may read the content type; without one, anything of the feed. */
  requirePermission(contentType?: string): void;
  /** The absolute URL of something below the tenant's feed, on the request's own origin. */
  url(rest: string, version?: string): string;
}

/** A caller without a valid token: answered in the words of the web framework, without an AF code. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized';
}

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

export async function admit(call: Call, state: EmulatorState, method: string): Promise<FeedCall> {
  const { managementActivity } = state;
  const claims = await authenticate(call, state);
  const named = decoded(feedPath.exec(call.url.pathname)?.[1] ?? '');
  if (!guid.test(named)) throw af.tenantNotGuid(named);
  const standsForApp =
    managementActivity.settings.clientIdAsTenant && named.toLowerCase() === claims.appid.toLowerCase();
  const tenantId = (standsForApp ? claims.tid : named).toLowerCase();
  if (tenantId !== claims.tid.toLowerCase()) throw af.tenantMismatch(named, claims.tid);

  const parameters = new Map([...call.url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const query = (name: string): string | undefined => parameters.get(name.toLowerCase());
  const publisherId = query('PublisherIdentifier') || zeroPublisher;
  if (!guid.test(publisherId)) throw af.parameterType('PublisherIdentifier', 'guid');
  managementActivity.publishers.set(publisherId, (managementActivity.publishers.get(publisherId) ?? 0) + 1);
  const pool = publisherId === zeroPublisher ? zeroPublisher : tenantId;
  if (!managementActivity.quota.take(pool)) throw af.throttled(method, publisherId);

  if (managementActivity.settings.failing) throw af.internal();
  const status = managementActivity.tenantStatus.get(tenantId) ?? 'ok';
  if (status === 'deleted') throw af.tenantUnknown(tenantId);
  if (status === 'misconfigured') throw af.tenantMisconfigured(tenantId);
  if (status === 'auditing-off') {
    const contentType = query('contentType') ?? '';
    throw auditingOff(managementActivity.settings.exceptionTextShape, {
      method,
      tenantId,
      contentType,
      appId: claims.appid,
      publisherId,
    });
  }

  const origin = managementActivity.settings.foreignOrigin ?? call.url.origin;
  return {
    call,
    state,
    now: state.clock.now() + managementActivity.settings.clockSkewInMs,
    tenantId,
    appId: claims.appid,
    publisherId,
    query,
    requirePermission: (contentType) => requirePermission(claims, contentType),
    url: (rest, version = 'v1.0') => `${origin}/api/${version}/${tenantId}/activity/feed/${rest}`,
  };
}

async function authenticate({ url, headers }: Call, state: EmulatorState): Promise<Claims> {
  // The token must be for the host that is called; on the emulator's own origin any cloud's will do.
  const hosts = feedHosts.includes(url.hostname) ? [url.hostname] : feedHosts;
  const audiences = hosts.flatMap((host) => [`https://${host}`, `https://${host}/`]);
  const verdict = await state.entra.verify(headers.get('authorization'), audiences);
  if (!verdict.ok) throw new Unauthorized(verdict.reason);
  return verdict.claims;
}

function requirePermission(claims: Claims, contentType: string | undefined): void {
  const granted = [...(claims.roles ?? []), ...(claims.scp?.split(' ') ?? [])];
  const sufficient =
    contentType === 'DLP.All'
      ? granted.includes('ActivityFeed.ReadDlp')
      : granted.includes('ActivityFeed.Read') ||
        (contentType === undefined && granted.includes('ActivityFeed.ReadDlp'));
  if (!sufficient) throw af.permission(granted.join(' '));
}
