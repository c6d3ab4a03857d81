import { ArgumentError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import { readNothing } from '../http/read-reply.js';
import type { Transport } from '../http/transport.js';
import { sendChunks, splitIds } from './send-chunks.js';

export interface ReopenRequest {
  ids: readonly string[];
  /** Not in Microsoft's reference; its PowerShell module calls it. It may stop working without notice. */
  undocumented: true;
}

/** Opens alerts again, in chunks of 100. What the service answers is not documented and not looked at. */
export async function reopenAlerts(
  transport: Transport,
  request: ReopenRequest,
  options?: OperationOptions,
): Promise<void> {
  if ((request as ReopenRequest | undefined)?.undocumented !== true)
    throw new ArgumentError(
      'request.undocumented',
      'is not true',
      'This call is not in the reference: say that you know, with undocumented: true.',
    );
  const operation = 'alerts.reopen';
  await sendChunks(
    transport,
    splitIds(request.ids, 'request.ids'),
    ({ ids, filters }) => ({
      operation,
      method: 'POST',
      path: '/api/v1/alerts/reopen/',
      body: { filters },
      idempotent: false,
      change: ids.join(' '),
      parse: (reply) => {
        readNothing(reply, operation);
        return { closed: ids.length, notFound: [] };
      },
    }),
    options,
  );
}
