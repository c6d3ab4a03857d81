/** Serves listings and blobs from memory, in a process of its own: `blob-server <blobs> <records per blob>`. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordTexts } from '../records.js';

const [blobs, perBlob, largeBytes] = process.argv.slice(2).map(Number) as [number, number, number];
const texts = recordTexts(4000);
const bodies = Array.from({ length: 20 }, (_, at) =>
  Buffer.from(
    `[${Array.from({ length: perBlob }, (__, n) => texts[(at * perBlob + n) % texts.length]).join(',')}]`,
  ),
);

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (path.includes('/subscriptions/content')) {
    const now = Date.now();
    const listing = Array.from({ length: path.includes('page2') ? 0 : blobs }, (_, at) => ({
      contentUri: `${origin}/api/v1.0/t/activity/feed/audit/blob$${at}`,
      contentId: `blob$${at}`,
      contentType: 'Audit.General',
      contentCreated: new Date(now - 3_600_000).toISOString(),
      contentExpiration: new Date(now + 86_400_000).toISOString(),
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(listing));
    return;
  }
  if (path.includes('/audit/large')) {
    large(response);
    return;
  }
  const at = Number(/blob\$(\d+)/.exec(decodeURIComponent(path))?.[1] ?? 0);
  const body = bodies[at % bodies.length] as Buffer;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
});

/** One blob of many megabytes, made as it goes. */
function large(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  let written = 0;
  let at = 0;
  const piece = texts.slice(0, 50).join(',');
  response.write('[');
  const pump = (): void => {
    while (written < largeBytes) {
      const text = (at++ === 0 ? '' : ',') + piece;
      written += text.length;
      if (!response.write(text)) return void response.once('drain', pump);
    }
    response.end(']');
  };
  pump();
}

server.listen(0, '127.0.0.1', () => {
  const size = bodies.reduce((sum, body) => sum + body.length, 0) / bodies.length;
  process.send?.({ port: (server.address() as AddressInfo).port, blobBytes: Math.round(size) });
});
