import { describe, expect, it } from 'vitest';
import { contoso } from '../src/data/contoso.js';
import type { Emulator } from '../src/server/emulator.js';
import { ask, emulate } from './mcas-helper.js';

const clientId = 'a0d17000-c11e-4475-9a00-00000000ca5b';
const resource = '05a65629-4c1b-48c1-a78b-804c4abdd4af';

/** A token for an app that holds these roles and no others. */
async function bearer(
  emulator: Emulator,
  roles: string[],
  scope: string = `${resource}/.default`,
): Promise<string> {
  emulator.state.entra.registerApp({
    tenantId: contoso.tenantId,
    clientId,
    displayName: 'mcas-reader',
    secrets: [{ value: 'fake-secret' }],
    roles: { [resource]: roles, 'https://manage.office.com': ['ActivityFeed.Read'] },
  });
  const response = await emulator.fetch(
    new Request(`https://login.microsoftonline.com/${contoso.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: 'fake-secret',
        scope,
      }),
    }),
  );
  const { access_token } = (await response.json()) as { access_token: string };
  return `Bearer ${access_token}`;
}

const list = { path: '/api/v1/activities/', body: {} };
const alerts = { path: '/api/v1/alerts/', body: {} };
const close = { path: '/api/v1/alerts/close_benign/', body: { filters: { id: { eq: ['none'] } } } };
const ranges = { path: '/api/v1/subnet/', body: {} };
const create = {
  path: '/api/v1/subnet/create_rule/',
  body: { name: 'a', category: 1, subnets: ['192.0.2.0/24'] },
};
const reports = { path: '/api/discovery/streams/', body: undefined };
const upload = { path: '/api/v1/discovery/upload_url/?filename=a&source=b', body: undefined };
const files = { path: '/api/v1/files/', body: {} };
const all = { list, alerts, close, ranges, create, reports, upload, files };

describe('roles of Entra ID', () => {
  it.each<[string, (keyof typeof all)[]]>([
    ['Investigation.read', ['list', 'alerts', 'ranges']],
    ['investigation.manage', ['list', 'alerts', 'close', 'ranges', 'create']],
    ['Discovery.read', ['alerts', 'reports']],
    ['discovery.manage', ['alerts', 'close', 'reports', 'upload']],
    ['Settings.read', ['ranges']],
    ['settings.manage', ['ranges', 'create']],
  ])('%s opens %j and no more', async (role, open) => {
    const emulator = emulate();
    const authorization = await bearer(emulator, [role]);
    for (const [name, { path, body }] of Object.entries(all)) {
      const response = await ask(emulator, path, { body, authorization });
      const expected = open.some((one) => one === name) ? 200 : 403;
      expect([name, response.status]).toEqual([name, expected]);
      if (expected === 403)
        expect(await response.json()).toEqual({ detail: 'Insufficient role based permissions' });
    }
  });

  it('files are not for apps, whatever they hold, but for API tokens', async () => {
    const emulator = emulate();
    const authorization = await bearer(emulator, [
      'Investigation.manage',
      'Discovery.manage',
      'Settings.manage',
    ]);
    for (const path of ['/api/v1/files/', '/cas/api/v1/files/']) {
      expect((await ask(emulator, path, { body: {}, authorization })).status).toBe(403);
      expect((await ask(emulator, path, { body: {} })).status).toBe(200);
    }
  });

  it('a token for another audience, an expired one and none are not valid', async () => {
    const emulator = emulate();
    const other = await bearer(emulator, ['Investigation.read'], 'https://manage.office.com/.default');
    expect((await ask(emulator, list.path, { body: {}, authorization: other })).status).toBe(401);
    expect((await ask(emulator, list.path, { body: {}, authorization: '' })).status).toBe(401);
    const own = await bearer(emulator, ['Investigation.read']);
    expect((await ask(emulator, list.path, { body: {}, authorization: own })).status).toBe(200);
    await emulator.clock.advance(3_600_000 + 600_000);
    const expired = await ask(emulator, list.path, { body: {}, authorization: own });
    expect([expired.status, await expired.json()]).toEqual([401, { detail: 'Invalid token' }]);
  });

  it('share the quota of the tenant with its API tokens', async () => {
    const emulator = emulate();
    const authorization = await bearer(emulator, ['Investigation.read']);
    emulator.state.mcas.settings.requestsPerMinute = 2;
    expect((await ask(emulator, list.path, { body: {}, authorization })).status).toBe(200);
    expect((await ask(emulator, list.path, { body: {} })).status).toBe(200);
    expect((await ask(emulator, list.path, { body: {}, authorization })).status).toBe(429);
    emulator.state.mcas.settings.requestsPerMinute = Infinity;
    expect((await ask(emulator, list.path, { body: {}, authorization })).status).toBe(200);
  });
});

describe('API tokens', () => {
  it('are compared letter by letter, on the hosts of every cloud', async () => {
    const emulator = emulate();
    const hosts = [
      'portal.cloudappsecurity.com',
      'contoso.us1.portal.cloudappsecuritygov.com',
      'CONTOSO.us1.portal.cloudappsecurity.us',
    ];
    for (const host of hosts) {
      const at = `https://${host}`;
      expect((await ask(emulator, list.path, { at, body: {} })).status).toBe(200);
      const authorization = `Token ${contoso.mcasToken.toLowerCase()}`;
      const refused = await ask(emulator, list.path, { at, body: {}, authorization });
      expect([refused.status, await refused.json()]).toEqual([401, { detail: 'Invalid token' }]);
    }
  });

  it('may be registered, and their owners may lose the right to use them', async () => {
    const emulator = emulate();
    emulator.state.mcas.tokens.set('second', { tenantId: contoso.tenantId });
    emulator.state.mcas.tokens.set('gone', { tenantId: contoso.tenantId, ownerNotPermitted: true });
    const use = (token: string) => ask(emulator, list.path, { body: {}, authorization: `Token ${token}` });
    expect((await use('second')).status).toBe(200);
    expect(await (await use('gone')).json()).toEqual({
      detail: 'Invalid user - the owner of this token is not permitted to use tokens',
    });
  });

  it('allow 30 requests a minute and tenant, then it says TOO MANY REQUESTS', async () => {
    const emulator = emulate();
    const use = () => ask(emulator, list.path, { body: { limit: 1 } });
    for (let n = 0; n < 30; n++) expect((await use()).status).toBe(200);
    await emulator.clock.advance(20_000);
    const refused = await use();
    expect([refused.status, refused.statusText]).toEqual([429, 'TOO MANY REQUESTS']);
    expect(refused.headers.has('retry-after')).toBe(false);
    expect(await refused.json()).toEqual({
      detail: 'Request was throttled. Expected available in 40 seconds.',
    });
    emulator.state.mcas.settings.retryAfterHeader = true;
    expect((await use()).headers.get('retry-after')).toBe('40');
    await emulator.clock.advance(40_000);
    expect((await use()).status).toBe(200);
  });
});

describe('paths', () => {
  it('that do not exist are answered with a page of the console', async () => {
    const response = await ask(emulate(), '/api/v1/activities_kusto/', { body: {} });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('var __ADALLOM_CONSTS = {');
    expect((await ask(emulate(), '/cas/api/v1/nothing/')).status).toBe(404);
  });

  it('have their methods', async () => {
    expect((await ask(emulate(), list.path, { method: 'PUT' })).status).toBe(405);
  });
});
