import { ArgumentError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import type { Transport } from './transport.js';

export interface SendOptions extends OperationOptions {
  /**
   * Whether the call may be repeated when its outcome is not clear: then it is retried after any transient failure.
   * Default: true for GET only. Set it for a list by POST.
   */
  idempotent?: boolean | undefined;
}

export type SendMethod = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';

/** Any call of the API, with this client's token, quota, retries and errors. */
export async function sendAny(
  transport: Transport,
  method: SendMethod,
  path: string,
  body: unknown,
  { idempotent = method === 'GET', ...options }: SendOptions = {},
): Promise<unknown> {
  checkPath(path);
  if (method === 'GET' && body !== undefined)
    throw new ArgumentError('body', 'is given with GET', 'Use POST: fetch sends no body with GET.');
  return transport.send<unknown>(
    {
      operation: 'send',
      method,
      path,
      ...(body !== undefined && { body }),
      idempotent,
      parse: (reply) => {
        const text = reply.text();
        if (text.trim() === '') return undefined;
        return /json/i.test(reply.headers.get('content-type') ?? 'json') ? reply.json() : text;
      },
    },
    options,
  );
}

/** The token must not leave: `//host` and `/\\host` would be other hosts. */
export function checkPath(path: string): void {
  if (typeof path !== 'string' || !/^\/(?![/\\])[^\s\\]*$/.test(path) || path.includes('/../'))
    throw new ArgumentError(
      'path',
      'is no path of the API',
      'Begin with one slash, for example /api/v1/governance/.',
    );
}
