import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import { closeAlerts } from '../alerts/close-alerts.js';
import type { AlertSelection, CloseDetails, CloseResult, CloseWithReason } from '../alerts/close-alerts.js';
import type { BenignReason, FalsePositiveReason } from '../alerts/close-kinds.js';
import { applyPlan, planClose } from '../alerts/plan-close.js';
import type { AppliedPlan, ClosePlan, PlanCloseRequest } from '../alerts/plan-close.js';
import { reopenAlerts } from '../alerts/reopen-alerts.js';
import type { ReopenRequest } from '../alerts/reopen-alerts.js';
import { followAlerts } from '../alerts/follow-alerts.js';
import type { FollowAlertsOptions, AlertPage } from '../alerts/follow-alerts.js';
import { toRawFilters } from '../filters/to-raw-filters.js';
import type { RawFilters } from '../filters/operators.js';
import { alertFilterRules } from '../filters/alert-filters.js';
import type { AlertFilters } from '../filters/alert-filters.js';
import { listPages } from '../lists/list-pages.js';
import type { ListPage, ListPaging } from '../lists/list-pages.js';
import type { Alert } from '../models/alert.js';
import { readNothing, readRecord, segment } from '../http/read-reply.js';
import { absolute } from '../scan/fix-window.js';
import type { Transport } from '../http/transport.js';

export interface AlertListQuery extends ListPaging<'date' | 'severity'> {
  filters?: AlertFilters | undefined;
  rawFilters?: RawFilters | undefined;
}

/**
 * Alerts and their states. Changes are sent once, in chunks of 100 ids: what may have happened is not repeated.
 * @throws BulkError when not all alerts of a close were reached, with the fate of each.
 */
export interface Alerts {
  /**
   * Sorted by `date` (the default) it is walked by time: alerts that leave the filter meanwhile hide no other. Sorted
   * otherwise by `skip`, going back when the last row has left.
   */
  list(query?: AlertListQuery, options?: OperationOptions): PagedAsyncIterable<Alert, ListPage<Alert>>;
  /**
   * New alerts, and those that have changed since they were handed out, in pages with what to store for each. A change
   * of an alert older than `overlapInMs` is seen when it is resolved.
   */
  follow(options?: FollowAlertsOptions): AsyncIterable<AlertPage>;
  /** One alert by its `_id`. */
  get(id: string, options?: OperationOptions): Promise<Alert>;
  closeBenign(request: CloseWithReason<BenignReason>, options?: OperationOptions): Promise<CloseResult>;
  closeFalsePositive(
    request: CloseWithReason<FalsePositiveReason>,
    options?: OperationOptions,
  ): Promise<CloseResult>;
  closeTruePositive(request: AlertSelection & CloseDetails, options?: OperationOptions): Promise<CloseResult>;
  /** Lists exactly what a close by these filters would change, and changes nothing: for `apply`. */
  planClose(request: PlanCloseRequest, options?: OperationOptions): Promise<ClosePlan>;
  /** Closes the alerts of a plan, and no other. The result holds how they were before. */
  apply(plan: ClosePlan, options?: OperationOptions): Promise<AppliedPlan>;
  /** Not in Microsoft's reference. */
  reopen(request: ReopenRequest, options?: OperationOptions): Promise<void>;
  markRead(id: string, options?: OperationOptions): Promise<void>;
  markUnread(id: string, options?: OperationOptions): Promise<void>;
}

export function createAlerts(transport: Transport): Alerts {
  const { clock } = transport;
  async function mark(id: string, state: 'read' | 'unread', options?: OperationOptions): Promise<void> {
    const operation = state === 'read' ? 'alerts.markRead' : 'alerts.markUnread';
    await transport.send(
      {
        operation,
        method: 'POST',
        path: `/api/v1/alerts/${segment('id', id)}/${state}/`,
        idempotent: false,
        change: id,
        parse: (reply) => readNothing(reply, operation),
      },
      options,
    );
  }

  const alerts: Alerts = {
    follow: (options = {}) =>
      followAlerts(alerts.list, { now: transport.now, sleep: clock.sleep.bind(clock) }, options),
    list({ filters, rawFilters, ...paging } = {}, options) {
      return listPages<Alert>(
        transport,
        {
          operation: 'alerts.list',
          path: '/api/v1/alerts/',
          timeFields: { date: { filter: 'date', record: 'timestamp' } },
          filters: absolute(toRawFilters(filters, alertFilterRules, rawFilters), transport.now()),
          paging,
        },
        options,
      );
    },
    get: async (id, options) =>
      transport.send(
        {
          operation: 'alerts.get',
          method: 'GET',
          path: `/api/v1/alerts/${segment('id', id)}/`,
          idempotent: true,
          parse: (reply) => readRecord(reply, 'alerts.get') as Alert,
        },
        options,
      ),
    closeBenign: (request, options) => closeAlerts(transport, 'benign', request, options),
    closeFalsePositive: (request, options) => closeAlerts(transport, 'falsePositive', request, options),
    closeTruePositive: (request, options) => closeAlerts(transport, 'truePositive', request, options),
    planClose: (request, options) => planClose(alerts.list, request, options),
    apply: (plan, options) => applyPlan(transport, plan, options),
    reopen: (request, options) => reopenAlerts(transport, request, options),
    markRead: (id, options) => mark(id, 'read', options),
    markUnread: (id, options) => mark(id, 'unread', options),
  };
  return alerts;
}
