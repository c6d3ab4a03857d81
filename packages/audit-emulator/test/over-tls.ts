import { request as httpsRequest } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { Listening } from '../src/index.js';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A plain Node client that trusts the emulator's authority and nothing else. Rejects when the connection breaks. */
export function overTls(
  server: Listening,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; signal?: AbortSignal } = {},
): Promise<Reply> {
  const { method = 'GET', headers = {}, body, signal } = options;
  return new Promise((resolve, reject) => {
    const call = httpsRequest(
      `${server.origin}${path}`,
      { method, headers, ca: server.caPem, ...(signal && { signal }) },
      (message) => {
        const chunks: Buffer[] = [];
        message.on('data', (chunk: Buffer) => chunks.push(chunk));
        message.once('error', reject);
        message.once('end', () =>
          resolve({ status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    call.once('error', reject);
    call.end(body);
  });
}
