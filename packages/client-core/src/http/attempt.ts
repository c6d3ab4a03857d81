import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  RateLimitError,
  ResponseFormatError,
} from '../errors.js';
import type { ConnectionErrorCode } from '../errors.js';

/** What a service's error answer means, as far as its client can tell. */
export interface ErrorDescription {
  code?: string | undefined;
  /** The service's words; never content. */
  message?: string | undefined;
  /** What the caller should do next. */
  hint?: string | undefined;
  /** The service throttles, whatever the status says. */
  throttled?: boolean;
  /** A wait that the body asks for, in milliseconds. */
  retryAfterInMs?: number | undefined;
  /** Overrules the status: `once` allows one more attempt. */
  retryable?: boolean | 'once';
  requestId?: string | undefined;
}

/** Why an attempt did not succeed, and whether another may. Internal: never leaves `http.ts`. */
export class AttemptFailure extends Error {
  readonly error: ApiError;
  readonly retry: boolean | 'once';
  readonly throttled: boolean;

  constructor(error: ApiError, retry: boolean | 'once', throttled = false) {
    super('attempt failed');
    this.error = error;
    this.retry = retry;
    this.throttled = throttled;
  }
}

export interface FailedReply {
  operation: string;
  status: number;
  text: string;
  retryAfterInMs: number | undefined;
  requestId: string | undefined;
  idempotent: boolean;
}

/** An answer other than 2xx as our error. */
export function failureOfReply(reply: FailedReply, says: ErrorDescription): AttemptFailure {
  const { operation, status, idempotent } = reply;
  const throttled = says.throttled ?? status === 429;
  const words = [says.code, says.message].filter(Boolean).join(': ');
  const message = [
    `${operation} was answered ${status}${words ? ` (${words})` : ''}.`,
    says.hint ?? defaultHint(status, throttled),
  ].join(' ');
  const details = {
    status,
    code: says.code,
    requestId: says.requestId ?? reply.requestId,
    retryAfterInMs: reply.retryAfterInMs ?? says.retryAfterInMs,
    body: reply.text,
  };
  if (status === 407)
    return new AttemptFailure(
      new ConnectionError(`${operation} was answered 407. ${hints.proxy}`, { code: 'proxy', status }),
      false,
    );
  const error = throttled
    ? new RateLimitError(message, details)
    : status === 401 || status === 403
      ? new AuthenticationError(message, details)
      : new ApiError(message, details);
  const passing = throttled || (idempotent && (status === 408 || status >= 500));
  return new AttemptFailure(error, says.retryable ?? passing, throttled);
}

function defaultHint(status: number, throttled: boolean): string {
  if (throttled) return 'Other programs may share the quota: lower requestsPerMinute or try later.';
  if (status === 401) return 'The token was not accepted: check audience, tenant and cloud.';
  if (status === 403) return 'Check the permissions of this identity.';
  if (status >= 300 && status < 400) return 'The endpoint redirects: check the URL.';
  if (status >= 500) return 'The service failed; it is safe to try again later.';
  return 'See the body property for the whole answer.';
}

const codes: readonly [RegExp, ConnectionErrorCode][] = [
  [/^(ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/, 'refused'],
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/, 'dns'],
  [/^(ETIMEDOUT|UND_ERR_(HEADERS|BODY)_TIMEOUT)$/, 'timeout'],
  [/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^ERR_(TLS|SSL)|DEPTH_ZERO/, 'tls'],
];

/** Words of undici and of Node's own agents for a CONNECT that was not answered 200. */
const refusingProxy = /proxy response|tunnel(l)?ing|proxy authentication|establish tunnel/i;
const busyProxy = /response \(5\d\d\)/;

const hints: Record<ConnectionErrorCode, string> = {
  timeout: 'Raise timeoutInMs, or ask for less at once.',
  reset: 'The connection broke; check the network and try again.',
  refused: 'No connection was made; check the endpoint, the network and firewalls.',
  dns: 'The host name could not be resolved; check the endpoint, and NODE_USE_ENV_PROXY=1 with HTTPS_PROXY behind a proxy.',
  tls: 'The certificate is not trusted; behind an inspecting proxy point NODE_EXTRA_CA_CERTS at its CA certificate.',
  proxy: 'The proxy refused; on 407 put user and password into HTTPS_PROXY, or list the host in NO_PROXY.',
};

/** An error thrown by fetch as ours. Keeps only the socket's error as cause: others print the request. */
export function failureOfThrow(thrown: unknown, operation: string, idempotent: boolean): AttemptFailure {
  if (thrown instanceof AttemptFailure) return thrown;
  // A client's own check of the answer: repeating a read may give a whole one.
  if (ApiError.isInstance(thrown)) return new AttemptFailure(thrown, idempotent);
  const causes = chain(thrown);
  const code = connectionCode(causes);
  const detail = causes.map((one) => one.code).find((one) => typeof one === 'string');
  const error = new ConnectionError(
    `${operation} got no whole answer (${code}${detail ? `, ${detail}` : ''}). ${hints[code]}`,
    { code, cause: causes.at(-1) === thrown && !detail ? undefined : causes.at(-1) },
  );
  // No proxy, no connection, no name: the service has seen nothing.
  const sureNothingHappened = code === 'refused' || code === 'dns' || code === 'proxy';
  const busy = causes.some(({ message }) => typeof message === 'string' && busyProxy.test(message));
  const final = code === 'tls' || (code === 'proxy' && !busy);
  const retry = !final && (idempotent || sureNothingHappened);
  return new AttemptFailure(error, retry);
}

type Coded = { name?: unknown; code?: unknown; message?: unknown; cause?: unknown };

function chain(thrown: unknown): Coded[] {
  const all: Coded[] = [];
  for (let one = thrown as Coded | undefined; one && typeof one === 'object' && all.length < 5;)
    (all.push(one), (one = one.cause as Coded | undefined));
  return all;
}

function connectionCode(causes: readonly Coded[]): ConnectionErrorCode {
  for (const { name, code, message } of causes) {
    if (name === 'TimeoutError') return 'timeout';
    if (typeof message === 'string' && refusingProxy.test(message)) return 'proxy';
    const known = codes.find(([pattern]) => typeof code === 'string' && pattern.test(code));
    if (known) return known[1];
  }
  return 'reset';
}

/** Errors of attempts and of ky, as against those of limiter, credential and clock, which pass as they are. */
export function isKys(thrown: unknown): boolean {
  return (
    thrown instanceof AttemptFailure ||
    thrown instanceof TypeError ||
    ResponseFormatError.isInstance(thrown) ||
    (thrown instanceof Error && /^(TimeoutError|NetworkError|HTTPError|AbortError)$/.test(thrown.name))
  );
}

/** A wait that the caller's patience does not cover. */
export function tooLong(operation: string, { error }: AttemptFailure, patience: number): RateLimitError {
  const seconds = Math.ceil((error.retryAfterInMs ?? 0) / 1000);
  return new RateLimitError(
    `${operation}: the service asks to wait ${seconds} s, longer than retry.maxRetryAfterInMs (${patience}). Try again after that time.`,
    {
      status: error.status,
      code: error.code,
      requestId: error.requestId,
      retryAfterInMs: error.retryAfterInMs,
      body: error.body,
    },
  );
}
