import { ArgumentError } from '@repo/client-core';
import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import { activityFilterRules } from '../filters/activity-filters.js';
import { followActivities } from '../feed/follow-activities.js';
import { confirmTime } from '../http/confirm-time.js';
import type { FollowActivitiesOptions, ActivityPage } from '../feed/follow-activities.js';
import type { ActivityFilters } from '../filters/activity-filters.js';
import { toRawFilters } from '../filters/to-raw-filters.js';
import type { RawFilters } from '../filters/operators.js';
import { listPages } from '../lists/list-pages.js';
import type { ListPage, ListPaging } from '../lists/list-pages.js';
import type { Activity } from '../models/activity.js';
import { readNothing, readRecord, segment } from '../http/read-reply.js';
import { scanActivities } from '../scan/scan-activities.js';
import { scanClosedWindow } from '../scan/scan-closed-window.js';
import { checkScan } from '../scan/scan-query.js';
import type { ScanPage, ScanQuery } from '../scan/scan-query.js';
import { absolute } from '../scan/fix-window.js';
import type { Transport } from '../http/transport.js';

export interface ActivityListQuery extends ListPaging<'date' | 'created'> {
  filters?: ActivityFilters | undefined;
  rawFilters?: RawFilters | undefined;
}

/** What one thinks of an activity. The service documents no answer to it. */
export interface ActivityFeedback {
  /** A code as text; the documented sample sends `0`. */
  feedbackValue?: string | undefined;
  feedbackText?: string | undefined;
  allowContact?: boolean | undefined;
  contactEmail?: string | undefined;
}

/** Activities: what users and administrators did in the connected applications. */
export interface Activities {
  /**
   * Reads any number of activities, 5000 a page, none lost and none twice: the window is fixed before the first page,
   * and the scan ends only when the service says so. Throws ResponseFormatError rather than ending early.
   * @throws ArgumentError when nothing bounds the time, unless `unbounded: true`.
   */
  scan(query: ScanQuery, options?: OperationOptions): PagedAsyncIterable<Activity, ScanPage>;
  /**
   * A scan of one window of ingestion time: `created` with both bounds, as `feed.query(window)` returns it. Its pages come only
   * once the service's own clock has passed the window's end; a machine whose clock is ahead would miss what is saved
   * after it looked. Waits for that, and asks again.
   */
  scanWindow(query: ScanQuery, options?: OperationOptions): PagedAsyncIterable<Activity, ScanPage>;
  /**
   * New activities as the service saves them, in pages with what to store for each. Late arrivals are met by slices
   * that overlap, repeated ones left out by a ledger. An idle tenant costs one request per poll.
   */
  follow(options?: FollowActivitiesOptions): AsyncIterable<ActivityPage>;
  /** The first few thousand matches, 100 a page; for more use `scan`. */
  list(
    query?: ActivityListQuery,
    options?: OperationOptions,
  ): PagedAsyncIterable<Activity, ListPage<Activity>>;
  /** One activity by its `_id`. */
  get(id: string, options?: OperationOptions): Promise<Activity>;
  /** Tells Microsoft about an activity. Not retried when its fate is unclear. */
  sendFeedback(id: string, feedback: ActivityFeedback, options?: OperationOptions): Promise<void>;
}

export function createActivities(transport: Transport): Activities {
  const { clock } = transport;
  const activities: Activities = {
    scan: (query, options = {}) => scanActivities(transport, checkScan(query), options),
    scanWindow: (query, options = {}) => scanClosedWindow(transport, clock, query, options),
    follow: (options = {}) =>
      followActivities(
        {
          clock,
          now: transport.now,
          confirmTime: (calls) => confirmTime(transport, calls),
          scanWindow: activities.scanWindow,
        },
        options,
      ),
    list({ filters, rawFilters, ...paging } = {}, options) {
      return listPages<Activity>(
        transport,
        {
          operation: 'activities.list',
          path: '/api/v1/activities/',
          timeFields: {
            date: { filter: 'date', record: 'timestamp' },
            created: { filter: 'created', record: 'created' },
          },
          filters: absolute(toRawFilters(filters, activityFilterRules, rawFilters), transport.now()),
          paging,
        },
        options,
      );
    },
    async get(id, options) {
      const operation = 'activities.get';
      return transport.send<Activity>(
        {
          operation,
          method: 'GET',
          path: `/api/v1/activities/${segment('id', id)}/`,
          idempotent: true,
          parse: (reply) => readRecord(reply, operation) as Activity,
        },
        options,
      );
    },
    async sendFeedback(id, feedback, options) {
      if (typeof feedback !== 'object' || feedback === null)
        throw new ArgumentError('feedback', 'is missing', 'Give at least feedbackText.');
      await transport.send(
        {
          operation: 'activities.sendFeedback',
          method: 'POST',
          // The one documented path without a slash at its end.
          path: `/api/v1/activities/${segment('id', id)}/feedback`,
          body: feedback,
          idempotent: false,
          change: id,
          parse: (reply) => readNothing(reply, 'activities.sendFeedback'),
        },
        options,
      );
    },
  };
  return activities;
}
