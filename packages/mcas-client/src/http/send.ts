import { ArgumentError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import type { Transport } from './transport.js';

export interface SendOptions extends OperationOptions {
  /**
   * `read`: repeating it changes nothing, so it is retried after any passing fault. Default: `read` for GET, else
   * `write`. A list by POST is a `read`.
   */
  kind?: 'read' | 'write';
}

export type SendMethod = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';

/** Any call of the API, with this client's token, quota, retries and errors. */
export async function sendAny(
  transport: Transport,
  method: SendMethod,
  path: string,
  body: unknown,
  { kind = method === 'GET' ? 'read' : 'write', ...options }: SendOptions = {},
): Promise<unknown> {
  // The token must not leave: `//host` and `/\host` would be other hosts.
  if (typeof path !== 'string' || !/^\/(?![/\\])[^\s\\]*$/.test(path) || path.includes('/../'))
    throw new ArgumentError(
      'path',
      'is no path of the API',
      'Begin with one slash, for example /api/v1/governance/.',
    );
  if (method === 'GET' && body !== undefined)
    throw new ArgumentError('body', 'is given with GET', 'Use POST: fetch sends no body with GET.');
  return transport.send<unknown>(
    {
      operation: `send ${method} ${path.replace(/\?.*$/s, '')}`,
      method,
      path,
      ...(body !== undefined && { body }),
      kind,
      parse: (reply) => {
        const text = reply.text();
        if (text.trim() === '') return undefined;
        return /json/i.test(reply.headers.get('content-type') ?? 'json') ? reply.json() : text;
      },
    },
    options,
  );
}
