import { captureError, collect, testClock } from '@repo/test-kit';
import { contoso } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../src/index.js';
import type { ContentBlob, Fetch, SavedFeed, SeenEntry } from '../src/index.js';
import { createContentFeed } from '../src/feed.js';
import { O365ActivityClient } from '../src/index.js';
import { blob, day, fixedToken, hour, iso, json, lastDay, scriptedClient, start, world } from './helpers.js';

const { tenantId, clientId } = contoso;

describe('startMissing', () => {
  it('starts a subscription that is missing or stopped, and goes on (AF20022, AF20023)', async () => {
    const { client, seen } = world({ startMissing: true });
    expect((await collect(client.content.list('Audit.Exchange', lastDay))).length).toBeGreaterThan(0);
    await client.subscriptions.stop('Audit.Exchange');
    expect((await collect(client.content.list('Audit.Exchange', lastDay))).length).toBeGreaterThan(0);
    expect(seen.filter(({ url }) => url.includes('/start?'))).toHaveLength(2);
  });

  it('asks again once, and not in a loop', async () => {
    const { client, emulator, seen } = world({ startMissing: true });
    emulator.state.managementActivity.settings.subscriptionReadyInMs = hour;
    await expect(collect(client.content.list('Audit.Exchange', lastDay))).rejects.toMatchObject({
      code: 'AF20022',
    });
    expect(seen).toHaveLength(3);
  });

  it('is off unless asked for: the error says what to do', async () => {
    const { client, seen } = world();
    await expect(collect(client.content.list('Audit.Exchange', lastDay))).rejects.toThrow(
      /subscriptions\.(ensure|start)/,
    );
    expect(seen).toHaveLength(1);
  });

  it('leaves a type without permission alone', async () => {
    const { client, roles } = world({ startMissing: true });
    roles.splice(0, 2, 'ActivityFeed.Read');
    await expect(collect(client.content.list('DLP.All', lastDay))).rejects.toMatchObject({ code: 'AF10001' });
  });
});

describe('a clock that is off', () => {
  it('is corrected by the Date header, before the first listing where that is wanted', async () => {
    for (const correctClockSkew of [false, true]) {
      const { emulator, client } = world();
      await client.subscriptions.ensure(['Audit.Exchange']);
      const behind = { ...emulator.clock, now: () => emulator.clock.now() - 2 * hour };
      const ahead = { ...emulator.clock, now: () => emulator.clock.now() + 2 * hour };
      const late = new O365ActivityClient('5c0a7050-0365-4e11-8a0d-c0de0000c050', fixedToken, {
        fetch: emulator.fetch,
        clock: behind,
        correctClockSkew,
      });
      const gaps: unknown[] = [];
      const week = {
        from: iso(start - 7 * day - hour),
        to: iso(start - 6 * day),
        onGap: (gap: unknown) => void gaps.push(gap),
      };
      const listed = collect(late.content.list('Audit.Exchange', week));
      // Two hours behind, the first two hours of the week seem to be listed still: the refusal tells the time.
      expect((await listed, gaps).length).toBeGreaterThan(0);
      const early = new O365ActivityClient('5c0a7050-0365-4e11-8a0d-c0de0000c050', fixedToken, {
        fetch: emulator.fetch,
        clock: ahead,
        correctClockSkew,
      });
      const span = { from: iso(start - 7 * day + hour), to: iso(start - 6 * day) };
      const read = collect(early.content.list('Audit.Exchange', span));
      // Two hours ahead, what is still listed seems to be lost.
      if (correctClockSkew) await expect(read).resolves.toBeInstanceOf(Array);
      else await expect(read).rejects.toMatchObject({ name: 'RetentionGapError' });
    }
  });
});

describe('a feed on a machine whose clock is ahead', () => {
  const contentTypes = ['Audit.General'] as const;

  function machine(aheadInMs: (run: number) => number) {
    const { emulator } = world();
    emulator.state.managementActivity.clear();
    emulator.state.managementActivity.subscriptions.enable(tenantId, clientId, 'Audit.General', start - day);
    let run = 0;
    let saved: SavedFeed = {};
    const seen = new Map<string, SeenEntry>();
    const got: string[] = [];
    const clock = {
      now: () => emulator.clock.now() + aheadInMs(run),
      sleep: (ms: number, signal?: AbortSignal) => emulator.clock.sleep(ms, signal),
    };
    return {
      emulator,
      got,
      async collect() {
        const client = new O365ActivityClient(tenantId, fixedToken, { fetch: emulator.fetch, clock });
        const options = { contentTypes, startFrom: 'oldest', untilCaughtUp: true } as const;
        for await (const { items, delta } of client.records.follow({ ...options, saved })) {
          got.push(...items.map(({ Id }) => Id));
          for (const entry of delta.add) seen.set(entry.id, entry);
          for (const id of delta.expire) seen.delete(id);
          saved = { cursor: delta.cursor, seen: [...seen.values()] };
        }
        run += 1;
      },
    };
  }

  it.each([
    ['for one run, by 30 hours', (run: number) => (run === 5 ? 30 * hour : 0)],
    ['always, by three hours', () => 3 * hour],
    ['always, by a week', () => 7 * day],
    ['and behind in turn', (run: number) => (run % 2 ? 5 * hour : -5 * hour)],
  ])('%s, misses nothing', async (_name, aheadInMs) => {
    const one = machine(aheadInMs);
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) {
      ids.push(`r${n}`);
      const text = `{"Id":"r${n}","CreationTime":"2026-05-20T11:00:00"}`;
      one.emulator.state.managementActivity.publish('Audit.General', [text], {
        created: one.emulator.clock.now() - 1000,
      });
      await one.collect();
      await one.emulator.clock.advance(hour);
    }
    await one.collect();
    expect(one.got.toSorted()).toEqual(ids.toSorted());
  });
});

