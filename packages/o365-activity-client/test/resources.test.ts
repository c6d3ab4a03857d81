import { captureError, collect } from '@repo/test-kit';
import { contoso, createEmulator } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { ApiError, O365ActivityClient, contentTypes, entraCredential } from '../src/index.js';
import type { TokenCredential } from '../src/index.js';
import { day, errorResponse, hour, iso, lastDay, scriptedClient, start, world } from './helpers.js';

describe('subscriptions', () => {
  it('lists first and starts only what is off', async () => {
    const { client, seen } = world();
    await client.subscriptions.start('Audit.Exchange');
    const outcomes = await client.subscriptions.ensure(contentTypes);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'started',
      'already-enabled',
      'started',
      'started',
      'started',
    ]);
    expect(seen.filter(({ url }) => url.includes('/start?'))).toHaveLength(5);
    expect((await client.subscriptions.list()).map(({ status }) => status)).toEqual(Array(5).fill('enabled'));
  });

  it('counts an enabled subscription as started (AF20024)', async () => {
    const { client } = world();
    await client.subscriptions.start('Audit.Exchange');
    expect(await client.subscriptions.start('Audit.Exchange')).toMatchObject({ status: 'enabled' });
  });

  it('lets one type without permission fail alone', async () => {
    const { client, roles } = world();
    roles.splice(0, 2, 'ActivityFeed.Read');
    const outcomes = await client.subscriptions.ensure(contentTypes);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([...Array<string>(4).fill('started'), 'failed']);
    const last = outcomes[4];
    expect(last?.outcome === 'failed' && last.error.message).toMatch(/AF10001.*ActivityFeed\.ReadDlp/);
  });

  it.each([200, 204] as const)('takes %i for a successful stop', async (status) => {
    const { client, emulator } = world();
    emulator.state.managementActivity.settings.stopStatus = status;
    await client.subscriptions.start('Audit.Exchange');
    await client.subscriptions.stop('Audit.Exchange');
    expect((await client.subscriptions.list())[0]?.status).not.toBe('enabled');
    expect(await client.subscriptions.ensure(['Audit.Exchange'])).toEqual([
      { contentType: 'Audit.Exchange', outcome: 'started' },
    ]);
  });

  it('counts a subscription that does not exist as stopped (AF20022), and no other refusal', async () => {
    const refuse = (code: string) =>
      scriptedClient([errorResponse(400, { error: { code, message: 'refused' } })]).client.subscriptions;
    await refuse('AF20022').stop('Audit.Exchange');
    await expect(refuse('AF20023').stop('Audit.Exchange')).rejects.toMatchObject({ code: 'AF20023' });
  });

  it('says what to do when auditing is off', async () => {
    const { client, emulator } = world();
    emulator.state.managementActivity.tenantStatus.set(contoso.tenantId, 'auditing-off');
    const error = await captureError(client.subscriptions.start('Audit.General'));
    expect(ApiError.isInstance(error) && error.code).toBe('AuditingDisabled');
    expect(String(error)).toMatch(/administrator/);
  });
});

