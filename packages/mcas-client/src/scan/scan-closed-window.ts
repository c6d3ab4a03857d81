import { ArgumentError, paged } from '@repo/client-core';
import type { Clock, OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import { getTimeBounds } from '../filters/time-bounds.js';
import { confirmTime } from '../http/confirm-time.js';
import type { Transport } from '../http/transport.js';
import type { Activity } from '../models/activity.js';
import { scanActivities } from './scan-activities.js';
import { checkScan } from './scan-query.js';
import type { ScanPage, ScanQuery } from './scan-query.js';

/**
 * A scan whose pages are handed out only once the service's own clock has passed the window's end: what a machine with a
 * fast clock reads earlier may lack records. Waits, and asks again.
 */
export function scanClosedWindow(
  transport: Transport,
  clock: Clock,
  query: ScanQuery,
  options: OperationOptions,
): PagedAsyncIterable<Activity, ScanPage> {
  const scan = checkScan(query);
  const end = getTimeBounds(scan.filters['created'] ?? {}).to;
  if (!Number.isFinite(end))
    throw new ArgumentError(
      'query.filters.created',
      'has no upper bound',
      'Give the query of a window, as feed.query(window) returns it.',
    );
  return paged<Activity, ScanPage>(async function* pages(token) {
    for (;;) {
      let begun = false;
      const attempt = scanActivities(transport, scan, options);
      for await (const page of attempt.byPage(token === undefined ? {} : { continuationToken: token })) {
        if (!begun) await confirmTime(transport, options);
        begun ||= end < transport.now();
        if (!begun) break;
        yield page;
      }
      if (begun) return;
      await clock.sleep(end - transport.now() + 1, options.abortSignal);
    }
  });
}
