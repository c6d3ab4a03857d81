import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import { createFeed, day, errorOf, hour, iso, listAll, start, window } from './activity-helper.js';
import type { Feed, Listed } from './activity-helper.js';

const type = 'contentType=Audit.SharePoint';
const content = (from: number, to: number): string => `subscriptions/content?${type}&${window(from, to)}`;

/** A feed with nothing in it but what the test publishes, subscribed. */
async function emptyFeed(): Promise<Feed> {
  const feed = createFeed();
  feed.emulator.state.managementActivity.clear();
  await feed.post(`subscriptions/start?${type}`);
  return feed;
}

describe('subscriptions', () => {
  it('are none at first, then listed with their state', async () => {
    const feed = createFeed();
    expect(await (await feed.get('subscriptions/list')).json()).toEqual([]);
    const started = await feed.post(`subscriptions/start?${type}`);
    expect(started.status).toBe(200);
    const enabled = { contentType: 'Audit.SharePoint', status: 'enabled', webhook: null };
    expect(await started.json()).toEqual(enabled);
    expect(await (await feed.get('subscriptions/list')).json()).toEqual([enabled]);
    feed.emulator.state.managementActivity.settings.listOmitsStatus = true;
    expect(await (await feed.get('subscriptions/list')).json()).toEqual([
      { contentType: 'Audit.SharePoint', webhook: null },
    ]);
  });

  it('belong to the application', async () => {
    const feed = await emptyFeed();
    feed.appId = '22222222-0000-4000-8000-000000000000';
    expect(await (await feed.get('subscriptions/list')).json()).toEqual([]);
    expect(await errorOf(await feed.get(content(start - hour, start)))).toMatchObject({ code: 'AF20022' });
  });

  it('started twice answer AF20024 as HTTP 400', async () => {
    const feed = await emptyFeed();
    expect(await errorOf(await feed.post(`subscriptions/start?${type}`))).toEqual({
      status: 400,
      code: 'AF20024',
      message: 'The subscription is already enabled. No property change.',
    });
  });

  it('refuse a second start within 15 minutes when told to, but not a stop', async () => {
    const feed = await emptyFeed();
    feed.emulator.state.managementActivity.settings.fifteenMinuteRule = true;
    expect((await feed.post(`subscriptions/stop?${type}`)).status).toBe(200);
    expect(await errorOf(await feed.post(`subscriptions/start?${type}`))).toMatchObject({ code: 'AF429' });
    await feed.emulator.clock.advance(15 * 60_000);
    expect((await feed.post(`subscriptions/start?${type}`)).status).toBe(200);
  });

  it('stop with an empty answer, 200 or 204, and then say AF20023', async () => {
    const feed = await emptyFeed();
    const stopped = await feed.post(`subscriptions/stop?${type}`);
    expect([stopped.status, await stopped.text()]).toEqual([200, '']);
    feed.emulator.state.managementActivity.settings.stopStatus = 204;
    expect((await feed.post(`subscriptions/stop?${type}`)).status).toBe(204);
    const refused = await errorOf(await feed.get(content(start - hour, start)));
    expect(refused).toMatchObject({ status: 400, code: 'AF20023' });
    expect(refused.message).toContain('a tenant admin');
    expect(await (await feed.get('subscriptions/list')).json()).toMatchObject([{ status: 'disabled' }]);
  });

  it('lose for ever what becomes available between stop and start', async () => {
    const feed = await emptyFeed();
    const { clock, state } = feed.emulator;
    const before = state.managementActivity.publish('Audit.SharePoint', ['{}']);
    await clock.advance(hour);
    await feed.post(`subscriptions/stop?${type}`);
    await clock.advance(hour);
    state.managementActivity.publish('Audit.SharePoint', ['{}']);
    await clock.advance(hour);
    await feed.post(`subscriptions/start?${type}`);
    const after = state.managementActivity.publish('Audit.SharePoint', ['{}']);
    await clock.advance(hour);
    const ids = (await listAll(feed, content(start, start + 5 * hour))).map((one) => one.contentId);
    expect(ids).toEqual([before.contentId, after.contentId]);
  });

  it('may need a while until they are readable, and may reach back only so far', async () => {
    const feed = createFeed();
    const { clock, state } = feed.emulator;
    state.managementActivity.clear();
    state.managementActivity.settings.subscriptionReadyInMs = 5_000;
    state.managementActivity.settings.backfillInMs = 22 * hour;
    state.managementActivity.publish('Audit.SharePoint', ['{}'], { created: start - 23 * hour });
    state.managementActivity.publish('Audit.SharePoint', ['{}'], { created: start - 21 * hour });
    await feed.post(`subscriptions/start?${type}`);
    const path = content(start - day, start);
    expect(await errorOf(await feed.get(path))).toMatchObject({ code: 'AF20022' });
    await clock.advance(5_000);
    expect(await listAll(feed, path)).toHaveLength(1);
  });

  it('disabled by the service say so, and can be started again', async () => {
    const feed = await emptyFeed();
    const { subscriptions } = feed.emulator.state.managementActivity;
    for (const one of subscriptions.all()) subscriptions.disable(one, start, 'a service admin');
    expect((await errorOf(await feed.get(content(start - hour, start)))).message).toContain(
      'a service admin',
    );
    expect((await feed.post(`subscriptions/start?${type}`)).status).toBe(200);
    expect((await feed.get(content(start - hour, start))).status).toBe(200);
  });

  it('want a content type that exists', async () => {
    const feed = createFeed();
    expect(await errorOf(await feed.post('subscriptions/start'))).toMatchObject({
      status: 400,
      code: 'AF20001',
    });
    expect(await errorOf(await feed.post('subscriptions/start?contentType=Audit.Teams'))).toMatchObject({
      code: 'AF20020',
    });
  });
});