describe('content and records', () => {
  it('lists seven days in legal windows and reads every record once', async () => {
    const { client, seen, emulator } = world();
    await client.subscriptions.ensure(contentTypes);
    const range = { from: iso(start - 7 * day + hour), to: iso(start) };
    const expected = emulator.state.managementActivity
      .blobs()
      .filter(
        ({ created, listedFrom }) =>
          created >= start - 7 * day + hour && created < start && listedFrom <= start,
      );
    const results = await collect(client.records.blobs(range));
    expect(results.map(({ blob }) => blob.contentId).toSorted()).toEqual(
      expected.map(({ contentId }) => contentId).toSorted(),
    );
    const windows = seen.map(({ url }) => new URL(url).searchParams).filter((one) => one.has('startTime'));
    for (const one of windows)
      expect(
        Date.parse(`${one.get('endTime')}Z`) - Date.parse(`${one.get('startTime')}Z`),
      ).toBeLessThanOrEqual(day);
    expect(seen.every(({ url }) => /PublisherIdentifier=/i.test(url))).toBe(true);
  });

  it('follows pages with their lower-cased names', async () => {
    const { client, emulator } = world();
    Object.assign(emulator.state.managementActivity.settings, {
      pageSize: 2,
      nextPageVersion: 'v1',
      emptyFirstPage: true,
    });
    await client.subscriptions.ensure(['Audit.General']);
    const all = await collect(client.content.list('Audit.General', lastDay));
    const expected = emulator.state.managementActivity
      .blobs()
      .filter(
        (one) => one.contentType === 'Audit.General' && one.created >= start - day && one.created < start,
      );
    expect(all).toHaveLength(expected.length);
    expect(all.length).toBeGreaterThan(2);
  });

  it('ends when a next page leads back to itself', async () => {
    const { client, emulator } = world();
    Object.assign(emulator.state.managementActivity.settings, { pageSize: 2, loopingNextPage: true });
    await client.subscriptions.ensure(['Audit.General']);
    await expect(collect(client.content.list('Audit.General', lastDay))).rejects.toThrow(/already read/);
  });

  it('goes on after a page with its token', async () => {
    const { client, emulator } = world();
    emulator.state.managementActivity.settings.pageSize = 2;
    await client.subscriptions.ensure(['Audit.General']);
    const range = { from: iso(start - 2 * day), to: iso(start) };
    const list = client.content.list('Audit.General', range);
    const whole = (await collect(list)).map(({ contentId }) => contentId);
    const first = (await list.byPage()[Symbol.asyncIterator]().next()).value;
    const token = first?.continuationToken as string;
    const rest = await collect(
      client.content.list('Audit.General', range).byPage({ continuationToken: token }),
    );
    expect(
      [...(first?.items ?? []), ...rest.flatMap(({ items }) => items)].map(({ contentId }) => contentId),
    ).toEqual(whole);
  });

  it('sends no token to another host', async () => {
    const { client, emulator, seen } = world();
    await client.subscriptions.ensure(['Audit.General']);
    emulator.state.managementActivity.settings.foreignOrigin = 'https://fabrikam.example';
    const [one] = await collect(client.content.list('Audit.General', lastDay)).catch(() => [undefined]);
    const error = await captureError(one ? client.content.read(one) : client.content.read({} as never));
    expect(ApiError.isInstance(error)).toBe(true);
    expect(seen.some(({ url }) => url.includes('fabrikam'))).toBe(false);
  });

  it('hands out a record once, though the service delivers it twice', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(['Audit.General']);
    emulator.state.managementActivity.clear();
    const record = { Id: 'same', RecordType: 25, CreationTime: '2026-05-20T10:00:00' };
    emulator.state.managementActivity.publish('Audit.General', [record], { created: start - hour });
    emulator.state.managementActivity.publish('Audit.General', [record, { ...record, Id: 'other' }], {
      created: start - hour,
    });
    const query = { ...lastDay, contentTypes: ['Audit.General'] };
    expect((await collect(client.records.list(query))).map(({ Id }) => Id)).toEqual(['same', 'other']);
    expect(await collect(client.records.list({ ...query, dedupe: false }))).toHaveLength(3);
  });

  it('passes a record on byte for byte', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(['Audit.General']);
    for await (const { blob, raw } of client.records.blobs({
      ...lastDay,
      contentTypes: ['Audit.General'],
      form: 'raw',
    })) {
      const parts = await collect(raw());
      const parsed = await client.content.read(blob);
      expect(parts.map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)) as unknown)).toEqual(
        parsed,
      );
      expect(parts.map(({ id }) => id)).toEqual(parsed.map(({ Id }) => Id));
      expect(parts.map(({ creationTime }) => creationTime)).toEqual(
        parsed.map(({ CreationTime }) => CreationTime),
      );
    }
    expect(emulator.state.managementActivity.blobs().length).toBeGreaterThan(0);
  });
});

it('asks for a blob once, whichever way it is read', async () => {
  const { client, seen } = world();
  await client.subscriptions.ensure(['Audit.General']);
  for (const form of ['records', 'raw'] as const) {
    seen.length = 0;
    let blobs = 0;
    for await (const { records, raw } of client.records.blobs({
      ...lastDay,
      contentTypes: ['Audit.General'],
      form,
    })) {
      blobs += 1;
      const parsed = await collect(records());
      expect((await collect(raw())).map(({ id }) => id)).toEqual(parsed.map(({ Id }) => Id));
    }
    expect(blobs).toBeGreaterThan(1);
    expect(seen.filter(({ url }) => url.includes('/audit/'))).toHaveLength(blobs);
  }
});

describe('the client', () => {
  it('signs in with Entra and resolves a domain once', async () => {
    const emulator = createEmulator();
    const asked: string[] = [];
    const fetch = async (request: Request): Promise<Response> => {
      asked.push(new URL(request.url).pathname);
      return emulator.fetch(request);
    };
    const { tenantId, clientId, clientSecret } = contoso;
    const credential = entraCredential({ tenantId, clientId, clientSecret, fetch });
    const client = new O365ActivityClient(contoso.domain, credential, { fetch });
    await client.subscriptions.list();
    await client.subscriptions.list();
    expect(
      asked.filter((path) => path.includes('openid-configuration') && path.includes(contoso.domain)),
    ).toHaveLength(1);
    expect(asked.at(-1)).toBe(`/api/v1.0/${tenantId}/activity/feed/subscriptions/list`);
  });

  it('refuses a credential of another cloud', () => {
    const { tenantId, clientId, clientSecret } = contoso;
    const credential = entraCredential({ tenantId, clientId, clientSecret, cloud: 'gcc-high' });
    expect(() => new O365ActivityClient(tenantId, credential)).toThrow(/options\.cloud/);
    expect(() => new O365ActivityClient(tenantId, credential, { cloud: 'dod' })).not.toThrow();
  });

  it('says what a credential is when there is none', () => {
    for (const none of [{}, undefined, null, 'secret'])
      expect(() => new O365ActivityClient(contoso.tenantId, none as TokenCredential)).toThrow(
        'credential: is no TokenCredential. Give entraCredential(',
      );
  });
});
