import { describe, expect, it } from 'vitest';
import { createFeed, errorOf, hour, start, window } from './activity-helper.js';
import type { Feed } from './activity-helper.js';

const type = 'contentType=Audit.SharePoint';
const webhook = { address: 'https://hook.contoso.example/o365', authId: 'the-auth-id', expiration: '' };

interface Received {
  url: string;
  authId: string | null;
  validation: string | null;
  body: unknown;
}

interface Receiver {
  feed: Feed;
  received: Received[];
  /** What the receiver answers from now on. */
  status: number;
}

async function receiver(): Promise<Receiver> {
  const feed = createFeed();
  feed.emulator.state.managementActivity.clear();
  const self: Receiver = { feed, received: [], status: 200 };
  feed.emulator.state.managementActivity.webhookFetch = async (request) => {
    self.received.push({
      url: request.url,
      authId: request.headers.get('webhook-authid'),
      validation: request.headers.get('webhook-validationcode'),
      body: await request.json(),
    });
    return new Response(null, { status: self.status });
  };
  return self;
}

async function subscribed(): Promise<Receiver> {
  const self = await receiver();
  await self.feed.post(`subscriptions/start?${type}`, { webhook });
  self.received.length = 0;
  return self;
}

const publish = ({ feed }: Receiver): string =>
  feed.emulator.state.managementActivity.publish('Audit.SharePoint', ['{}']).contentId;

const idle = ({ feed }: Receiver): Promise<void> => feed.emulator.state.managementActivity.webhooks.idle();

describe('a webhook given at the start', () => {
  it('is validated with a code, in header and body', async () => {
    const self = await receiver();
    const started = await self.feed.post(`subscriptions/start?${type}`, { webhook });
    expect(await started.json()).toEqual({
      contentType: 'Audit.SharePoint',
      status: 'enabled',
      webhook: { status: 'enabled', address: webhook.address, authId: 'the-auth-id', expiration: null },
    });
    expect(self.received).toHaveLength(1);
    const [{ url, authId, validation, body }] = self.received as [Received];
    expect([url, authId]).toEqual([webhook.address, 'the-auth-id']);
    expect(body).toEqual({ validationCode: validation });
  });

  it.each([201, 202, 204, 500])('answering %i means AF20021 and no subscription', async (status) => {
    const self = await receiver();
    self.status = status;
    const refused = await errorOf(await self.feed.post(`subscriptions/start?${type}`, { webhook }));
    expect(refused).toMatchObject({ status: 400, code: 'AF20021' });
    expect(refused.message).toContain('did not return HTTP 200');
    expect(await (await self.feed.get('subscriptions/list')).json()).toEqual([]);
  });

  it('must begin with HTTPS, have an address, and expire in the future if at all', async () => {
    const { feed } = await receiver();
    const start_ = async (hook: unknown): Promise<{ code: string }> =>
      errorOf(await feed.post(`subscriptions/start?${type}`, { webhook: hook }));
    expect(await start_({ address: 'http://hook.contoso.example' })).toMatchObject({ code: 'AF20021' });
    expect(await start_({ authId: 'x' })).toMatchObject({ code: 'AF20001' });
    expect(await start_({ ...webhook, expiration: '2020-01-01T00:00:00' })).toMatchObject({
      code: 'AF20003',
    });
    expect(await start_({ ...webhook, expiration: 'soon' })).toMatchObject({ code: 'AF20002' });
  });

  it('is unchanged by the same start, replaced by another, removed by one without', async () => {
    const { feed } = await subscribed();
    const again = (hook?: unknown): Promise<Response> =>
      feed.post(`subscriptions/start?${type}`, hook === undefined ? undefined : { webhook: hook });
    expect(await errorOf(await again(webhook))).toMatchObject({ code: 'AF20024' });
    const moved = await again({ address: 'https://other.contoso.example' });
    expect(await moved.json()).toMatchObject({ webhook: { address: 'https://other.contoso.example' } });
    expect(await (await again()).json()).toMatchObject({ webhook: null });
    expect(await errorOf(await again())).toMatchObject({ code: 'AF20024' });
  });
});

