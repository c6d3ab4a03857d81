import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CertificateAuthority } from '../tls/authority.js';
import type { EmulatorClock } from './clock.js';
import { isLocalHost } from './local-host.js';
import { startProxy } from './proxy.js';
import type { Proxy } from './proxy.js';
import { truncatedGzip } from './wire-effects.js';
import type { Exchange, WireEffect } from './wire-effects.js';

export interface ListenOptions {
  /** Default 0: any free port. */
  port?: number | undefined;
  /** Default 127.0.0.1: nobody else can reach it. */
  host?: string | undefined;
  /** Default true, with a certificate for localhost by the emulator's own authority. */
  tls?: boolean | undefined;
  /** Listen as a CONNECT proxy for Microsoft's hosts too, on a port of its own. Default false. */
  proxy?: boolean | { readonly port?: number | undefined } | undefined;
  /** A certificate of your own (PEM), instead of one by the emulator's authority. */
  certificate?: { readonly certificatePem: string; readonly privateKeyPem: string } | undefined;
}

export interface Listening {
  /** `https://localhost:PORT`, or with the host's own name where it is not this machine's. */
  origin: string;
  port: number;
  /** The authority to trust, for this run and this client only: `ca`, `NODE_EXTRA_CA_CERTS`. Empty without TLS. */
  caPem: string;
  /** The proxy's address, for `HTTPS_PROXY`; undefined without one. */
  proxy: string | undefined;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

type Serve = (request: Request, body: Uint8Array<ArrayBuffer>) => Promise<Exchange>;

/** What a server needs of the emulator behind it. */
interface Served {
  serve: Serve;
  clock: EmulatorClock;
  /** True for a host of Microsoft's that a service stands for. */
  ownsHost(host: string): boolean;
  authority(): CertificateAuthority;
  /** How much of a request's body is read: the service judges what is longer by what it got. */
  maxBodyBytes(host: string, path: string): number;
}

/** @throws Error with Node's code (`EADDRINUSE`, `EACCES`) when the port cannot be had. */
export async function listen(served: Served, options: ListenOptions = {}): Promise<Listening> {
  const { port = 0, host = '127.0.0.1', tls = true } = options;
  const sockets = new Set<Socket>();
  const handler: RequestListener = (message, reply) => {
    if (!isAllowed(message.headers.host, host, served)) misdirected(reply);
    else handle(served, message, reply, tls, sockets).catch(() => reply.destroy());
  };
  const server = tls
    ? createHttpsServer(keyAndCertificate(served, options, host), handler)
    : createHttpServer(handler);
  const caPem = (!tls && !options.proxy) || options.certificate ? '' : served.authority().caPem;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const bound = (server.address() as AddressInfo).port;
  const proxy = options.proxy ? await listenAsProxy(served, options.proxy, host) : undefined;
  return {
    origin: `${tls ? 'https' : 'http'}://${nameOf(host)}:${bound}`,
    port: bound,
    caPem,
    proxy: proxy?.origin,
    close: async () => {
      await proxy?.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

/** Everything that reaches the proxy's handler was asked for by a name that it stands for. */
function listenAsProxy(
  served: Served,
  options: true | { readonly port?: number | undefined },
  host: string,
): Promise<Proxy> {
  const { port = 0 } = options === true ? {} : options;
  const isOwn = (name: string): boolean => isLoopback(name) || served.ownsHost(name);
  const handler: RequestListener = (message, reply) => {
    handle(served, message, reply, true, new Set()).catch(() => reply.destroy());
  };
  return startProxy({ host, port, isOwn, authority: served.authority(), handler });
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '127.0.0.1' || name === '::1';
}

/** By which name clients reach what listens there. */
function nameOf(host: string): string {
  if (/^(localhost|127\.0\.0\.1|0\.0\.0\.0|::1?)$/.test(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function keyAndCertificate(
  served: Served,
  { certificate }: ListenOptions,
  host: string,
): { key: string; cert: string } {
  const names = [...new Set(['localhost', '127.0.0.1', '::1', '*.localhost', host])];
  const { privateKeyPem, certificatePem } = certificate ?? served.authority().leaf(names);
  return { key: privateKeyPem, cert: certificatePem };
}

function isAllowed(host: string | undefined, own: string, served: Served): boolean {
  return host === undefined || isLocalHost(host, own) || served.ownsHost(host);
}

function misdirected(reply: ServerResponse): void {
  const message = 'This host is neither local nor one that the emulator stands for.';
  reply.writeHead(421, { 'content-type': 'application/json' });
  reply.end(JSON.stringify({ error: { code: 'EmulatorForeignHost', message } }));
}

async function handle(
  { serve, clock, maxBodyBytes }: Served,
  message: IncomingMessage,
  reply: ServerResponse,
  tls: boolean,
  sockets: ReadonlySet<Socket>,
): Promise<void> {
  const gone = new AbortController();
  reply.once('close', () => gone.abort(new Error('the client closed the connection')));
  const [path = '/'] = (message.url ?? '/').split('?');
  const body = await readBody(message, maxBodyBytes(message.headers.host ?? '', path));
  const hasBody = message.method !== 'GET' && message.method !== 'HEAD';
  const request = new Request(
    `${tls ? 'https' : 'http'}://${message.headers.host ?? 'localhost'}${message.url ?? '/'}`,
    {
      method: message.method ?? 'GET',
      headers: headersOf(message),
      signal: gone.signal,
      ...(hasBody && { body }),
    },
  );
  const { response, wire } = await serve(request, body);
  reply.sendDate = false;
  if (wire) return perform(wire, response, reply, message.socket, { clock, signal: gone.signal, sockets });
  reply.writeHead(response.status, ...reasonOf(response), Object.fromEntries(response.headers));
  if (!response.body || message.method === 'HEAD') return void reply.end();
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), reply);
}

/** The service's own words, where it has some. */
function reasonOf({ statusText }: Response): [] | [string] {
  return statusText ? [statusText] : [];
}

async function perform(
  wire: WireEffect,
  response: Response,
  reply: ServerResponse,
  socket: Socket,
  context: { clock: EmulatorClock; signal: AbortSignal; sockets: ReadonlySet<Socket> },
): Promise<void> {
  if (wire.kind === 'reset') return reset(socket, context.sockets);
  if (wire.kind === 'stall' && wire.atByte === undefined) return;
  const whole = new Uint8Array(await response.arrayBuffer());
  const body = wire.kind === 'truncatedGzip' ? truncatedGzip(whole) : whole;
  reply.writeHead(response.status, ...reasonOf(response), {
    ...Object.fromEntries(response.headers),
    'content-length': body.length,
    ...(wire.kind === 'truncatedGzip' && { 'content-encoding': 'gzip' }),
  });
  reply.flushHeaders();
  switch (wire.kind) {
    case 'truncatedGzip':
      return void reply.end(body);
    case 'cut':
      await write(reply, body.subarray(0, wire.atByte));
      return void socket.destroy();
    case 'stall':
      return write(reply, body.subarray(0, wire.atByte));
    case 'drip':
      for (let at = 0; at < body.length; at += wire.chunkBytes ?? 1) {
        await context.clock.sleep(wire.everyMs, context.signal);
        await write(reply, body.subarray(at, at + (wire.chunkBytes ?? 1)));
      }
      return void reply.end();
  }
}

/** A real RST can only be sent on the TCP socket below TLS. */
function reset(socket: Socket, sockets: ReadonlySet<Socket>): void {
  const raw = [...sockets].find((one) => one.remotePort === socket.remotePort) ?? socket;
  raw.resetAndDestroy();
  socket.destroy();
}

function write(reply: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    reply.write(bytes, () => resolve());
  });
}

/** Bytes beyond the limit are read off the wire and dropped: one more than it is kept, to show that there are. */
async function readBody(message: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const left = limit + 1 - size;
    if (left > 0) chunks.push((chunk as Buffer).subarray(0, left));
    size += (chunk as Buffer).length;
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function headersOf(message: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    headers.append(message.rawHeaders[i] as string, message.rawHeaders[i + 1] as string);
  }
  return headers;
}
