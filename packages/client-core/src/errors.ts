/** On every error of ours, the kinds of all its classes: several copies of this module may be installed. */
const kinds: unique symbol = Symbol.for('audit-sdk.error-kinds');

export interface AuditSdkErrorDetails {
  code: string;
  retryable: boolean;
  operation?: string | undefined;
  host?: string | undefined;
  contentType?: string | undefined;
  cause?: unknown;
}

/**
 * The root of every public error of every package. A message says what happened, in which call, to which host or
 * content type, and what to do next; it never holds a secret or the content of a record.
 */
export abstract class AuditSdkError extends Error {
  /** Identifies the class. Stated by each subclass: minifiers rename classes. */
  static readonly kind: string = 'AuditSdkError';

  /** The service's own code where it gave one, for example `AF20022`; otherwise one of the class. */
  readonly code: string;
  /** Whether the same call may succeed later without a change of arguments, permissions or configuration. */
  readonly retryable: boolean;
  /** The method that was called, for example `activities.scan`. */
  declare readonly operation?: string;
  /** The host that was called. */
  declare readonly host?: string;
  /** The audit content type the call was about, for example `Audit.Exchange`. */
  declare readonly contentType?: string;

  constructor(message: string, details: AuditSdkErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    const lineage = getKinds(new.target);
    Object.defineProperty(this, 'name', { value: lineage[0], configurable: true, writable: true });
    Object.defineProperty(this, kinds, { value: lineage });
    this.code = details.code;
    this.retryable = details.retryable;
    if (details.operation !== undefined) this.operation = details.operation;
    if (details.host !== undefined) this.host = details.host;
    if (details.contentType !== undefined) this.contentType = details.contentType;
  }

  /**
   * Like `instanceof`, and true across several installed copies of a package. Call it on a class
   * (`ApiError.isInstance(error)`); it cannot be passed on without its class.
   */
  static isInstance<T extends AuditSdkError>(
    this: { readonly kind: string; readonly prototype: T },
    value: unknown,
  ): value is T {
    return (
      value instanceof Error && ((value as { [kinds]?: readonly string[] })[kinds] ?? []).includes(this.kind)
    );
  }
}

/** The kinds of a class and its ancestors, the most specific first. */
function getKinds(newest: unknown): string[] {
  const found: string[] = [];
  for (let current = newest; current && current !== Error; current = Object.getPrototypeOf(current))
    if (Object.hasOwn(current, 'kind')) found.push((current as { kind: string }).kind);
  return found;
}

/** The message of an error that is wrapped, for the message of the one that wraps it. */
export function getReason(cause: unknown): string {
  if (cause instanceof Error) return cause.message || cause.name;
  return typeof cause === 'string' && cause !== '' ? cause : 'no reason given';
}

/** An argument is wrong; nothing was sent. Its `code` is `InvalidArgument`. */
export class ArgumentError extends AuditSdkError {
  static override readonly kind: string = 'ArgumentError';
  /** Which argument, for example `options.cloud`. */
  readonly path: string;
  /** What to do instead. */
  readonly hint: string;

  constructor(path: string, problem: string, hint: string) {
    super(`${path}: ${problem}. ${hint}`, { code: 'InvalidArgument', retryable: false });
    this.path = path;
    this.hint = hint;
  }
}

export interface ApiErrorDetails {
  status?: number | undefined;
  /** The service's own code, for example `AF20022` or `InvalidStream`. */
  code?: string | undefined;
  /** Default: by the status (408, 429 and 5xx are). */
  retryable?: boolean | undefined;
  operation?: string | undefined;
  host?: string | undefined;
  contentType?: string | undefined;
  /** The service's request id, else the one that was sent. */
  requestId?: string | undefined;
  /** How long the service asked to wait, in milliseconds. */
  retryAfterInMs?: number | undefined;
  /** The response text, for responses other than 2xx; truncated to 4 KiB. */
  body?: string | undefined;
  cause?: unknown;
}

const maxBodyChars = 4096;

function isTransientStatus(status: number | undefined): boolean {
  return status === 408 || status === 429 || (status !== undefined && status >= 500);
}

/** A call to the service failed. Its `code` is the service's own, else `Http` and the status. */
export class ApiError extends AuditSdkError {
  static override readonly kind: string = 'ApiError';
  declare readonly status?: number;
  declare readonly requestId?: string;
  declare readonly retryAfterInMs?: number;
  /** The response text (other than 2xx), at most 4 KiB. Not enumerable: it stays out of logs that print errors. */
  declare readonly body?: string;

  constructor(message: string, details: ApiErrorDetails = {}) {
    const { status, body } = details;
    super(message, {
      ...details,
      code: details.code ?? (status === undefined ? 'RequestFailed' : `Http${status}`),
      retryable: details.retryable ?? isTransientStatus(status),
    });
    if (status !== undefined) this.status = status;
    if (details.requestId !== undefined) this.requestId = details.requestId;
    if (details.retryAfterInMs !== undefined) this.retryAfterInMs = details.retryAfterInMs;
    if (body !== undefined)
      Object.defineProperty(this, 'body', { value: body.slice(0, maxBodyChars), enumerable: false });
  }
}

/** The service or the identity provider did not accept the identity, or its permissions. */
export class AuthenticationError extends ApiError {
  static override readonly kind: string = 'AuthenticationError';

  constructor(message: string, details: ApiErrorDetails = {}) {
    const fallback = details.status === undefined ? 'AuthenticationFailed' : undefined;
    super(message, { ...details, code: details.code ?? fallback });
  }
}

/** The service throttles, and longer than the caller is willing to wait. */
export class RateLimitError extends ApiError {
  static override readonly kind: string = 'RateLimitError';

  constructor(message: string, details: ApiErrorDetails = {}) {
    super(message, { ...details, code: details.code ?? 'RateLimited', retryable: details.retryable ?? true });
  }
}

export type ConnectionErrorCode = 'timeout' | 'reset' | 'refused' | 'dns' | 'tls' | 'proxy';

/** No whole response arrived. Retryable unless its code is `tls` or `proxy`. */
export class ConnectionError extends ApiError {
  static override readonly kind: string = 'ConnectionError';
  declare readonly code: ConnectionErrorCode;
  /** Of a stream that broke: how many records had been handed out before. */
  declare readonly recordsYielded?: number;

  constructor(
    message: string,
    details: ApiErrorDetails & { code: ConnectionErrorCode; recordsYielded?: number | undefined },
  ) {
    const { code } = details;
    super(message, { ...details, retryable: details.retryable ?? (code !== 'tls' && code !== 'proxy') });
    if (details.recordsYielded !== undefined) this.recordsYielded = details.recordsYielded;
  }
}

export interface ResponseFormatErrorDetails extends ApiErrorDetails {
  offset?: number | undefined;
  length?: number | undefined;
  mediaType?: string | undefined;
}

/** A response arrived that is not what the service documents. Never carries content. */
export class ResponseFormatError extends ApiError {
  static override readonly kind: string = 'ResponseFormatError';
  /** Where the problem is, in bytes from the start. */
  declare readonly offset?: number;
  /** Length of the response in bytes. */
  declare readonly length?: number;
  /** The Content-Type header of the response. */
  declare readonly mediaType?: string;

  constructor(message: string, details: ResponseFormatErrorDetails = {}) {
    super(message, {
      ...details,
      code: details.code ?? 'InvalidResponse',
      retryable: details.retryable ?? true,
    });
    if (details.offset !== undefined) this.offset = details.offset;
    if (details.length !== undefined) this.length = details.length;
    if (details.mediaType !== undefined) this.mediaType = details.mediaType;
  }
}
