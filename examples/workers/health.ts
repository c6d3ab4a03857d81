import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Health } from 'audit-pipeline';

/** Serves `health` as JSON on this machine alone: `GET /health`. Port 0 takes a free one. */
export async function serveHealth(health: Health, port: number): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const known = request.method === 'GET' && request.url === '/health';
    response.writeHead(known ? 200 : 404, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    response.end(known ? JSON.stringify(health.report()) : '{}');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/health`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
