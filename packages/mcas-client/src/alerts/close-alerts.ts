import { ArgumentError, ResponseFormatError } from '@repo/client-core';
import type { HttpReply, OperationOptions } from '@repo/client-core';
import { alertFilterRules } from '../filters/alert-filters.js';
import type { AlertFilters } from '../filters/alert-filters.js';
import { toRawFilters } from '../filters/to-raw-filters.js';
import { readRecord } from '../http/read-reply.js';
import type { Transport } from '../http/transport.js';
import { closeCalls } from './close-kinds.js';
import type { CloseKind } from './close-kinds.js';
import { sendChunks, splitIds } from './send-chunks.js';
import type { Chunk, ChunkResult } from './send-chunks.js';

/**
 * Which alerts: ids, or filters under a name that says what it does: whatever matches is closed. `planClose` shows what
 * that would be.
 */
export type AlertSelection =
  | { ids: readonly string[]; dangerouslyUseFilters?: never }
  | { ids?: never; dangerouslyUseFilters: AlertFilters };

export interface CloseDetails {
  comment?: string | undefined;
  sendFeedback?: boolean | undefined;
  feedbackText?: string | undefined;
  allowContact?: boolean | undefined;
  contactEmail?: string | undefined;
}

export type CloseWithReason<Reason> = AlertSelection & CloseDetails & { reason?: Reason | undefined };

export interface CloseResult {
  /** How many the service says it has closed. */
  closed: number;
  /** Ids that the service does not know. */
  notFound: string[];
}

const detailNames = ['comment', 'sendFeedback', 'feedbackText', 'allowContact', 'contactEmail'] as const;
const requestNames = ['ids', 'dangerouslyUseFilters', 'reason', ...detailNames];

/** Closes in chunks of 100, one after another; never repeats a chunk whose outcome is unclear. */
export async function closeAlerts(
  transport: Transport,
  kind: CloseKind,
  request: CloseWithReason<number>,
  options?: OperationOptions,
): Promise<CloseResult> {
  checkRequest(request, requestNames);
  checkReason(kind, request.reason);
  const { ids: _ids, dangerouslyUseFilters: _filters, reason, ...details } = request;
  return sendClose(transport, kind, toChunks(request), { reason, ...details }, options);
}

/** Sends a close of these chunks. */
export function sendClose(
  transport: Transport,
  kind: CloseKind,
  chunks: readonly Chunk[],
  { reason, ...details }: CloseDetails & { reason?: number | undefined },
  options?: OperationOptions,
): Promise<ChunkResult> {
  const { operation, path, counter } = closeCalls[kind];
  return sendChunks(
    transport,
    chunks,
    ({ ids, filters }) => ({
      operation,
      method: 'POST',
      path,
      body: { ...details, reasonId: reason, filters },
      idempotent: false,
      change: ids.length > 0 ? ids.join(' ') : 'all that match filters',
      parse: (reply) => readCount(reply, counter, operation),
    }),
    options,
  );
}

/** A field that is not known may be one that widens what is closed: types do not stop it in a variable. */
export function checkRequest(request: object, names: readonly string[]): void {
  if (typeof request !== 'object' || (request as unknown) === null)
    throw new ArgumentError('request', 'is missing', 'Say which alerts: { ids }.');
  for (const name of Object.keys(request))
    if (!names.includes(name))
      throw new ArgumentError(`request.${name}`, 'is not known', `Use ${names.join(', ')}.`);
}

export function checkReason(kind: CloseKind, reason: number | undefined): void {
  const { reasons } = closeCalls[kind];
  if (reason === undefined || reasons.includes(reason)) return;
  throw new ArgumentError(
    'request.reason',
    `is ${String(reason)}`,
    reasons.length > 0 ? `The service knows ${reasons.join(', ')} here.` : 'There is none for this.',
  );
}

function toChunks(request: CloseWithReason<number>): Chunk[] {
  const { ids, dangerouslyUseFilters: filters } = request;
  if (ids !== undefined && filters !== undefined)
    throw new ArgumentError('request', 'has ids and filters', 'Give one of them.');
  // A variable that is missing must not turn a close by ids into one by filters, nor the other way round.
  if (filters === undefined || Object.hasOwn(request, 'ids')) return splitIds(ids, 'request.ids');
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

/** An answer that does not say how many were closed leaves the outcome of all of them open. */
function readCount(reply: HttpReply, counter: string, operation: string): ChunkResult {
  const { [counter]: closed, alertsNotFound } = readRecord(reply, operation) as Record<string, unknown>;
  if (typeof closed !== 'number')
    throw new ResponseFormatError(`${operation}: the answer does not say how many alerts were closed.`, {
      operation,
    });
  return { closed, notFound: Array.isArray(alertsNotFound) ? alertsNotFound.map(String) : [] };
}
