/** Listings, blobs and a data collection endpoint on loopback, in a process of its own: `service <blobs> <per blob>`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { recordTexts } from '../records.js';

const [blobs = 0, perBlob = 0] = process.argv.slice(2).map(Number);
const texts = recordTexts(4000).map((text) => JSON.parse(text) as { Id: string });
const bodies = Array.from({ length: blobs }, (_, blob) =>
  Buffer.from(
    JSON.stringify(
      Array.from({ length: perBlob }, (__, at) => {
        const number = blob * perBlob + at;
        return { ...texts[number % texts.length], Id: idOf(number) };
      }),
    ),
  ),
);
let received: { body: Buffer; gzip: boolean }[] = [];

function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? '');
  if (request.method === 'POST') {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ body: Buffer.concat(chunks), gzip: request.headers['content-encoding'] === 'gzip' });
      response.writeHead(204).end();
    });
    return;
  }
  const blob = /blob\$(\d+)/.exec(path)?.[1];
  const body = blob === undefined ? Buffer.from(JSON.stringify(listing())) : bodies[Number(blob)];
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': body?.length ?? 0 })
    .end(body);
});

function listing(): object[] {
  const { port } = server.address() as AddressInfo;
  return bodies.map((_, at) => ({
    contentUri: `http://127.0.0.1:${port}/api/v1.0/t/activity/feed/audit/blob$${at}`,
    contentId: `blob$${at}`,
    contentType: 'Audit.General',
    contentCreated: new Date(Date.now() - 3_600_000).toISOString(),
    contentExpiration: new Date(Date.now() + 86_400_000).toISOString(),
  }));
}

/** What has come since the last time: rows, and of them the different ones. */
process.on('message', () => {
  const ids = new Set<unknown>();
  let rows = 0;
  let wireBytes = 0;
  for (const { body, gzip } of received) {
    wireBytes += body.length;
    const text = (gzip ? gunzipSync(body) : body).toString();
    for (const row of JSON.parse(text) as { RecordId: string }[]) {
      rows += 1;
      ids.add(row.RecordId);
    }
  }
  process.send?.({ rows, distinct: ids.size, wireBytes, requests: received.length });
  received = [];
});

server.listen(0, '127.0.0.1', () => {
  const bytes = bodies.reduce((sum, { length }) => sum + length, 0);
  process.send?.({ port: (server.address() as AddressInfo).port, bytes });
});
