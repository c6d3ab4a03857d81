import { ArgumentError, createFingerprint } from '@repo/client-core';
import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import type { AlertFilters } from '../filters/alert-filters.js';
import type { RawFilters } from '../filters/operators.js';
import type { Transport } from '../http/transport.js';
import type { Alert } from '../models/alert.js';
import { checkReason, checkRequest, sendClose } from './close-alerts.js';
import type { CloseDetails, CloseResult } from './close-alerts.js';
import { closeCalls } from './close-kinds.js';
import type { BenignReason, CloseKind, FalsePositiveReason } from './close-kinds.js';
import { splitIds } from './send-chunks.js';

/** Which alerts a plan closes, and how. */
export interface PlanCloseRequest extends CloseDetails {
  /** What the alerts turned out to be. */
  as: CloseKind;
  /** At least one field. */
  filters?: AlertFilters | undefined;
  rawFilters?: RawFilters | undefined;
  /** For `benign` and `falsePositive`. */
  reason?: BenignReason | FalsePositiveReason | undefined;
  /** More matches than this are an ArgumentError. Default 1000. */
  maxAlerts?: number | undefined;
}

/** An alert as it was before it was closed: what is needed to put it back. */
export interface AlertBefore {
  id: string;
  title: string | undefined;
  statusValue: number | undefined;
  resolutionStatusValue: number | undefined;
}

/** Exactly these alerts, whatever the filters match later. Plain JSON: show it, store it, have it approved. */
export interface ClosePlan {
  as: CloseKind;
  details: CloseDetails & { reason?: number | undefined };
  count: number;
  alerts: readonly AlertBefore[];
  /** Binds `apply` to this list. */
  checksum: string;
}

export interface AppliedPlan extends CloseResult {
  /** The alerts that were closed, as they were before. */
  undo: readonly AlertBefore[];
}

const requestNames = [
  'as',
  'filters',
  'rawFilters',
  'reason',
  'maxAlerts',
  'comment',
  'sendFeedback',
  'feedbackText',
  'allowContact',
  'contactEmail',
];

type List = (
  query: { filters?: AlertFilters | undefined; rawFilters?: RawFilters | undefined },
  options?: OperationOptions,
) => PagedAsyncIterable<Alert>;

/** Lists what a close would change, and changes nothing. */
export async function planClose(
  list: List,
  request: PlanCloseRequest,
  options?: OperationOptions,
): Promise<ClosePlan> {
  checkRequest(request, requestNames);
  const { as, filters, rawFilters, maxAlerts = 1000, ...details } = request;
  checkKind(as, 'request.as');
  checkReason(as, details.reason);
  if (Object.keys({ ...filters, ...rawFilters }).length === 0)
    throw new ArgumentError('request.filters', 'is empty', 'It would plan to close every alert there is.');
  const alerts: AlertBefore[] = [];
  for await (const { _id, title, statusValue, resolutionStatusValue } of list(
    { filters, rawFilters },
    options,
  )) {
    if (alerts.length >= maxAlerts)
      throw new ArgumentError(
        'request.filters',
        `match more than ${maxAlerts} alerts`,
        'Narrow the filters, or raise maxAlerts.',
      );
    alerts.push({ id: _id, title, statusValue, resolutionStatusValue });
  }
  const plan = { as, details, count: alerts.length, alerts };
  return { ...plan, checksum: getChecksum(plan) };
}

/** Closes exactly the alerts of the plan. */
export async function applyPlan(
  transport: Transport,
  plan: ClosePlan,
  options?: OperationOptions,
): Promise<AppliedPlan> {
  if (typeof plan !== 'object' || (plan as unknown) === null || !Array.isArray(plan.alerts))
    throw new ArgumentError('plan', 'is not a plan', 'Give what planClose returned.');
  if (plan.checksum !== getChecksum(plan) || plan.count !== plan.alerts.length)
    throw new ArgumentError('plan', 'was changed after it was made', 'Plan again with other filters.');
  checkKind(plan.as, 'plan.as');
  checkReason(plan.as, plan.details.reason);
  if (plan.alerts.length === 0) return { closed: 0, notFound: [], undo: [] };
  const chunks = splitIds(
    plan.alerts.map(({ id }) => id),
    'plan.alerts',
  );
  const result = await sendClose(transport, plan.as, chunks, plan.details, options);
  const missing = new Set(result.notFound);
  return { ...result, undo: plan.alerts.filter(({ id }) => !missing.has(id)) };
}

function checkKind(kind: CloseKind, path: string): void {
  if (!Object.hasOwn(closeCalls, kind))
    throw new ArgumentError(path, 'is not known', `Use ${Object.keys(closeCalls).join(', ')}.`);
}

function getChecksum({ as, details, alerts }: Omit<ClosePlan, 'checksum' | 'count'>): string {
  return createFingerprint({ as, details, ids: alerts.map(({ id }) => id) });
}
