import type { OperationOptions, RetryEvent } from '@repo/client-core';
import type { RawFilters } from '../../filters/operators.js';
import { readEnvelope } from '../../http/read-envelope.js';
import type { Envelope } from '../../http/read-envelope.js';
import type { Transport } from '../../http/transport.js';
import type { Activity } from '../../models/activity.js';
import type { ScanSortField, SortDirection } from '../scan-query.js';

export const scanOperation = 'activities.scan';

interface ScanRequest {
  filters: RawFilters;
  sortField: ScanSortField;
  sortDirection: SortDirection;
  limit: number;
  /** Fail with `PageTooSlowError` instead of retrying a page that the service cannot make in time. */
  failWhenSlow: boolean;
}

/** The page takes too long: ask for fewer records. Never leaves this folder. */
export class PageTooSlowError extends Error {}

export function fetchScanPage(
  transport: Transport,
  { failWhenSlow, ...request }: ScanRequest,
  options: OperationOptions,
): Promise<Envelope<Activity>> {
  return transport.send<Envelope<Activity>>(
    {
      operation: scanOperation,
      method: 'POST',
      path: '/api/v1/activities/',
      // nextQueryFilters hold the filters alone: everything else is repeated on every page.
      body: { ...request, isScan: true },
      idempotent: true,
      parse: (reply) => readEnvelope(reply, scanOperation),
      ...(failWhenSlow && { onRetry: failIfSlow }),
    },
    options,
  );
}

function failIfSlow({ reason }: RetryEvent): Error | undefined {
  return reason === 'timeout' || reason === 504 ? new PageTooSlowError() : undefined;
}
