import { captureError, collect } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError, O365ActivityClient, clouds, contentTypes, validated } from '../src/index.js';
import type { CloudName, Fetch, StandardSchema } from '../src/index.js';
import {
  blob,
  day,
  errorResponse,
  fixedToken,
  hour,
  iso,
  json,
  lastDay,
  scriptedClient,
  start,
  world,
} from './helpers.js';

const general = ['Audit.General'];
const record = (Id: string, more: object = {}): object => ({
  Id,
  RecordType: 1,
  CreationTime: '2026-05-20T10:00:00',
  ...more,
});

describe('requests', () => {
  it('all carry PublisherIdentifier, whatever the operation', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(general);
    await client.subscriptions.stop('Audit.General');
    await client.subscriptions.start('Audit.General');
    await collect(client.records.list({ ...lastDay, contentTypes: general }));
    await collect(client.notifications.list('Audit.General', lastDay));
    await client.resources.dlpSensitiveTypes();
    expect([...emulator.state.managementActivity.publishers.keys()]).toEqual([
      '5c0a7050-0365-4e11-8a0d-c0de0000c050',
    ]);
  });

  it('tile any span in whole seconds: no gap, no overlap, no more than a day, 24-hour times', async () => {
    const moment = fc.integer({ min: start - 6 * day, max: start });
    await fc.assert(
      fc.asyncProperty(moment, fc.integer({ min: 1, max: 5 * day }), async (from, length) => {
        const { client, seen } = scriptedClient([json([])]);
        await collect(client.content.list('Audit.General', { from: iso(from), to: iso(from + length) }));
        const windows = seen.map(({ url }) => new URL(url).searchParams);
        const times = windows.map((one) => {
          for (const name of ['startTime', 'endTime'])
            expect(one.get(name)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
          return [Date.parse(`${one.get('startTime')}Z`), Date.parse(`${one.get('endTime')}Z`)] as const;
        });
        expect(times[0]?.[0]).toBe(Math.floor(from / 1000) * 1000);
        expect(times.at(-1)?.[1]).toBe(Math.ceil((from + length) / 1000) * 1000);
        times.forEach(([begin, end], at) => {
          expect(end - begin).toBeLessThanOrEqual(day);
          if (at > 0) expect(begin).toBe(times[at - 1]?.[1]);
        });
      }),
    );
  });

  it.each(Object.keys(clouds) as CloudName[])('of the cloud %s go to its own hosts', async (cloud) => {
    const asked: URL[] = [];
    const scopes: (string | readonly string[])[] = [];
    const fetch: Fetch = async (request) => {
      asked.push(new URL(request.url));
      return asked.at(-1)?.pathname.endsWith('openid-configuration')
        ? json({ issuer: 'https://login.example/5c0a7050-0365-4e11-8a0d-c0de0000c050/v2.0' })
        : json([]);
    };
    const credential = {
      getToken: async (scope: string | readonly string[]) => {
        scopes.push(scope);
        return fixedToken.getToken([]);
      },
    };
    const client = new O365ActivityClient('contoso.example', credential, { cloud, fetch });
    await client.subscriptions.list();
    const { authority, activityEndpoint } = clouds[cloud];
    expect(asked.map(({ origin }) => origin)).toEqual([
      new URL(authority).origin,
      new URL(activityEndpoint).origin,
    ]);
    expect(scopes.flat()).toEqual([`${new URL(activityEndpoint).origin}/.default`]);
  });

  it('go on with a new token when the old one ends in the middle of a run', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(general);
    const query = { ...lastDay, contentTypes: general };
    const before = await collect(client.records.list(query));
    emulator.faults.add({ service: 'management-activity', nth: 3, effect: { status: 401, body: '' } });
    expect(await collect(client.records.list(query))).toEqual(before);
    expect(emulator.faults.list()[0]?.hits).toBe(1);
  });
});

