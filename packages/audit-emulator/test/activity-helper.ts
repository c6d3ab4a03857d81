import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';

export const start: number = Date.UTC(2026, 4, 20, 12);
export const hour = 3_600_000;
export const day: number = 24 * hour;
export const publisher = '46b472a7-c68e-4adf-8ade-3db49497518e';
export const allRoles: readonly string[] = ['ActivityFeed.Read', 'ActivityFeed.ReadDlp'];

export interface Feed {
  readonly emulator: Emulator;
  /** Roles of the token; undefined for a caller without one. */
  roles: readonly string[] | undefined;
  appId: string;
  tenantId: string;
  /** Calls the contoso feed on `origin`, with the publisher identifier. */
  get(rest: string, init?: RequestInit): Promise<Response>;
  post(rest: string, body?: unknown): Promise<Response>;
  /** Any URL as it stands. */
  open(url: string, init?: RequestInit): Promise<Response>;
}

/** A feed whose callers are known without a token request. */
export function createFeed(options: { host?: string; quotaMinuteInMs?: number } = {}): Feed {
  const { host = 'manage.office.com', ...rest } = options;
  const emulator = createEmulator({ clock: 'manual', start, ...rest });
  const open = (url: string, init?: RequestInit): Promise<Response> => emulator.fetch(new Request(url, init));
  const url = (path: string): string => {
    const whole = `https://${host}/api/v1.0/${contoso.tenantId}/activity/feed/${path}`;
    return `${whole}${path.includes('?') ? '&' : '?'}PublisherIdentifier=${publisher}`;
  };
  const feed: Feed = {
    emulator,
    roles: allRoles,
    appId: contoso.clientId,
    tenantId: contoso.tenantId,
    open,
    get: (path, init) => open(url(path), init),
    post: (path, body) =>
      open(url(path), { method: 'POST', ...(body !== undefined && { body: JSON.stringify(body) }) }),
  };
  emulator.state.entra.verify = async () => {
    if (!feed.roles) return { ok: false, reason: 'missing' };
    const base = { aud: 'https://manage.office.com', iss: 'x', oid: 'x', iat: 0, nbf: 0, exp: 0 };
    return { ok: true, claims: { ...base, tid: feed.tenantId, appid: feed.appId, roles: [...feed.roles] } };
  };
  return feed;
}

export interface Listed {
  contentUri: string;
  contentId: string;
  contentType: string;
  contentCreated: string;
  contentExpiration: string;
}

export const iso = (at: number): string => new Date(at).toISOString().slice(0, 19);

export const window = (from: number, to: number): string => `startTime=${iso(from)}&endTime=${iso(to)}`;

export async function errorOf(
  response: Response,
): Promise<{ status: number; code: string; message: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, ...error };
}

/** Follows `NextPageUri` to its end. */
export async function listAll(feed: Feed, path: string): Promise<Listed[]> {
  const items: Listed[] = [];
  let response = await feed.get(path);
  for (;;) {
    items.push(...((await response.json()) as Listed[]));
    const next = response.headers.get('NextPageUri');
    if (!next) return items;
    response = await feed.open(next);
  }
}
