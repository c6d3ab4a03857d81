import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { CertificateAuthority } from '../tls/authority.js';

interface ProxyOptions {
  /** Where it listens. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Hosts that are answered for; every other one is refused, never forwarded. */
  isOwn(hostname: string): boolean;
  readonly authority: CertificateAuthority;
  readonly handler: RequestListener;
}

export interface Proxy {
  /** For `HTTPS_PROXY`: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * A CONNECT proxy that ends at the emulator: TLS for Microsoft's hosts with certificates made for each, so that clients
 * with those hosts built in need `HTTPS_PROXY` and one authority, and nothing else. It never opens a connection.
 */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const { host, port, isOwn, authority, handler } = options;
  const sockets = new Set<Socket>();
  const contextOf = (name: string): ReturnType<typeof createSecureContext> => {
    const { privateKeyPem, certificatePem } = authority.leaf([name]);
    return createSecureContext({ key: privateKeyPem, cert: certificatePem });
  };
  const { privateKeyPem, certificatePem } = authority.leaf(['localhost', '127.0.0.1', '::1']);
  const secure = createHttpsServer(
    {
      key: privateKeyPem,
      cert: certificatePem,
      SNICallback: (name, done) => done(null, isOwn(name) && !isLoopback(name) ? contextOf(name) : undefined),
    },
    handler,
  );
  // Plain http:// comes as a request for a whole address: the metadata endpoint of a virtual machine, for example.
  const server = createServer((message, reply) => {
    const url = URL.canParse(message.url ?? '') ? new URL(message.url ?? '') : undefined;
    if (url && isOwn(url.hostname)) {
      message.url = `${url.pathname}${url.search}`;
      message.headers.host = url.host;
      handler(message, reply);
    } else reply.writeHead(403, { 'content-type': 'text/plain' }).end(refusal(url?.hostname ?? 'nothing'));
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, stream, head: Buffer) => {
    const socket = stream as Socket;
    const name = (request.url ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
    socket.on('error', () => socket.destroy());
    if (!isOwn(name)) {
      const text = refusal(name);
      socket.end(
        `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
      );
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    secure.emit('connection', socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '127.0.0.1' || name === '::1';
}

function refusal(name: string): string {
  return `The emulator stands for Microsoft's hosts only and forwards nothing: ${name} is none of them.\n`;
}