describe('notifications', () => {
  it('announce a blob in an array, with whose it is', async () => {
    const self = await subscribed();
    const contentId = publish(self);
    self.feed.emulator.state.managementActivity.publish('Audit.Exchange', ['{}']);
    await idle(self);
    expect(self.received).toHaveLength(1);
    expect(self.received[0]).toMatchObject({ authId: 'the-auth-id', validation: null });
    const body = self.received[0]?.body as { contentUri: string }[];
    expect(body).toMatchObject([
      { tenantId: self.feed.tenantId, clientId: self.feed.appId, contentType: 'Audit.SharePoint', contentId },
    ]);
    expect((await self.feed.open(body[0]?.contentUri ?? '')).status).toBe(200);
  });

  it('can be repeated, several in one', async () => {
    const self = await subscribed();
    const ids = [publish(self), publish(self)];
    await idle(self);
    self.received.length = 0;
    const { managementActivity } = self.feed.emulator.state;
    managementActivity.webhooks.announce(managementActivity.blobs());
    await idle(self);
    expect(
      self.received.map((one) => (one.body as { contentId: string }[]).map((item) => item.contentId)),
    ).toEqual([ids]);
  });

  it('are tried again after growing gaps, until one succeeds', async () => {
    const self = await subscribed();
    const { clock } = self.feed.emulator;
    self.status = 202;
    publish(self);
    await idle(self);
    const seen = (): number => self.received.length;
    expect(seen()).toBe(1);
    await clock.advance(60_000);
    await idle(self);
    expect(seen()).toBe(2);
    await clock.advance(60_000);
    await idle(self);
    expect(seen()).toBe(2);
    self.status = 200;
    await clock.advance(60_000);
    await idle(self);
    expect(seen()).toBe(3);
    await clock.advance(24 * hour);
    await idle(self);
    expect(seen()).toBe(3);
  });

  it('that fail for too long disable the webhook until the next start', async () => {
    const self = await subscribed();
    const { clock } = self.feed.emulator;
    self.status = 500;
    publish(self);
    for (let i = 0; i < 8; i++) {
      await idle(self);
      await clock.advance(hour);
    }
    expect(self.received).toHaveLength(6);
    const [subscription] = (await (await self.feed.get('subscriptions/list')).json()) as {
      webhook: unknown;
    }[];
    expect(subscription).toMatchObject({ status: 'enabled', webhook: { status: 'disabled' } });
    publish(self);
    await idle(self);
    expect(self.received).toHaveLength(6);
    self.status = 200;
    expect((await self.feed.post(`subscriptions/start?${type}`, { webhook })).status).toBe(200);
    publish(self);
    await idle(self);
    expect(self.received).toHaveLength(8);
  });

  it('end when the webhook expires or the subscription stops', async () => {
    const self = await receiver();
    const expiration = '2026-05-20T13:00:00';
    await self.feed.post(`subscriptions/start?${type}`, { webhook: { ...webhook, expiration } });
    self.received.length = 0;
    publish(self);
    await idle(self);
    await self.feed.emulator.clock.advance(hour);
    publish(self);
    await idle(self);
    expect(self.received).toHaveLength(1);
    const other = await subscribed();
    await other.feed.post(`subscriptions/stop?${type}`);
    publish(other);
    await idle(other);
    expect(other.received).toHaveLength(0);
  });

  it('of a late blob wait until it is listed', async () => {
    const self = await subscribed();
    const { clock, state } = self.feed.emulator;
    state.managementActivity.publish('Audit.SharePoint', ['{}'], {
      created: start,
      listedFrom: start + hour,
    });
    await idle(self);
    expect(self.received).toHaveLength(0);
    await clock.advance(hour);
    await idle(self);
    expect(self.received).toHaveLength(1);
  });

  it('of live blobs come by the clock, unasked', async () => {
    const self = await receiver();
    const { clock, state } = self.feed.emulator;
    state.managementActivity.live({ intervalInMs: 60_000 });
    await self.feed.post(`subscriptions/start?${type}`, { webhook });
    self.received.length = 0;
    await clock.advance(10 * 60_000);
    await idle(self);
    expect(self.received).toHaveLength(2);
  });

  it('are listed with their fate, in pages', async () => {
    const self = await subscribed();
    self.status = 500;
    publish(self);
    await idle(self);
    self.status = 200;
    await self.feed.emulator.clock.advance(60_000);
    await idle(self);
    const { managementActivity } = self.feed.emulator.state;
    managementActivity.settings.pageSize = 1;
    const path = `subscriptions/notifications?${type}&${window(start - hour, start + hour)}`;
    const first = await self.feed.get(path);
    expect(await first.json()).toMatchObject([
      { notificationStatus: 'failed', notificationSent: new Date(start).toISOString() },
    ]);
    const second = await self.feed.open(first.headers.get('NextPageUri') ?? '');
    expect(await second.json()).toMatchObject([
      { contentType: 'Audit.SharePoint', notificationStatus: 'success' },
    ]);
    expect(second.headers.get('NextPageUri')).toBeNull();
    await self.feed.post(`subscriptions/stop?${type}`);
    expect(await errorOf(await self.feed.get(path))).toMatchObject({ code: 'AF20023' });
  });
});
