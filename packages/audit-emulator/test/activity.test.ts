import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import { contentTypes } from '../src/data/audit/index.js';
import { createFeed, day, errorOf, hour, iso, listAll, publisher, start, window } from './activity-helper.js';
import type { Listed } from './activity-helper.js';

const sharePoint = 'contentType=Audit.SharePoint';

describe('who may call', () => {
  it('answers 401 without an AF code to a caller without token', async () => {
    const feed = createFeed();
    feed.roles = undefined;
    const response = await feed.get('subscriptions/list');
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('AF');
  });

  it('refuses a token of another tenant, a domain name for a tenant, and tenants that are gone', async () => {
    const feed = createFeed();
    const other =
      'https://manage.office.com/api/v1.0/11111111-2222-4333-8444-555555555555/activity/feed/subscriptions/list';
    expect(await errorOf(await feed.open(other))).toMatchObject({ status: 400, code: 'AF20010' });
    const domain = 'https://manage.office.com/api/v1.0/contoso.example/activity/feed/subscriptions/list';
    expect(await errorOf(await feed.open(domain))).toMatchObject({ status: 400, code: 'AF20013' });
    feed.emulator.state.managementActivity.tenantStatus.set(contoso.tenantId, 'deleted');
    expect(await errorOf(await feed.get('subscriptions/list'))).toMatchObject({ code: 'AF20011' });
    feed.emulator.state.managementActivity.tenantStatus.set(contoso.tenantId, 'misconfigured');
    expect(await errorOf(await feed.get('subscriptions/list'))).toMatchObject({ code: 'AF20012' });
  });

  it('takes the client id for the tenant when told to, and names the real tenant in content', async () => {
    const feed = createFeed();
    feed.emulator.state.managementActivity.settings.clientIdAsTenant = true;
    await feed.post(`subscriptions/start?${sharePoint}`);
    const root = `https://manage.office.com/api/v1.0/${contoso.clientId}/activity/feed`;
    const response = await feed.open(`${root}/subscriptions/content?${sharePoint}`);
    const [first] = (await response.json()) as Listed[];
    expect(first?.contentUri).toContain(`/api/v1.0/${contoso.tenantId}/`);
  });

  it('wants ReadDlp for DLP.All alone', async () => {
    const feed = createFeed();
    feed.roles = ['ActivityFeed.Read', 'ServiceHealth.Read'];
    const refused = await errorOf(await feed.post('subscriptions/start?contentType=DLP.All'));
    expect(refused).toMatchObject({ status: 401, code: 'AF10001' });
    expect(refused.message).toContain('ActivityFeed.Read ServiceHealth.Read');
    expect((await feed.post('subscriptions/start?contentType=Audit.General')).status).toBe(200);
  });

  it('answers AF50000 to everything in an outage', async () => {
    const feed = createFeed();
    feed.emulator.state.managementActivity.settings.failing = true;
    expect(await errorOf(await feed.get('subscriptions/list'))).toMatchObject({
      status: 500,
      code: 'AF50000',
    });
  });

  it('says with exception text that auditing is off, in both cuts', async () => {
    const feed = createFeed();
    const { managementActivity } = feed.emulator.state;
    managementActivity.tenantStatus.set(contoso.tenantId, 'auditing-off');
    const late = await errorOf(await feed.post(`subscriptions/start?${sharePoint}`));
    expect(late.status).toBe(400);
    expect(late.code).toMatch(/^StartSubscription \[CorrId=.*\]\[AppId$/);
    expect(late.message).toContain(`Tenant ${contoso.tenantId} does not exist`);
    managementActivity.settings.exceptionTextShape = '2019';
    expect((await errorOf(await feed.post(`subscriptions/start?${sharePoint}`))).code).toMatch(
      /failed\. Exception$/,
    );
  });
});

describe('the five clouds', () => {
  it.each([
    'manage.office.com',
    'manage-gcc.office.com',
    'manage.office365.us',
    'manage.protection.apps.mil',
    'manage.office365.cn',
    'localhost:8443',
  ])('%s answers, and names itself in content', async (host) => {
    const feed = createFeed({ host });
    await feed.post(`subscriptions/start?${sharePoint}`);
    const response = await feed.get(`subscriptions/content?${sharePoint}`);
    const [first] = (await response.json()) as Listed[];
    expect(first?.contentUri).toBe(
      `https://${host}/api/v1.0/${contoso.tenantId}/activity/feed/audit/${first?.contentId}`,
    );
  });

  it('verifies the token for the host that was called', async () => {
    const asked: (readonly string[])[] = [];
    const emulator = createEmulator({ clock: 'manual', start });
    emulator.state.entra.verify = async (_, audiences) => {
      asked.push(audiences);
      return { ok: false, reason: 'audience' };
    };
    await emulator.fetch(
      new Request(
        `https://manage.office365.us/api/v1.0/${contoso.tenantId}/activity/feed/subscriptions/list`,
      ),
    );
    expect(asked[0]).toContain('https://manage.office365.us');
    expect(asked[0]).not.toContain('https://manage.office.com');
  });
});

describe('headers', () => {
  it('are those of the service, with no word of limits', async () => {
    const feed = createFeed();
    const { headers } = await feed.get('subscriptions/list');
    expect(headers.get('server')).toBe('Microsoft-IIS/10.0');
    expect(headers.get('pragma')).toBe('no-cache');
    expect(headers.get('expires')).toBe('-1');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('date')).toBe(new Date(start).toUTCString());
    expect(headers.get('retry-after')).toBeNull();
  });

  it('tell of gzip when it is switched on and accepted', async () => {
    const feed = createFeed();
    feed.emulator.state.managementActivity.settings.gzip = true;
    expect((await feed.get('subscriptions/list')).headers.get('content-encoding')).toBeNull();
    const packed = await feed.get('subscriptions/list', { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.json()).toEqual([]);
  });
});

describe('the seeded week', () => {
  it('holds about five thousand records in blobs of all types, all of them listable', async () => {
    const feed = createFeed();
    const { managementActivity } = feed.emulator.state;
    const ids = new Set<string>();
    let records = 0;
    for (const contentType of contentTypes) {
      await feed.post(`subscriptions/start?contentType=${contentType}`);
      for (let from = start - 7 * day; from < start; from += day) {
        const listed = await listAll(
          feed,
          `subscriptions/content?contentType=${contentType}&${window(from, from + day)}`,
        );
        for (const { contentId, contentUri } of listed) {
          ids.add(contentId);
          records += ((await (await feed.open(contentUri)).json()) as unknown[]).length;
        }
      }
    }
    const hidden = managementActivity.blobs().filter((blob) => blob.listedFrom > start);
    expect(hidden).toHaveLength(1);
    expect(ids.size).toBe(managementActivity.blobs().length - 1);
    expect(records).toBeGreaterThan(4_500);
    expect(records).toBeLessThan(5_500);
  });

  it('is the same for the same seed and start', () => {
    const ids = (): string[] =>
      createFeed()
        .emulator.state.managementActivity.blobs()
        .map((blob) => blob.contentId);
    expect(ids()).toEqual(ids());
  });

  it('contains the scenarios, two blobs of one creation time, and ids in the current shape', () => {
    const { managementActivity } = createFeed().emulator.state;
    const texts = new Set(managementActivity.blobs().flatMap((blob) => [...blob.records()]));
    for (const { hit, nearMiss } of managementActivity.scenarios()) {
      for (const record of [...hit, ...nearMiss]) expect(texts).toContain(record.text);
    }
    const created = managementActivity
      .blobs()
      .filter((blob) => blob.contentType === 'Audit.SharePoint')
      .map((blob) => blob.created);
    expect(new Set(created).size).toBeLessThan(created.length);
    for (const { contentId } of managementActivity.blobs()) {
      expect(contentId).toMatch(/^\d{23}\$\d{23}\$[a-z_]+\$[A-Za-z]+_[A-Za-z]+(?:\$[a-z]+\d+)*$/);
    }
  });

  it('shows the late blob in the window it belongs to, ten minutes later', async () => {
    const feed = createFeed();
    const late = feed.emulator.state.managementActivity.blobs().find((blob) => blob.listedFrom > start);
    await feed.post('subscriptions/start?contentType=Audit.Exchange');
    const created = late?.created ?? 0;
    const path = `subscriptions/content?contentType=Audit.Exchange&${window(created - hour, created + hour)}`;
    const contentIds = async (): Promise<string[]> => (await listAll(feed, path)).map((one) => one.contentId);
    expect(await contentIds()).not.toContain(late?.contentId);
    await feed.emulator.clock.advance(10 * 60_000);
    expect(await contentIds()).toContain(late?.contentId);
  });

  it('goes on by the clock and the seed when told to', async () => {
    const run = async (): Promise<{ ids: string[]; sizes: number[] }> => {
      const { emulator } = createFeed();
      emulator.state.managementActivity.clear();
      emulator.state.managementActivity.live({ intervalInMs: 600_000 });
      await emulator.clock.advance(hour);
      const blobs = emulator.state.managementActivity.blobs();
      return {
        ids: blobs.map((blob) => blob.contentId),
        sizes: blobs.map((blob) => [...blob.records()].length),
      };
    };
    const { ids, sizes } = await run();
    expect(ids).toHaveLength(6);
    for (const size of sizes) {
      expect(size).toBeGreaterThanOrEqual(20);
      expect(size).toBeLessThanOrEqual(60);
    }
    expect((await run()).ids).toEqual(ids);
  });
});

describe('publishers and the quota', () => {
  const zero = '00000000-0000-0000-0000-000000000000';
  const list = `https://manage.office.com/api/v1.0/${contoso.tenantId}/activity/feed/subscriptions/list`;

  it('counts requests per publisher, whatever the case of the parameter', async () => {
    const feed = createFeed();
    await feed.get('subscriptions/list');
    await feed.open(`${list}?publisheridentifier=${publisher}`);
    await feed.open(list);
    expect(Object.fromEntries(feed.emulator.state.managementActivity.publishers)).toEqual({
      [publisher]: 2,
      [zero]: 1,
    });
  });

  it('refuses request 2,001 of a minute and admits it in the next', async () => {
    const feed = createFeed();
    feed.emulator.state.managementActivity.quota.spend(contoso.tenantId, 1_999);
    expect((await feed.get('subscriptions/list')).status).toBe(200);
    const refused = await feed.get('subscriptions/list');
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(await errorOf(refused)).toEqual({
      status: 429,
      code: 'AF429',
      message: `Too many requests. Method=ListSubscriptions, PublisherId=${publisher}`,
    });
    await feed.emulator.clock.advance(60_000);
    expect((await feed.get('subscriptions/list')).status).toBe(200);
  });

  it('scales with the quota minute', async () => {
    const feed = createFeed({ quotaMinuteInMs: 2_000 });
    feed.emulator.state.managementActivity.quota.spend(contoso.tenantId, 2_000);
    expect((await feed.get('subscriptions/list')).status).toBe(429);
    await feed.emulator.clock.advance(2_000);
    expect((await feed.get('subscriptions/list')).status).toBe(200);
  });

  it('keeps those without a publisher in one pool, apart from the tenant', async () => {
    const feed = createFeed();
    feed.emulator.state.managementActivity.quota.spend(zero, 2_000);
    expect((await errorOf(await feed.open(list))).message).toContain(`PublisherId=${zero}`);
    expect((await feed.get('subscriptions/list')).status).toBe(200);
  });

  it('throttles in its other shapes', async () => {
    const feed = createFeed();
    const { quota, settings } = feed.emulator.state.managementActivity;
    quota.spend(contoso.tenantId, 2_000);
    settings.throttleShape = 'single-quoted-403';
    const blob = await feed.get('audit/1$1$x$y');
    expect(blob.status).toBe(403);
    expect(await blob.text()).toBe(
      `{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob, PublisherId=${publisher}'}}`,
    );
    expect((await feed.get('subscriptions/list')).status).toBe(429);
    settings.throttleShape = 'trimmed';
    settings.throttleRetryAfterInSeconds = 7;
    const trimmed = await feed.get('subscriptions/list');
    expect(trimmed.headers.get('retry-after')).toBe('7');
    expect(await trimmed.json()).toMatchObject({ code: 'AF429' });
  });
});

describe('blobs', () => {
  it('give back each record byte for byte', async () => {
    const feed = createFeed();
    const texts = ['{"Id":"1","Big":9007199254740993123}', '{"Id":"2" , "Name":"Zoë \\u2028"}'];
    const { contentId } = feed.emulator.state.managementActivity.publish('Audit.General', texts);
    const response = await feed.get(`audit/${contentId}`);
    expect(await response.text()).toBe(`[${texts.join(',')}]`);
  });

  it('stream what is made on the way', async () => {
    const feed = createFeed();
    const make = function* (): Generator<string> {
      for (let i = 0; i < 20_000; i++) yield JSON.stringify({ Id: i, Filler: 'x'.repeat(50) });
    };
    const { contentId } = feed.emulator.state.managementActivity.publish('Audit.General', make);
    for (const _ of [1, 2]) {
      const records = (await (await feed.get(`audit/${contentId}`)).json()) as unknown[];
      expect(records).toHaveLength(20_000);
    }
    const empty = feed.emulator.state.managementActivity.publish('Audit.General', []);
    expect(await (await feed.get(`audit/${empty.contentId}`)).json()).toEqual([]);
  });

  it('that are unknown, malformed, another tenant’s or expired are refused', async () => {
    const feed = createFeed();
    const { managementActivity } = feed.emulator.state;
    expect(await errorOf(await feed.get('audit/1$1$a$b'))).toMatchObject({ status: 404, code: 'AF20050' });
    expect(await errorOf(await feed.get('audit/nonsense'))).toMatchObject({ status: 400, code: 'AF20052' });
    const tenantId = '11111111-2222-4333-8444-555555555555';
    const foreign = managementActivity.publish('Audit.General', ['{}'], { tenantId });
    expect(await errorOf(await feed.get(`audit/${foreign.contentId}`))).toMatchObject({ code: 'AF20050' });
    const old = managementActivity.publish('Audit.General', ['{}'], { expires: start + hour });
    expect((await feed.get(`audit/${old.contentId}`)).status).toBe(200);
    await feed.emulator.clock.advance(hour);
    expect(await errorOf(await feed.get(`audit/${old.contentId}`))).toMatchObject({
      status: 404,
      code: 'AF20051',
    });
    managementActivity.settings.expiredStatus = 400;
    managementActivity.settings.singleQuotedBlobErrors = true;
    const quoted = await feed.get(`audit/${old.contentId}`);
    expect(await quoted.text()).toMatch(/^\{'error':\{'code':'AF20051',/);
  });

  it('of DLP.All need ReadDlp', async () => {
    const feed = createFeed();
    const { contentId } = feed.emulator.state.managementActivity.publish('DLP.All', ['{}']);
    feed.roles = ['ActivityFeed.Read'];
    expect(await errorOf(await feed.get(`audit/${contentId}`))).toMatchObject({
      status: 401,
      code: 'AF10001',
    });
  });

  it('expire after seven days unless told otherwise', async () => {
    const feed = createFeed();
    const { managementActivity } = feed.emulator.state;
    managementActivity.settings.expirationInMs = 20 * day;
    managementActivity.publish('Audit.SharePoint', ['{}'], { created: start });
    await feed.post(`subscriptions/start?${sharePoint}`);
    const [only] = await listAll(feed, `subscriptions/content?${sharePoint}&${window(start, start + hour)}`);
    expect(only?.contentExpiration).toBe(`${iso(start + 20 * day)}.000Z`);
  });
});
