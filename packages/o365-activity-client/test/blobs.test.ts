import { collect, testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { O365ActivityClient } from '../src/index.js';
import type { Fetch } from '../src/index.js';
import { blob, day, fixedToken, hour, iso, json, lastDay, scriptedClient, start, world } from './helpers.js';

const general = ['Audit.General'];
const record = (Id: string): object => ({ Id, RecordType: 1, CreationTime: '2026-05-20T10:00:00' });

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('blobs', () => {
  it('with one and the same time are all read', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(general);
    emulator.state.managementActivity.clear();
    for (const name of ['a', 'b', 'c'])
      emulator.state.managementActivity.publish('Audit.General', [record(name)], { created: start - hour });
    const follow = client.records.follow({
      contentTypes: general,
      startFrom: iso(start - 2 * hour),
      untilCaughtUp: true,
    });
    const pages = await collect(follow);
    expect(pages.flatMap(({ items }) => items.map(({ Id }) => Id)).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('listed on two pages are read once', async () => {
    const { client, seen } = scriptedClient([
      ({ url }) => {
        if (url.includes('/audit/')) return json([]);
        return url.includes('/next')
          ? json([blob('a'), blob('b')])
          : json([blob('a')], { NextPageUri: 'https://manage.office.com/next' });
      },
    ]);
    const found = await collect(client.records.blobs({ ...lastDay, contentTypes: general }));
    expect(found.map((one) => one.blob.contentId)).toEqual(['a', 'b']);
    expect(seen).toHaveLength(4);
  });

  it('are read several at once, and not further ahead than that of who reads slowly', async () => {
    let asked = 0;
    let inFlight = 0;
    let most = 0;
    const fetch: Fetch = async (request) => {
      if (request.url.includes('/subscriptions/'))
        return json(Array.from({ length: 40 }, (_, at) => blob(`b${at}`)));
      asked += 1;
      most = Math.max(most, ++inFlight);
      await turns(3);
      inFlight -= 1;
      return json([{ Id: request.url }]);
    };
    const client = new O365ActivityClient('5c0a7050-0365-4e11-8a0d-c0de0000c050', fixedToken, {
      fetch,
      clock: testClock(start),
    });
    const query = { ...lastDay, contentTypes: general, concurrency: 5 };
    let read = 0;
    for await (const { records } of client.records.blobs(query)) {
      // Time enough for everything that is allowed to happen.
      await turns(10);
      read += (await collect(records())).length;
      expect(asked).toBeLessThanOrEqual(read + 5);
    }
    expect([read, most]).toEqual([40, 5]);
  });

  it('larger than memory are never read ahead of who reads them', async () => {
    const line = new TextEncoder().encode(`{"Id":"x","text":"${'y'.repeat(1000)}"}`);
    let sent = 0;
    const fetch: Fetch = async () =>
      new Response(
        new ReadableStream<Uint8Array>(
          {
            pull(controller) {
              const chunk = new Uint8Array(64 * (line.length + 1));
              for (let at = 0; at < 64; at += 1) {
                chunk[at * (line.length + 1)] = sent === 0 && at === 0 ? 0x5b : 0x2c;
                chunk.set(line, at * (line.length + 1) + 1);
              }
              sent += chunk.length;
              controller.enqueue(chunk);
              if (sent > 50_000_000) {
                controller.enqueue(new TextEncoder().encode(']'));
                controller.close();
              }
            },
          },
          { highWaterMark: 1 },
        ),
      );
    const maxBufferedBytes = 1_000_000;
    const client = new O365ActivityClient('5c0a7050-0365-4e11-8a0d-c0de0000c050', fixedToken, {
      fetch,
      clock: testClock(start),
      maxBufferedBytes,
    });
    let read = 0;
    let records = 0;
    for await (const { bytes } of client.content.streamRaw(blob())) {
      read += bytes.length + 1;
      records += 1;
      if (sent - read > 2 * maxBufferedBytes) throw new Error(`${sent - read} bytes ahead`);
    }
    expect(read).toBe(sent);
    expect(records).toBeGreaterThan(40_000);
  });

  it('that another collector of the tenant slows down are all read in the end', async () => {
    const { client, emulator } = world();
    await client.subscriptions.ensure(general);
    emulator.state.managementActivity.quota.requestsPerMinute = 10;
    const before = emulator.clock.now();
    const query = { contentTypes: general, from: iso(start - 2 * day), to: iso(start) };
    const read: string[] = [];
    for await (const one of client.records.blobs({ ...query, concurrency: 2, maxRetries: 20 })) {
      read.push(one.blob.contentId);
      emulator.state.managementActivity.quota.spend('5c0a7050-0365-4e11-8a0d-c0de0000c050', 1);
    }
    emulator.state.managementActivity.quota.requestsPerMinute = 2000;
    const all = await collect(client.content.list('Audit.General', query));
    expect(read).toEqual(all.map(({ contentId }) => contentId));
    expect(emulator.clock.now()).toBeGreaterThan(before + 60_000);
  });
});