describe('windows', () => {
  it.each([
    ['more than 24 hours', start - 25 * hour, start],
    ['start after end', start, start - hour],
    ['start equal to end', start - hour, start - hour],
    ['start nine days ago', start - 9 * day, start - 8.5 * day],
  ])('of %s are refused with AF20055 and an echo', async (_, from, to) => {
    const feed = await emptyFeed();
    const refused = await errorOf(await feed.get(content(from, to)));
    expect(refused).toMatchObject({ status: 400, code: 'AF20055' });
    expect(refused.message).toContain(` StartTime:${iso(from)}, EndTime:${iso(to)}`);
    feed.emulator.state.managementActivity.settings.olderRangeCode = true;
    expect(await errorOf(await feed.get(content(from, to)))).toMatchObject({ code: 'AF20030' });
  });

  it('with one end only are refused; with none they are the last 24 hours, or an exception', async () => {
    const feed = await emptyFeed();
    const { managementActivity } = feed.emulator.state;
    managementActivity.publish('Audit.SharePoint', ['{}'], { created: start - 23 * hour });
    managementActivity.publish('Audit.SharePoint', ['{}'], { created: start - 25 * hour });
    const half = await errorOf(
      await feed.get(`subscriptions/content?${type}&startTime=${iso(start - hour)}`),
    );
    expect(half).toMatchObject({ code: 'AF20055' });
    expect(await listAll(feed, `subscriptions/content?${type}`)).toHaveLength(1);
    managementActivity.settings.omittedWindowFails = true;
    expect(await errorOf(await feed.get(`subscriptions/content?${type}`))).toMatchObject({
      code: 'String reference not set to an instance of a String.\r\nParameter name',
      message: 's',
    });
  });

  it('hold their start and not their end', async () => {
    const feed = await emptyFeed();
    const { contentId } = feed.emulator.state.managementActivity.publish('Audit.SharePoint', ['{}'], {
      created: start - 2 * hour,
    });
    const ids = async (from: number, to: number): Promise<string[]> =>
      (await listAll(feed, content(from, to))).map((one) => one.contentId);
    expect(await ids(start - 3 * hour, start - 2 * hour)).toEqual([]);
    expect(await ids(start - 2 * hour, start - hour)).toEqual([contentId]);
  });

  it('are read in every accepted form', async () => {
    const feed = await emptyFeed();
    feed.emulator.state.managementActivity.publish('Audit.SharePoint', ['{}'], {
      created: Date.UTC(2026, 4, 20, 9, 30),
    });
    const forms: [string, string][] = [
      ['2026-05-20', '2026-05-20T10:00'],
      ['2026-05-20T09:30', '2026-05-20T09:31'],
      ['2026-05-20T09:30:00', '2026-05-20T09:30:01'],
      ['2026-05-20T09:30:00Z', '2026-05-20T09:30:01Z'],
      ['2026-05-20T09:30:00.000Z', '2026-05-20T09:30:00.001Z'],
      ['2026-05-20T09:30:00.000000000Z', '2026-05-20T09:30:00.900000000Z'],
      ['2026-05-20T09:30:00.000000+00:00', '2026-05-20T11:31:00+02:00'],
    ];
    for (const [from, to] of forms) {
      const query = `startTime=${encodeURIComponent(from)}&endTime=${encodeURIComponent(to)}`;
      expect(await listAll(feed, `subscriptions/content?${type}&${query}`), from).toHaveLength(1);
    }
    for (const wrong of ['20.05.2026', '2026-05-20T09:30:00+00:00', '2026-13-40', '']) {
      const answer = await feed.get(`subscriptions/content?${type}&startTime=${wrong}&endTime=${iso(start)}`);
      expect(await errorOf(answer), wrong).toMatchObject({ status: 400, code: 'AF20002' });
    }
  });

  it('wider than a day are answered in part when told to', async () => {
    const feed = await emptyFeed();
    const { managementActivity } = feed.emulator.state;
    managementActivity.settings.wideWindow = 'partial';
    for (const age of [40, 10])
      managementActivity.publish('Audit.SharePoint', ['{}'], { created: start - age * hour });
    expect(await listAll(feed, content(start - 2 * day, start))).toHaveLength(1);
  });

  it('are judged by the service’s own clock', async () => {
    const feed = await emptyFeed();
    const path = content(start - 7 * day + 60_000, start - 6.5 * day);
    expect((await feed.get(path)).status).toBe(200);
    feed.emulator.state.managementActivity.settings.clockSkewInMs = 10 * 60_000;
    expect(await errorOf(await feed.get(path))).toMatchObject({ code: 'AF20055' });
  });
});

