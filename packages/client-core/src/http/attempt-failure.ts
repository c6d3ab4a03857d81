import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  RateLimitError,
  ResponseFormatError,
} from '../errors.js';
import { createConnectionFailure, proxyHint } from './connection-failure.js';
import { ResponseTooLarge } from './exchange.js';
import type { ErrorDescription, HttpCall } from './http-types.js';
import type { Redact } from '../auth/redactor.js';

/** Why an attempt did not succeed, and whether another one may follow. Internal: never leaves this folder. */
export class AttemptFailure extends Error {
  readonly error: ApiError;
  /** `once` allows one more attempt. */
  readonly retry: boolean | 'once';
  readonly throttled: boolean;

  constructor(error: ApiError, retry: boolean | 'once', throttled = false) {
    super('attempt failed');
    this.error = error;
    this.retry = retry;
    this.throttled = throttled;
  }
}

/** The parts of a call that its errors name. */
export type CallContext = Pick<HttpCall, 'operation' | 'idempotent' | 'contentType'> & { host: string };

export interface FailedReply {
  status: number;
  text: string;
  retryAfterInMs: number | undefined;
  requestId: string | undefined;
}

/** A response other than 2xx as an error of ours. */
export function createReplyFailure(
  context: CallContext,
  reply: FailedReply,
  description: ErrorDescription,
): AttemptFailure {
  const { operation, host, contentType, idempotent } = context;
  const { status } = reply;
  const named = { operation, host, contentType };
  if (status === 407)
    return new AttemptFailure(
      new ConnectionError(`${operation} returned HTTP 407 from the proxy before ${host}. ${proxyHint}`, {
        ...named,
        code: 'proxy',
        status,
      }),
      false,
    );
  const throttled = description.throttled ?? status === 429;
  const transient = throttled || status === 408 || status >= 500;
  const retry = description.retryable ?? (throttled || (idempotent && transient));
  const reason = [description.code, description.message].filter(Boolean).join(': ');
  const message = [
    `${operation} returned HTTP ${status}${reason ? ` (${reason})` : ''}${contentType ? ` for ${contentType}` : ''} from ${host}.`,
    description.hint ?? getDefaultHint(status, throttled),
  ].join(' ');
  const ErrorClass = throttled
    ? RateLimitError
    : status === 401 || status === 403
      ? AuthenticationError
      : ApiError;
  const error = new ErrorClass(message, {
    ...named,
    status,
    code: description.code,
    retryable: description.retryable === undefined ? transient : description.retryable !== false,
    requestId: description.requestId ?? reply.requestId,
    retryAfterInMs: reply.retryAfterInMs ?? description.retryAfterInMs,
    body: reply.text,
  });
  return new AttemptFailure(error, retry, throttled);
}

function getDefaultHint(status: number, throttled: boolean): string {
  if (throttled) return 'Other programs may share the quota: lower requestsPerMinute or try later.';
  if (status === 401) return 'The token was not accepted: check scope, tenant and cloud.';
  if (status === 403) return 'Check the permissions of this identity.';
  if (status >= 300 && status < 400) return 'The endpoint redirects: check the URL.';
  if (status >= 500) return 'The service failed; it is safe to try again later.';
  return 'See the body property of this error for the whole response.';
}

/** What an attempt has thrown as a failure. Nothing that a transport throws is kept but the error of its socket. */
export function toAttemptFailure(thrown: unknown, context: CallContext, redact: Redact): AttemptFailure {
  if (thrown instanceof AttemptFailure) return thrown;
  if (thrown instanceof ResponseTooLarge) return createTooLargeFailure(thrown, context);
  // A client's own check of the response: another one may be whole.
  if (ApiError.isInstance(thrown)) {
    addContext(thrown, context);
    thrown.message = redact(thrown.message);
    return new AttemptFailure(thrown, context.idempotent);
  }
  const { error, nothingSent, retryable } = createConnectionFailure(thrown, context, redact);
  return new AttemptFailure(error, retryable && (context.idempotent || nothingSent));
}

function createTooLargeFailure(
  { limitInBytes }: ResponseTooLarge,
  { operation, host, contentType }: CallContext,
): AttemptFailure {
  return new AttemptFailure(
    new ResponseFormatError(
      `${operation}: the response of ${host} is longer than maxResponseBytes (${limitInBytes}). Ask for less at a time, or raise maxResponseBytes.`,
      { operation, host, contentType, code: 'ResponseTooLarge', retryable: false },
    ),
    false,
  );
}

/** An error made by a client's check names no call by itself. */
function addContext(error: ApiError, { operation, host, contentType }: CallContext): void {
  for (const [name, value] of Object.entries({ operation, host, contentType }))
    if (value !== undefined && !Object.hasOwn(error, name))
      Object.defineProperty(error, name, { value, enumerable: true });
}

/** A wait that is longer than the caller is willing to wait. */
export function createImpatientFailure(
  { operation, host, contentType }: CallContext,
  { error }: AttemptFailure,
  maxRetryAfterInMs: number,
): AttemptFailure {
  const seconds = Math.ceil((error.retryAfterInMs ?? 0) / 1000);
  return new AttemptFailure(
    new RateLimitError(
      `${operation}: ${host} asks to wait ${seconds} s, longer than retry.maxRetryAfterInMs (${maxRetryAfterInMs}). Try again after that time.`,
      {
        operation,
        host,
        contentType,
        status: error.status,
        code: error.code,
        requestId: error.requestId,
        retryAfterInMs: error.retryAfterInMs,
        body: error.body,
      },
    ),
    false,
  );
}
