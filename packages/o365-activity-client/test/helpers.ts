import { scriptedFetch, testClock } from '@repo/test-kit';
import type { ScriptedAnswer, TestClock } from '@repo/test-kit';
import { contoso, createEmulator } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { O365ActivityClient } from '../src/index.js';
import type { Fetch, O365ActivityClientOptions, TokenCredential } from '../src/index.js';

export const start: number = Date.UTC(2026, 4, 20, 12);
export const hour = 3_600_000;
export const day: number = 24 * hour;
export const iso = (ms: number): string => new Date(ms).toISOString();
export const lastDay: { from: string; to: string } = {
  from: iso(start - day),
  to: iso(start),
};

export const fixedToken: TokenCredential = {
  getToken: async () => ({ token: 'fake-token', expiresOnTimestamp: start + 1000 * day }),
};

interface World {
  emulator: Emulator;
  client: O365ActivityClient;
  /** What was asked of the feed, in order. */
  seen: Request[];
  roles: string[];
}

/** The emulated tenant and a client on it, whose token is believed as it stands. */
export function world(
  options: O365ActivityClientOptions & { intercept?: (request: Request) => Response | undefined } = {},
): World {
  const { intercept, ...rest } = options;
  const emulator = createEmulator({ clock: 'virtual', start });
  const seen: Request[] = [];
  const roles = ['ActivityFeed.Read', 'ActivityFeed.ReadDlp'];
  emulator.state.entra.verify = async () => ({
    ok: true,
    claims: {
      aud: 'https://manage.office.com',
      iss: 'x',
      oid: 'x',
      iat: 0,
      nbf: 0,
      exp: 0,
      tid: contoso.tenantId,
      appid: contoso.clientId,
      roles: [...roles],
    },
  });
  const fetch: Fetch = async (request) => {
    seen.push(request);
    return intercept?.(request) ?? emulator.fetch(request);
  };
  const client = new O365ActivityClient(contoso.tenantId, fixedToken, {
    fetch,
    clock: emulator.clock,
    ...rest,
  });
  return { emulator, client, seen, roles };
}

/** A client whose requests are answered in order, the last answer for ever. */
export function scriptedClient(
  answers: ScriptedAnswer[],
  options: O365ActivityClientOptions = {},
): { client: O365ActivityClient; seen: Request[]; clock: TestClock } {
  const clock = testClock(start);
  const { fetch, requests } = scriptedFetch(...answers);
  const client = new O365ActivityClient(contoso.tenantId, fixedToken, { fetch, clock, ...options });
  return { client, seen: requests, clock };
}

export const json = (value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', ...headers } });

export const errorResponse = (status: number, body: string | object): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });

export const blob = (name = 'one'): import('../src/index.js').ContentBlob => ({
  contentType: 'Audit.General',
  contentId: name,
  contentUri: `https://manage.office.com/api/v1.0/${contoso.tenantId}/activity/feed/audit/${name}`,
  contentCreated: iso(start - hour),
  contentExpiration: iso(start + 6 * day),
});