describe('pages', () => {
  async function fullFeed(): Promise<{ feed: Feed; ids: string[] }> {
    const feed = await emptyFeed();
    const { managementActivity } = feed.emulator.state;
    const ids = Array.from(
      { length: 45 },
      (_, i) =>
        managementActivity.publish('Audit.SharePoint', ['{}'], { created: start - hour + i }).contentId,
    );
    return { feed, ids };
  }
  const path = content(start - hour, start);

  it('hold twenty and name the next in NextPageUri, its parameters in lower case, without publisher', async () => {
    const { feed, ids } = await fullFeed();
    const response = await feed.get(path);
    expect(((await response.json()) as Listed[]).map((one) => one.contentId)).toEqual(ids.slice(0, 20));
    const next = new URL(response.headers.get('NextPageUri') ?? '');
    expect(next.origin).toBe('https://manage.office.com');
    expect([...next.searchParams.keys()]).toEqual(['contenttype', 'starttime', 'endtime', 'nextpage']);
    expect((await listAll(feed, path)).map((one) => one.contentId)).toEqual(ids);
  });

  it('stay in step when a blob appears late between two of them', async () => {
    const { feed, ids } = await fullFeed();
    const first = await feed.get(path);
    feed.emulator.state.managementActivity.publish('Audit.SharePoint', ['{}'], {
      created: start - hour + 1,
      listedFrom: start,
    });
    const second = (await (await feed.open(first.headers.get('NextPageUri') ?? '')).json()) as Listed[];
    expect(second.map((one) => one.contentId)).toEqual(ids.slice(20, 40));
    expect(await listAll(feed, path)).toHaveLength(46);
  });

  it('refuse a token they never gave', async () => {
    const { feed } = await fullFeed();
    for (const token of ['nonsense', '2026052011R000000999999']) {
      expect(await errorOf(await feed.get(`${path}&nextPage=${token}`))).toMatchObject({
        status: 400,
        code: 'AF20031',
      });
    }
  });

  it('can be unpleasant: of another size and version, shuffled, empty at first, in a circle, elsewhere', async () => {
    const { feed, ids } = await fullFeed();
    const { settings } = feed.emulator.state.managementActivity;
    Object.assign(settings, {
      pageSize: 7,
      shuffledPages: true,
      emptyFirstPage: true,
      nextPageVersion: 'v1',
    });
    const first = await feed.get(path);
    expect(await first.json()).toEqual([]);
    expect(first.headers.get('NextPageUri')).toContain('/api/v1/');
    const all = (await listAll(feed, path)).map((one) => one.contentId);
    expect(all).not.toEqual(ids);
    expect(all.toSorted()).toEqual(ids.toSorted());
    Object.assign(settings, { emptyFirstPage: false, loopingNextPage: true });
    const circle = (await feed.get(path)).headers.get('NextPageUri') ?? '';
    expect((await feed.open(circle)).headers.get('NextPageUri')).toBe(circle);
    settings.foreignOrigin = 'https://fabrikam.example';
    const elsewhere = await feed.get(path);
    expect(elsewhere.headers.get('NextPageUri')).toContain('https://fabrikam.example/');
    expect(((await elsewhere.json()) as Listed[])[0]?.contentUri).toContain('https://fabrikam.example/');
  });
});

