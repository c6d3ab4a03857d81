import { ApiError, ConnectionError } from '@repo/client-core';
import type { RowStatus } from '../writer/row-status.js';

/** What the events of a body's attempts have told. */
export interface Traces {
  attempts: number;
  /** An attempt has begun, and nothing was heard of it. */
  open: boolean;
  /** An earlier attempt got no clear answer: a later refusal says nothing about that one. */
  doubt: boolean;
  /** Status of the last answer. */
  status: number | undefined;
  /** A page came instead of an answer. */
  page: boolean;
}

/** Of rows whose body was not taken. */
export function getRowStatus(thrown: unknown, traces: Traces): Exclude<RowStatus, 'accepted' | 'invalid'> {
  if (traces.doubt || traces.page) return 'unknown';
  if (traces.attempts === 0) return 'notSent';
  if (traces.open)
    return leavesDoubt(ConnectionError.isInstance(thrown) ? thrown.code : '') ? 'unknown' : 'notSent';
  if (leavesDoubt(traces.status ?? 0)) return 'unknown';
  // Refused, and given up before the next attempt: only an abort does that.
  return ApiError.isInstance(thrown) ? 'rejected' : 'notSent';
}

/** Whether the service may have taken an attempt that ended so. */
export function leavesDoubt(reason: number | string): boolean {
  return typeof reason === 'number'
    ? reason === 408 || reason >= 500
    : !['refused', 'dns', 'tls', 'proxy'].includes(reason);
}

/** Answers to bodies that are too large. The last two are documented beside 413; the status of the first is not known. */
const sizeCodes =
  /^(PayloadSizeLimitExceeded|ContentLengthLimitExceeded|TimeoutExpired|ReadyBody_ClientConnectionAbort)$/;

export function isTooLarge(thrown: unknown): boolean {
  return ApiError.isInstance(thrown) && (thrown.status === 413 || sizeCodes.test(thrown.code));
}

const aboutRequest =
  /^(InvalidStream|NotFound|MissingLogType|InvalidLogType|InvalidApiVersion|MissingApiVersion|InvalidCustomerId|InactiveCustomer|MissingContentType|UnsupportedContentType)$/;

/** A refusal that a smaller part of the batch may escape: not one about stream, rule or headers. */
export function isAboutRows(thrown: unknown): boolean {
  return ApiError.isInstance(thrown) && thrown.status === 400 && !aboutRequest.test(thrown.code);
}

export function getReason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'unknown failure';
}
