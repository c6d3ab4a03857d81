import type { HttpReply } from './reply.js';
import type { ClientOptions, OperationOptions, RetryEvent } from '../types.js';

/** What a service's error response means, as far as its client can tell. */
export interface ErrorDescription {
  code?: string | undefined;
  /** The service's words; never content. */
  message?: string | undefined;
  /** What the caller should do next. */
  hint?: string | undefined;
  /** The service throttles, whatever the status says. */
  throttled?: boolean | undefined;
  /** A wait that the body asks for, in milliseconds. */
  retryAfterInMs?: number | undefined;
  /** Overrules the status: `once` allows one more attempt. */
  retryable?: boolean | 'once' | undefined;
  requestId?: string | undefined;
}

/** What one attempt is signed with. */
export interface AttemptContext {
  attempt: number;
  bodyBytes: number;
  abortSignal?: AbortSignal | undefined;
}

export interface Authorization {
  headers: Record<string, string>;
  /** The application that signs, when that is known; for events. */
  clientId?: string | undefined;
  /** What must never appear in an error or an event, beside the token or signature in `headers`: a shared key. */
  secrets?: readonly string[] | undefined;
  /** Called when the service answered 401, before the one attempt that follows. */
  refused?(): void;
}

export interface HttpSettings extends ClientOptions {
  /** Name and version for User-Agent, for example `mcas-client/1.0.0`. */
  userAgent: string;
  /** Runs for every attempt: tokens age, and signatures carry a date. */
  authorize(context: AttemptContext): Promise<Authorization>;
  /** Reads a service's error answer. */
  describeError?:
    ((reply: { status: number; headers: Headers; text: string }) => ErrorDescription) | undefined;
  /** In [0, 1), for jitter. Default `Math.random`. */
  random?: (() => number) | undefined;
}

export interface HttpCall extends OperationOptions {
  /** The method's own path, for messages and events, for example `activities.scan`. */
  operation: string;
  /** The audit content type the call is about, for messages. */
  contentType?: string | undefined;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** Absolute, with its query string. The caller has checked that credentials may go there. */
  url: string;
  headers?: Record<string, string> | undefined;
  /** The same bytes are sent by every attempt. */
  body?: Uint8Array<ArrayBuffer> | string | undefined;
  /**
   * Whether the call may be repeated when its outcome is not clear. False: only what was certainly not applied is
   * repeated (429, one 401, a refused connection).
   */
  idempotent: boolean;
  /** Set on calls that change something: what, for `onChange`. */
  change?: string | undefined;
  /** Looked at inside the retried unit: throw ResponseFormatError when a 2xx answer is not what it should be. */
  check?: ((reply: HttpReply) => void) | undefined;
  /** This call alone, beside `events`: just before each request leaves, and before each wait for a retry. */
  onAttempt?: (() => void) | undefined;
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /** What must never appear in an error or an event, such as a client secret in the body. */
  secrets?: readonly string[] | undefined;
  /** A longer body is handed over as `rest`. Default: bodies are read whole, up to `maxResponseBytes`. */
  maxBufferedBytes?: number | undefined;
}

export interface Http {
  send(call: HttpCall): Promise<HttpReply>;
}
