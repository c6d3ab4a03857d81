/**
 * Receives the service's announcements, answers at once, and reads the content elsewhere. An announcement is a
 * hint that may be missing or repeated: the listing stays the source of truth, and one feed dedupes both.
 *
 *     pnpm example o365-webhook-receiver [--emulated] [--port 8080] [--type Audit.SharePoint ...] [--blobs 5]
 *
 * WEBHOOK_ADDRESS is the https address under which the service reaches this port (a reverse proxy with a
 * certificate the service trusts). Without it the address is this machine's, which only an emulator can reach.
 */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWebhookHandler } from 'o365-activity-client';
import type { BlobUnit, ContentBlob, O365ActivityClient } from 'o365-activity-client';
import { createContentFeed } from 'o365-activity-client/feed';
import type { ContentFeed } from 'o365-activity-client/feed';
import { toNodeListener } from 'o365-activity-client/node';
import { readArguments } from './lib/arguments.js';
import { o365FromEnvironment } from './lib/o365.js';
import { positive, runScript } from './lib/script.js';
import { optional } from './lib/settings.js';

const { values } = readArguments({
  options: {
    port: { type: 'string', default: '8080' },
    type: { type: 'string', multiple: true, default: ['Audit.SharePoint', 'Audit.General'] },
    blobs: { type: 'string' },
  },
});

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

await runScript(async () => {
  const enough = positive('--blobs', values.blobs) ?? Infinity;
  const authId = randomUUID();
  const o365 = o365FromEnvironment();
  const feed = createContentFeed(undefined, { contentTypes: values.type, startFrom: 'now' });
  const queue: BlobUnit[] = [];
  const arrived = new EventEmitter();
  const handler = createWebhookHandler({
    authId,
    onContent(contents) {
      // Enqueue and return: the service counts anything but a quick 200 as a failure.
      queue.push(...feed.announce(contents.map((blob) => ({ id: blob.contentId, blob }))));
      arrived.emit('content');
    },
  });
  // The listener must answer before the subscription is started: the service validates it then.
  const server = createServer(toNodeListener(handler)).listen(Number(values.port));
  await once(server, 'listening');
  const address =
    optional('WEBHOOK_ADDRESS') ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    for (const type of values.type) {
      const { webhook } = await o365.subscriptions.start(type, { webhook: { address, authId } });
      console.log(`${type}: webhook ${webhook?.status ?? 'unknown'}`);
    }
    let read = 0;
    while (read < enough && !stop.signal.aborted) {
      const unit = queue.shift();
      if (!unit) {
        await listed(o365, feed, queue);
        if (queue.length === 0) await contentOrMinute(arrived);
        continue;
      }
      let records = 0;
      for await (const _record of o365.content.stream(unit.blob)) records += 1;
      // Here a collector saves what it returns; what is not acknowledged is listed again.
      feed.ack(unit.id);
      read += 1;
      console.log(`${unit.blob.contentType}  ${unit.blob.contentCreated}  ${records} records`);
    }
  } finally {
    server.close();
    // The service keeps its connections open.
    server.closeAllConnections();
  }
});

/** What is due to be listed: finds what was never announced. */
async function listed(o365: O365ActivityClient, feed: ContentFeed, queue: BlobUnit[]): Promise<void> {
  for (;;) {
    const step = feed.next(Date.now());
    if ('waitUntil' in step) return;
    const { contentType, from, to } = step.list;
    const blobs: ContentBlob[] = [];
    for await (const blob of o365.content.list(contentType, { from, to })) blobs.push(blob);
    queue.push(...feed.listed({ query: step.list, blobs }));
  }
}

/** Until an announcement comes, a minute is over or the process is told to stop. */
async function contentOrMinute(arrived: EventEmitter): Promise<void> {
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(60_000)]);
  await once(arrived, 'content', { signal }).catch(() => undefined);
}