describe('content types', () => {
  it('may be empty for days: that is no error', async () => {
    const { client } = scriptedClient([json([])]);
    expect(await collect(client.records.list({ ...lastDay, contentTypes: ['DLP.All'] }))).toEqual([]);
  });

  it('may be forbidden one by one: the others go on', async () => {
    const { client, roles } = world();
    await client.subscriptions.ensure(contentTypes);
    roles.splice(0, 2, 'ActivityFeed.Read');
    const failed: [string, string | undefined][] = [];
    const onContentTypeError = (type: string, { code }: ApiError): void => void failed.push([type, code]);
    const blobs = await collect(client.records.blobs({ ...lastDay, onContentTypeError }));
    expect(failed).toEqual([['DLP.All', 'AF10001']]);
    expect(new Set(blobs.map((one) => one.blob.contentType)).size).toBe(4);
  });

  it('come back after an outage: what was not listed is listed then', async () => {
    const { client, emulator } = world({ retry: { maxRetries: 0 } });
    await client.subscriptions.ensure(general);
    emulator.state.managementActivity.clear();
    emulator.state.managementActivity.publish('Audit.General', [record('kept')], { created: start - hour });
    emulator.state.managementActivity.settings.failing = true;
    const got: string[] = [];
    const told: string[] = [];
    const pages = client.records.follow({
      contentTypes: general,
      startFrom: iso(start - 2 * hour),
      onContentTypeError: (_, { code }) => {
        told.push(code ?? '');
        if (told.length === 3) emulator.state.managementActivity.settings.failing = false;
      },
    });
    for await (const { items } of pages) {
      got.push(...items.map(({ Id }) => Id));
      if (got.length > 0) break;
    }
    expect(told).toEqual(['AF50000', 'AF50000', 'AF50000']);
    expect(got).toEqual(['kept']);
    // An outage is no reason to ask without pause.
    expect(emulator.clock.now() - start).toBeGreaterThanOrEqual(15_000);
  });

  it('of an unknown name pass through', async () => {
    const { client, seen } = scriptedClient([json([{ ...blob(), contentType: 'Audit.New', extra: 1 }])]);
    expect(await collect(client.content.list('Audit.New', lastDay))).toMatchObject([{ extra: 1 }]);
    expect(seen[0]?.url).toContain('contentType=Audit.New');
  });
});

describe('records', () => {
  it('delivered again days later, in another blob and with other keys first, come once', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(general);
    emulator.state.managementActivity.clear();
    const publish = (text: string, created: number): void =>
      void emulator.state.managementActivity.publish('Audit.General', [text], { created });
    publish('{"Id":"one","RecordType":1,"Operation":"x"}', start - hour);
    const stop = new AbortController();
    const got: string[] = [];
    const pages = client.records.follow({
      contentTypes: general,
      startFrom: iso(start - 2 * hour),
      abortSignal: stop.signal,
    });
    let later = false;
    await expect(async () => {
      for await (const { items } of pages) {
        got.push(...items.map(({ Id }) => Id));
        if (later) stop.abort(new Error('enough'));
        later = true;
        emulator.clock.set(start + 5 * day);
        publish('{"Operation":"x","RecordType":1,"Id":"one"}', start + 5 * day - hour);
      }
    }).rejects.toThrow('enough');
    expect(got).toEqual(['one']);
  });

  it('can be checked with a schema of one’s own, and those that do not fit are told', async () => {
    const { client } = scriptedClient([
      json([blob()]),
      json([record('a', { Size: 1 }), record('b', { Size: 'many' })]),
    ]);
    const sized: StandardSchema<{ Size: number }> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) =>
          typeof (value as { Size?: unknown }).Size === 'number'
            ? { value: value as { Size: number } }
            : { issues: [{ message: 'no number', path: ['Size'] }] },
      },
    };
    const invalid: string[][] = [];
    const records = client.records.list({ ...lastDay, contentTypes: general });
    const fitting = await collect(
      validated(records, sized, { onInvalid: ({ paths }) => void invalid.push(paths) }),
    );
    expect(fitting.map(({ Size }) => Size)).toEqual([1]);
    expect(invalid).toEqual([['Size']]);
  });
});

describe('errors', () => {
  it('keep the answer that is no JSON for who looks, and print none of it', async () => {
    const page = '<html><body>Proxy: ann@contoso.example is not allowed</body></html>';
    const { client } = scriptedClient([errorResponse(400, page)]);
    const error = await captureError(client.subscriptions.list());
    expect(ApiError.isInstance(error) && error.body).toBe(page);
    expect(String(error)).not.toContain('ann@');
    expect(JSON.stringify(error)).not.toContain('ann@');
  });

  it('tell at once of a wait that is too long, with the time', async () => {
    const outage = new Response('{"error":{"code":"AF50000","message":"Retry in an hour"}}', {
      status: 500,
      headers: { 'retry-after': '3600' },
    });
    const { client, seen } = scriptedClient([outage]);
    await expect(client.subscriptions.list()).rejects.toMatchObject({ retryAfterInMs: hour });
    expect(seen).toHaveLength(1);
  });
});
