/** Takes every body, in a process of its own: counts requests and bytes, answers 204. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const { KEY_PEM: key, CERTIFICATE_PEM: cert } = process.env as { KEY_PEM: string; CERTIFICATE_PEM: string };
let requests = 0;
let bytes = 0;
const server = createServer({ key, cert }, (request, response) => {
  requests += 1;
  request.on('data', (chunk: Buffer) => (bytes += chunk.length));
  request.on('end', () => response.writeHead(204).end());
});
process.on('message', () => {
  process.send?.({ requests, bytes });
  requests = 0;
  bytes = 0;
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
