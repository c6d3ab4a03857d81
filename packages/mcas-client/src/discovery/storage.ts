import { createHttp } from '@repo/client-core';
import type { ClientOptions, OperationOptions } from '@repo/client-core';
import { version } from '../version.js';

/** The storage service behind an upload address. It never sees a token: the address itself carries the right. */
export interface Storage {
  put(
    url: string,
    body: Uint8Array<ArrayBuffer> | string,
    headers: Record<string, string>,
    options: OperationOptions,
  ): Promise<void>;
}

export function createStorage(options: Omit<ClientOptions, 'limiter'>): Storage {
  // No limiter: the quota is the API's, not the storage account's.
  const http = createHttp({
    ...options,
    authorize: async () => ({ headers: {} }),
    userAgent: `mcas-client/${version}`,
  });
  return {
    async put(url, body, headers, call) {
      await http.send({
        ...call,
        operation: 'discovery.uploadLog',
        method: 'PUT',
        url,
        headers,
        body,
        // The same bytes put twice at the same place are the same.
        idempotent: true,
      });
    },
  };
}