describe('what an answer spells otherwise', () => {
  it('holds the cursor of its type all the same', () => {
    const feed = createContentFeed({}, { contentTypes: ['Audit.General'], startFrom: new Date(start - day) });
    const step = feed.next(start);
    if (!('list' in step)) throw new Error('nothing to list');
    const of = (name: string, created: number) => ({
      ...blob(name),
      contentType: 'audit.general',
      contentCreated: iso(created),
    });
    const old = of('a', start - 19 * hour);
    feed.listed({ query: step.list, blobs: [old, of('b', start - hour)] });
    const { cursor } = feed.ack('b');
    const again = createContentFeed({ cursor }, { contentTypes: ['Audit.General'], overlapInMs: 0 });
    expect(again.next(start)).toMatchObject({ list: { from: iso(start - 19 * hour) } });
  });

  it('is refused in tokens and options that can never be right', async () => {
    expect(() => createContentFeed({}, { startFrom: 'now', pollIntervalInMs: 0 })).toThrow(
      /pollIntervalInMs/,
    );
    const { client } = world({ startMissing: true });
    const pages = client.content.list('Audit.General', {
      from: iso(start - 2 * day),
      to: iso(start),
    });
    const { value } = await pages.byPage()[Symbol.asyncIterator]().next();
    const { continuationToken = '' } = value ?? {};
    const span = { from: iso(start - 2 * day), to: iso(start) };
    for (const [listing, problem] of [
      [client.content.list('DLP.All', span), /another query/],
      [client.content.list('Audit.General', lastDay), /another query/],
      [client.notifications.list('Audit.General', span), /not a token of notifications\.list/],
    ] as const)
      await expect(collect<unknown>(listing.byPage({ continuationToken }))).rejects.toThrow(problem);
  });
});

describe('notifications and names', () => {
  it('lists deliveries of the last day', async () => {
    const { client, emulator } = world();
    emulator.state.managementActivity.settings.insecureWebhooks = true;
    emulator.state.managementActivity.webhookFetch = async () => new Response(null, { status: 200 });
    await client.subscriptions.start('Audit.Exchange', {
      webhook: { address: 'https://hook.contoso.example/', authId: 'a' },
    });
    const blob = emulator.state.managementActivity.publish('Audit.Exchange', ['{"Id":"1"}']);
    await emulator.state.managementActivity.webhooks.idle();
    const span = { from: iso(emulator.clock.now() - hour), to: iso(emulator.clock.now() + 1000) };
    const [sent, ...more] = await collect(client.notifications.list('Audit.Exchange', span));
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ contentId: blob.contentId, notificationStatus: 'success' });
  });

  it('names sensitive types in a language', async () => {
    const { client, seen } = world();
    const types = await client.resources.dlpSensitiveTypes({ language: 'de-DE' });
    expect(types.length).toBeGreaterThan(0);
    expect(types[0]).toMatchObject({ id: expect.any(String) as string, name: expect.any(String) as string });
    expect(seen[0]?.headers.get('accept-language')).toBe('de-DE');
  });
});

describe('a long blob that only drips', () => {
  it('ends as a timeout, though every byte comes in time', async () => {
    const clock = testClock(start);
    const blob: ContentBlob = {
      contentType: 'Audit.General',
      contentId: 'slow',
      contentUri: 'https://manage.office.com/api/v1.0/t/activity/feed/audit/slow',
      contentCreated: iso(start),
      contentExpiration: iso(start + day),
    };
    const encoder = new TextEncoder();
    const fetch: Fetch = async () =>
      new Response(
        new ReadableStream<Uint8Array>({
          start: (controller) => controller.enqueue(encoder.encode(`[{"Id":"1"},{"Id":"${'x'.repeat(5000)}`)),
          pull: (controller) => {
            clock.advance(200);
            controller.enqueue(encoder.encode('y'));
          },
        }),
      );
    const client = new O365ActivityClient('5c0a7050-0365-4e11-8a0d-c0de0000c050', fixedToken, {
      fetch,
      clock,
      maxBufferedBytes: 1000,
      timeoutInMs: 30_000,
    });
    const ids: string[] = [];
    const error = await captureError(
      (async () => {
        for await (const { id } of client.content.streamRaw(blob, { timeoutInMs: 30_000 }))
          ids.push(id ?? '');
      })(),
    );
    expect(ids).toEqual(['1']);
    expect(ConnectionError.isInstance(error) && error.code).toBe('timeout');
    expect(clock.now() - start).toBeLessThan(40_000);
  });
});

describe('the service’s time', () => {
  it('is asked for once, also where answers have no Date, and told by refusals', async () => {
    const { client, seen } = scriptedClient([json([])]);
    expect(await client.serverTime()).toEqual(new Date(start));
    expect(await client.serverTime()).toEqual(new Date(start));
    expect(seen).toHaveLength(1);
    const date = new Date(start + 2 * hour).toUTCString();
    const refusing = () => new Response('{}', { status: 403, headers: { date } });
    expect(await scriptedClient([refusing]).client.serverTime()).toEqual(new Date(start + 2 * hour));
    const fails = (): Response => {
      throw new TypeError('fetch failed');
    };
    const broken = scriptedClient([fails], { retry: { maxRetries: 0 } });
    await expect(broken.client.serverTime()).rejects.toThrow(/connection to manage.office.com was reset/);
  });
});
