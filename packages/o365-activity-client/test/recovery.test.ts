import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../src/index.js';
import type { ContentBlob, Fetch } from '../src/index.js';
import { O365ActivityClient } from '../src/index.js';
import { collect, day, fixedToken, hour, iso, start, testClock, world } from './helpers.js';

const lastDay = { startTime: iso(start - day), endTime: iso(start) };

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
    emulator.state.activity.switches.subscriptionReadyInMs = hour;
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
  it('is corrected by the Date header, where that is wanted', async () => {
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
        startTime: iso(start - 7 * day - hour),
        endTime: iso(start - 6 * day),
        onGap: (gap: unknown) => void gaps.push(gap),
      };
      const listed = collect(late.content.list('Audit.Exchange', week));
      // Two hours behind, the first two hours of the week seem to be listed still.
      if (correctClockSkew) expect((await listed, gaps).length).toBeGreaterThan(0);
      else await expect(listed).rejects.toMatchObject({ status: 400 });
      const early = new O365ActivityClient('5c0a7050-0365-4e11-8a0d-c0de0000c050', fixedToken, {
        fetch: emulator.fetch,
        clock: ahead,
        correctClockSkew,
      });
      const span = { startTime: iso(start - 7 * day + hour), endTime: iso(start - 6 * day) };
      const read = collect(early.content.list('Audit.Exchange', span));
      // Two hours ahead, what is still listed seems to be lost.
      if (correctClockSkew) await expect(read).resolves.toBeInstanceOf(Array);
      else await expect(read).rejects.toMatchObject({ name: 'RetentionGapError' });
    }
  });
});

describe('notifications and names', () => {
  it('lists deliveries of the last day', async () => {
    const { client, emulator } = world();
    emulator.state.activity.switches.insecureWebhooks = true;
    emulator.state.activity.webhookFetch = async () => new Response(null, { status: 200 });
    await client.subscriptions.start('Audit.Exchange', {
      webhook: { address: 'https://hook.contoso.example/', authId: 'a' },
    });
    const blob = emulator.state.activity.publish('Audit.Exchange', ['{"Id":"1"}']);
    await emulator.state.activity.webhooks.idle();
    const span = { startTime: iso(emulator.clock.now() - hour), endTime: iso(emulator.clock.now() + 1000) };
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
    const clock = testClock();
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
    const error = await (async () => {
      for await (const { id } of client.content.streamRaw(blob, { timeoutInMs: 30_000 })) ids.push(id ?? '');
    })().catch((thrown: unknown) => thrown);
    expect(ids).toEqual(['1']);
    expect(ConnectionError.isInstance(error) && error.code).toBe('timeout');
    expect(clock.now() - start).toBeLessThan(40_000);
  });
});
