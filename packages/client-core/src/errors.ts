/** Several copies of the clients may be installed: `isInstance` goes by a global symbol, not by class. */
const kinds: unique symbol = Symbol.for('audit-sdk.error-kinds');

function isKind(value: unknown, kind: string): boolean {
  return value instanceof Error && ((value as { [kinds]?: readonly string[] })[kinds] ?? []).includes(kind);
}

/** Every error of ours, with the names of all its classes where `isInstance` looks for them. */
function mark(error: Error, kind: string): void {
  error.name = kind;
  const known = (error as { [kinds]?: readonly string[] })[kinds] ?? [];
  Object.defineProperty(error, kinds, { value: [...known, kind], configurable: true });
}

/** An argument is wrong; nothing was sent. */
export class ArgumentError extends Error {
  /** Which argument, for example `options.cloud`. */
  readonly path: string;
  /** What to do instead. */
  readonly hint: string;

  constructor(path: string, problem: string, hint: string) {
    super(`${path}: ${problem}. ${hint}`);
    mark(this, 'ArgumentError');
    this.path = path;
    this.hint = hint;
  }

  static isInstance(value: unknown): value is ArgumentError {
    return isKind(value, 'ArgumentError');
  }
}

export interface ApiErrorDetails {
  status?: number | undefined;
  /** The service's own code, for example `AF20022` or `InvalidStream`. */
  code?: string | undefined;
  /** The service's request id, else the one that was sent. */
  requestId?: string | undefined;
  /** How long the service asked to wait, in milliseconds. */
  retryAfterInMs?: number | undefined;
  /** The answer's text, for answers other than 2xx; cut at 4 KiB. */
  body?: string | undefined;
  cause?: unknown;
}

const maxBodyChars = 4096;

/** A call to the service failed. The message says what happened, to which call, and what to do next. */
export class ApiError extends Error {
  declare readonly status?: number;
  declare readonly code?: string;
  declare readonly requestId?: string;
  declare readonly retryAfterInMs?: number;
  /** The answer's text (other than 2xx), at most 4 KiB. Not enumerable: it stays out of logs that print errors. */
  declare readonly body?: string;

  constructor(message: string, details: ApiErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    mark(this, 'ApiError');
    if (details.status !== undefined) this.status = details.status;
    if (details.code !== undefined) this.code = details.code;
    if (details.requestId !== undefined) this.requestId = details.requestId;
    if (details.retryAfterInMs !== undefined) this.retryAfterInMs = details.retryAfterInMs;
    if (details.body !== undefined)
      Object.defineProperty(this, 'body', { value: details.body.slice(0, maxBodyChars), enumerable: false });
  }

  static isInstance(value: unknown): value is ApiError {
    return isKind(value, 'ApiError');
  }
}

/** The service or the identity provider did not accept who we are, or what we may do. */
export class AuthenticationError extends ApiError {
  constructor(message: string, details?: ApiErrorDetails) {
    super(message, details);
    mark(this, 'AuthenticationError');
  }

  static override isInstance(value: unknown): value is AuthenticationError {
    return isKind(value, 'AuthenticationError');
  }
}

/** The service throttles, and longer than the caller is willing to wait. */
export class RateLimitError extends ApiError {
  constructor(message: string, details?: ApiErrorDetails) {
    super(message, details);
    mark(this, 'RateLimitError');
  }

  static override isInstance(value: unknown): value is RateLimitError {
    return isKind(value, 'RateLimitError');
  }
}

export type ConnectionErrorCode = 'timeout' | 'reset' | 'refused' | 'dns' | 'tls' | 'proxy';

/** No whole answer arrived. */
export class ConnectionError extends ApiError {
  declare readonly code: ConnectionErrorCode;
  /** Of a stream that broke: how many records had been handed out before. */
  declare readonly recordsYielded?: number;

  constructor(
    message: string,
    details: ApiErrorDetails & { code: ConnectionErrorCode; recordsYielded?: number },
  ) {
    super(message, details);
    mark(this, 'ConnectionError');
    if (details.recordsYielded !== undefined) this.recordsYielded = details.recordsYielded;
  }

  static override isInstance(value: unknown): value is ConnectionError {
    return isKind(value, 'ConnectionError');
  }
}

/** An answer arrived that is not what the service documents. Never carries content. */
export class ResponseFormatError extends ApiError {
  /** Where the problem is, in bytes from the start. */
  declare readonly offset?: number;
  /** Length of the answer in bytes. */
  declare readonly length?: number;
  declare readonly contentType?: string;

  constructor(
    message: string,
    details: ApiErrorDetails & { offset?: number; length?: number; contentType?: string | undefined } = {},
  ) {
    super(message, details);
    mark(this, 'ResponseFormatError');
    if (details.offset !== undefined) this.offset = details.offset;
    if (details.length !== undefined) this.length = details.length;
    if (details.contentType !== undefined) this.contentType = details.contentType;
  }

  static override isInstance(value: unknown): value is ResponseFormatError {
    return isKind(value, 'ResponseFormatError');
  }
}
