import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/**
 * A fetch that trusts the given authority, which the platform's own can only be told for the whole process. Every
 * request goes to `origin`, whatever host it names, so that a client with Microsoft's hosts built in reaches it too.
 */
export function createFetchOverSocket(
  origin: string,
  caPem: string,
): (request: Request) => Promise<Response> {
  const target = new URL(origin);
  const start = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return async (request) => {
    const { pathname, search, host } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const headers = { ...Object.fromEntries(request.headers), host, 'content-length': String(body.length) };
    return new Promise((resolve, reject) => {
      const call = start(
        {
          hostname: target.hostname,
          port: target.port,
          // The certificate is the emulator's, whatever host the request names.
          servername: isIP(target.hostname) ? '' : target.hostname,
          path: pathname + search,
          method: request.method,
          headers,
          signal: request.signal,
          ...(caPem && { ca: caPem }),
        },
        (message) => resolve(toResponse(message, request.url)),
      );
      call.once('error', (cause) =>
        reject(
          request.signal.aborted
            ? (request.signal.reason as Error)
            : new TypeError('fetch failed', { cause }),
        ),
      );
      call.end(body);
    });
  };
}

function toResponse(message: IncomingMessage, url: string): Response {
  const { statusCode: status = 200, statusMessage: statusText = '' } = message;
  const headers = new Headers();
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2)
    headers.append(message.rawHeaders[i] as string, message.rawHeaders[i + 1] as string);
  const empty = [101, 204, 205, 304].includes(status);
  if (empty) message.resume();
  const zipped = headers.get('content-encoding') === 'gzip';
  const source = zipped ? message.pipe(createGunzip()) : message;
  if (zipped) message.once('error', (error) => source.destroy(error));
  const body = empty ? null : (Readable.toWeb(source) as ReadableStream<Uint8Array>);
  return Object.defineProperty(new Response(body, { status, statusText, headers }), 'url', { value: url });
}
