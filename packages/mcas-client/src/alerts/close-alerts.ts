import { ApiError, ArgumentError, ConnectionError, ResponseFormatError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import { BulkError } from './bulk-error.js';
import type { BulkOutcome } from './bulk-error.js';
import { toRawFilters } from '../filters/to-raw-filters.js';
import type { RawFilters } from '../filters/operators.js';
import { alertFilterRules } from '../filters/alert-filters.js';
import type { AlertFilters } from '../filters/alert-filters.js';
import { readRecord } from '../http/read-reply.js';
import type { Transport } from '../http/transport.js';

/** Why an alert is benign, with the service's numbers. */
export const BenignReason = { LowerSeverity: 2, Other: 4, ConfirmedWithUser: 5, Test: 6 } as const;
export type BenignReason = (typeof BenignReason)[keyof typeof BenignReason];

/** Why an alert is a false positive, with the service's numbers. */
export const FalsePositiveReason = { NotOfInterest: 0, TooManySimilar: 1, NotAccurate: 3, Other: 4 } as const;
export type FalsePositiveReason = (typeof FalsePositiveReason)[keyof typeof FalsePositiveReason];

/** Which alerts: ids, or, since that closes whatever matches, filters under a name that says so. */
export type AlertSelection =
  | { ids: readonly string[]; dangerouslyUseFilters?: never }
  | { ids?: never; dangerouslyUseFilters: AlertFilters };

export interface CloseDetails {
  comment?: string;
  sendFeedback?: boolean;
  feedbackText?: string;
  allowContact?: boolean;
  contactEmail?: string;
}

export type CloseWithReason<Reason> = AlertSelection & CloseDetails & { reason?: Reason };

export interface CloseResult {
  closed: number;
  notFound: string[];
}

const chunkSize = 100;

/** Closes in chunks of 100, one after another; never repeats a chunk whose fate is unclear. */
export async function closeAlerts(
  transport: Transport,
  state: 'benign' | 'false_positive' | 'true_positive',
  request: CloseWithReason<number>,
  options: OperationOptions = {},
): Promise<CloseResult> {
  const operation = `alerts.close_${state}`;
  const { ids, dangerouslyUseFilters, reason, ...details } = checked(request, state);
  const chunks = chunksOf(ids, dangerouslyUseFilters);
  const outcome: BulkOutcome = { closed: 0, notFound: [], rejected: [], unknown: [], notSent: [] };
  for (const [at, chunk] of chunks.entries()) {
    let sent = false;
    try {
      const { closed, notFound } = await transport.send(
        {
          operation,
          method: 'POST',
          path: `/api/v1/alerts/close_${state}/`,
          body: { ...details, ...(reason !== undefined && { reasonId: reason }), filters: chunk.filters },
          idempotent: false,
          change: chunk.ids.length > 0 ? chunk.ids.join(' ') : 'all that match filters',
          onAttempt: () => void (sent = true),
          parse: (reply) =>
            countOf(readRecord(reply, operation) as Record<string, unknown>, state, operation),
        },
        options,
      );
      outcome.closed += closed;
      outcome.notFound.push(...notFound);
    } catch (error) {
      outcome[sent ? fateOf(error) : 'notSent'].push(...chunk.ids);
      outcome.notSent.push(...chunks.slice(at + 1).flatMap((one) => one.ids));
      throw new BulkError(operation, outcome, error);
    }
  }
  return { closed: outcome.closed, notFound: outcome.notFound };
}

const reasons: Readonly<Record<string, readonly number[]>> = {
  benign: Object.values(BenignReason),
  false_positive: Object.values(FalsePositiveReason),
  true_positive: [],
};
const known = new Set(
  'ids dangerouslyUseFilters reason comment sendFeedback feedbackText allowContact contactEmail'.split(' '),
);

/** A field that is not known may be one that widens what is closed: types do not stop it in a variable. */
function checked(request: CloseWithReason<number>, state: string): CloseWithReason<number> {
  if (typeof request !== 'object' || (request as unknown) === null)
    throw new ArgumentError('request', 'is missing', 'Say which alerts: { ids }.');
  for (const name of Object.keys(request))
    if (!known.has(name))
      throw new ArgumentError(`request.${name}`, 'is not known', `Use ${[...known].join(', ')}.`);
  const { reason } = request;
  const allowed = reasons[state] ?? [];
  if (reason !== undefined && !allowed.includes(reason))
    throw new ArgumentError(
      'request.reason',
      `is ${String(reason)}`,
      allowed.length > 0 ? `The service knows ${allowed.join(', ')} here.` : 'There is none for this.',
    );
  return request;
}

/** How many the service says it has closed. An answer that does not say leaves the fate of all of them open. */
function countOf(answer: Record<string, unknown>, state: string, operation: string): CloseResult {
  const { [`closed_${state}`]: closed, alertsNotFound } = answer;
  if (typeof closed !== 'number')
    throw new ResponseFormatError(`${operation}: the answer does not say how many alerts were closed.`);
  return { closed, notFound: Array.isArray(alertsNotFound) ? alertsNotFound.map(String) : [] };
}

function fateOf(error: unknown): 'rejected' | 'unknown' | 'notSent' {
  if (ConnectionError.isInstance(error)) return /^(refused|dns)$/.test(error.code) ? 'notSent' : 'unknown';
  const { status = 0 } = ApiError.isInstance(error) ? error : {};
  return status >= 300 && status < 500 ? 'rejected' : 'unknown';
}

function chunksOf(
  ids: readonly string[] | undefined,
  filters: AlertFilters | undefined,
): { ids: readonly string[]; filters: RawFilters }[] {
  if (ids && filters) throw new ArgumentError('request', 'has ids and filters', 'Give one of them.');
  if (filters) {
    const raw = toRawFilters(filters, alertFilterRules, undefined, 'request.dangerouslyUseFilters');
    // The service would take no filters as all alerts.
    if (Object.keys(raw).length === 0)
      throw new ArgumentError(
        'request.dangerouslyUseFilters',
        'is empty',
        'It would close every alert there is.',
      );
    return [{ ids: [], filters: raw }];
  }
  if (!Array.isArray(ids) || ids.length === 0 || ids.some((id) => typeof id !== 'string' || id === ''))
    throw new ArgumentError(
      'request.ids',
      'is no list of ids',
      'Give the _id of each alert, or dangerouslyUseFilters to close all that match.',
    );
  const unique = [...new Set(ids as string[])];
  return Array.from({ length: Math.ceil(unique.length / chunkSize) }, (_, at) => {
    const chunk = unique.slice(at * chunkSize, (at + 1) * chunkSize);
    return { ids: chunk, filters: { id: { eq: chunk } } };
  });
}
