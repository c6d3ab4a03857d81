import { contoso } from '../../data/contoso.js';
import type { Call } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { insufficientRole, invalidToken, invalidUser, throttled } from './respond.js';

/** The Entra resource "Microsoft Cloud App Security". */
export const mcasAudience = '05a65629-4c1b-48c1-a78b-804c4abdd4af';

export type Role =
  | 'Investigation.read'
  | 'Investigation.manage'
  | 'Discovery.read'
  | 'Discovery.manage'
  | 'Settings.read'
  | 'Settings.manage';

/** What a route asks for. No role opens the files: only API tokens do. */
export interface Access {
  roles: readonly Role[];
  /** Read-only tokens are refused. */
  changes: boolean;
}

interface Caller {
  tenantId: string;
  may(access: Access): boolean;
}

/** Identity, then quota, then permission. Returns the refusal, or nothing. */
export async function refuseAccess(
  call: Call,
  state: EmulatorState,
  access: Access,
): Promise<Response | undefined> {
  const caller = await identify(call, state);
  if (caller instanceof Response) return caller;
  const waitInMs = takeFromQuota(state, caller.tenantId);
  if (waitInMs > 0) return throttled(waitInMs, state.mcas.settings.retryAfterHeader);
  return caller.may(access) ? undefined : insufficientRole();
}

async function identify(call: Call, state: EmulatorState): Promise<Caller | Response> {
  const header = call.headers.get('authorization');
  const legacy = /^Token (\S+)$/.exec(header ?? '')?.[1];
  if (legacy !== undefined) {
    const token = state.mcas.tokens.get(legacy);
    if (!token) return invalidToken();
    if (token.ownerNotPermitted) return invalidUser();
    return { tenantId: token.tenantId, may: (access) => !(access.changes && token.readOnly) };
  }
  const verdict = await state.entra.verify(header, [
    mcasAudience,
    `https://${mcasAudience}`,
    `api://${mcasAudience}`,
  ]);
  if (!verdict.ok) return invalidToken();
  // Application permissions are roles, delegated ones scopes; the names are the same, their case is not.
  const { roles, scp = '', tid } = verdict.claims;
  const held = new Set([...roles, ...scp.split(' ')].map((role) => role.toLowerCase()));
  // The data is one tenant's: tokens of others are none here.
  if (tid !== contoso.tenantId) return invalidToken();
  return { tenantId: tid, may: (access) => access.roles.some((role) => held.has(role.toLowerCase())) };
}

/** A sliding minute per tenant, shared by all its integrations; a refused request does not count. */
function takeFromQuota(state: EmulatorState, tenantId: string): number {
  const { clock, quotaMinuteInMs, mcas } = state;
  const now = clock.now();
  const taken = (mcas.requests.get(tenantId) ?? []).filter((at) => at > now - quotaMinuteInMs && at <= now);
  const { requestsPerMinute } = mcas.settings;
  const full = taken.length >= requestsPerMinute;
  if (!full && requestsPerMinute !== Infinity) taken.push(now);
  mcas.requests.set(tenantId, taken);
  if (!full) return 0;
  const oldest = taken[taken.length - requestsPerMinute] ?? now;
  return Math.max(1, oldest + quotaMinuteInMs - now);
}
