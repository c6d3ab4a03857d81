import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StatusBoard } from './status-board.js';

interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

interface HttpServerOptions {
  /** For example `127.0.0.1:9477`. Port 0 takes any free one. */
  listen: string;
  board: StatusBoard;
  /** The metrics in Prometheus' text format. */
  metrics(): Promise<string>;
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

/**
 * `/livez`: the process answers; independent of Microsoft, so that an outage never restarts it. `/readyz`: 503 with a
 * line for each pipeline that is waiting, suspended or failed. `/status`: JSON. `/metrics`: Prometheus. On loopback
 * the `Host` header must name this machine, so that a web page cannot read them through DNS rebinding.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, port } = parseListen(options.listen);
  const local = isLoopback(host);
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    const named = isLoopback(getHostName(request.headers.host ?? ''));
    request.resume();
    const answering =
      local && !named ? Promise.resolve(forbidden) : answer(request.url ?? '', request.method, options);
    void answering
      .catch(() => failed)
      .then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : body);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const text = 'text/plain; charset=utf-8';
const failed: Answer = { status: 500, type: text, body: 'This answer could not be made.\n' };
const forbidden: Answer = { status: 403, type: text, body: 'This server answers only to its own name.\n' };

async function answer(
  url: string,
  method: string | undefined,
  { board, metrics }: HttpServerOptions,
): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, type: text, body: 'Only GET.\n' };
  switch (url.split('?')[0]) {
    case '/livez':
      return { status: 200, type: text, body: 'ok\n' };
    case '/readyz': {
      const problems = board.problems();
      return {
        status: problems.length > 0 ? 503 : 200,
        type: text,
        body: `${problems.join('\n') || 'ok'}\n`,
      };
    }
    case '/status':
      return { status: 200, type: 'application/json', body: JSON.stringify({ pipelines: board.entries() }) };
    case '/metrics':
      return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: await metrics() };
    default:
      return { status: 404, type: text, body: 'There are /livez, /readyz, /status and /metrics.\n' };
  }
}

/** Host and port of `127.0.0.1:9477`, `[::1]:9477` or `:9477`. */
function parseListen(listen: string): { host: string; port: number } {
  const colon = listen.lastIndexOf(':');
  return {
    host: listen.slice(0, colon).replace(/^\[|\]$/g, '') || '0.0.0.0',
    port: Number(listen.slice(colon + 1)),
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function getHostName(header: string): string {
  return header.startsWith('[') ? header.slice(1, header.indexOf(']')) : (header.split(':')[0] ?? '');
}