describe('anything else', () => {
  it('is not served, in the words of the web framework', async () => {
    const feed = createFeed();
    expect((await feed.get('subscriptions/start')).status).toBe(405);
    expect((await feed.get('subscriptions/other')).status).toBe(404);
    expect((await feed.get('audit/%')).status).toBe(400);
  });
});

describe('over a socket', () => {
  it('packs blobs that any fetch unpacks, and pages on its own origin', async () => {
    const feed = await emptyFeed();
    const { emulator } = feed;
    Object.assign(emulator.state.managementActivity.settings, { gzip: true, pageSize: 1 });
    const text = `{"Id":"1","Big":9007199254740993123,"Filler":"${'ü'.repeat(5_000)}"}`;
    for (const age of [2, 1])
      emulator.state.managementActivity.publish('Audit.SharePoint', [text], { created: start - age });
    const server = await emulator.listen({ tls: false });
    try {
      const path = `/api/v1.0/${contoso.tenantId}/activity/feed/${content(start - hour, start)}`;
      const page = await fetch(`${server.origin}${path}`);
      expect(page.headers.get('nextpageuri')).toContain(`${server.origin}/api/v1.0/`);
      const [blob] = (await page.json()) as Listed[];
      expect(blob?.contentUri).toMatch(new RegExp(`^${server.origin}/.*/audit/\\d{23}\\$\\d{23}\\$`));
      const answer = await fetch(blob?.contentUri ?? '');
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      expect(await answer.text()).toBe(`[${text}]`);
    } finally {
      await server.close();
    }
  });
});

describe('friendly names', () => {
  it('come in one language at a time', async () => {
    const feed = createFeed();
    const names = async (language: string): Promise<Response> =>
      feed.get('resources/dlpSensitiveTypes', { headers: { 'accept-language': language } });
    const english = (await (await names('en-US')).json()) as { id: string; name: string }[];
    expect(english[0]).toEqual({ id: '50842eb7-edc8-4019-85dd-5a5c1f2bb085', name: 'CreditCardNumber' });
    expect(await (await names('es')).json()).not.toEqual(english);
    expect(await errorOf(await names('en-US,de'))).toMatchObject({ status: 400, code: 'AF20053' });
    expect(await errorOf(await names('en_US!'))).toMatchObject({ status: 400, code: 'AF20054' });
  });
});

describe('with real tokens', () => {
  it('lets in the seeded application, by the emulated Entra', async () => {
    const emulator = createEmulator({ clock: 'manual', start });
    const token = await emulator.fetch(
      new Request(`https://login.microsoftonline.com/${contoso.tenantId}/oauth2/v2.0/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: contoso.clientId,
          client_secret: contoso.clientSecret,
          scope: 'https://manage.office.com/.default',
        }).toString(),
      }),
    );
    const { access_token } = (await token.json()) as { access_token: string };
    const root = `https://manage.office.com/api/v1.0/${contoso.tenantId}/activity/feed`;
    const call = (headers: Record<string, string>): Promise<Response> =>
      emulator.fetch(
        new Request(`${root}/subscriptions/start?contentType=DLP.All`, { method: 'POST', headers }),
      );
    expect((await call({ authorization: `Bearer ${access_token}` })).status).toBe(200);
    expect((await call({ authorization: 'Bearer nonsense' })).status).toBe(401);
  });
});
