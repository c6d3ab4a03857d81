import type { ErrorDescription } from './attempt.js';
import type { HttpReply } from './reply.js';
import type { ClientOptions, OperationOptions, RetryEvent } from '../types.js';

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
  /** Called when the service answered 401, before the one attempt that follows. */
  refused?(): void;
}

export interface HttpSettings extends ClientOptions {
  /** Name and version for User-Agent, for example `mcas-client/1.0.0`. */
  userAgent: string;
  /** Runs for every attempt: tokens age, and signatures carry a date. */
  authorize(context: AttemptContext): Promise<Authorization>;
  /** Reads a service's error answer. */
  describeError?(reply: { status: number; headers: Headers; text: string }): ErrorDescription;
  /** In [0, 1), for jitter. Default `Math.random`. */
  random?(): number;
}

export interface HttpCall extends OperationOptions {
  /** For messages and events, for example `activities.scan`. */
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** Absolute, with its query string. The caller has checked that credentials may go there. */
  url: string;
  headers?: Record<string, string>;
  /** The same bytes are sent by every attempt. */
  body?: Uint8Array<ArrayBuffer> | string;
  /**
   * Whether the call may be repeated when its outcome is not clear. False: only what was certainly not applied is
   * repeated (429, one 401, a refused connection).
   */
  idempotent: boolean;
  /** Set on calls that change something: what, for `onChange`. */
  change?: string;
  /** Looked at inside the retried unit: throw ResponseFormatError when a 2xx answer is not what it should be. */
  check?(reply: HttpReply): void;
  /** This call alone, beside `events`: just before each request leaves, and before each wait for a retry. */
  onAttempt?(): void;
  onRetry?(event: RetryEvent): void;
  /** A longer body is handed over as `rest` instead of being read whole. Default: unlimited. */
  maxBufferedBytes?: number;
}

export interface Http {
  send(call: HttpCall): Promise<HttpReply>;
}
