import type { ContentBlob } from '../models.js';
import type { WebhookError } from './webhook-error.js';

/** What a web framework hands over, as far as it is needed: `Request` and the request of Azure Functions fit. */
export interface WebhookRequest {
  readonly method: string;
  readonly headers: { get(name: string): string | null };
  /**
   * A stream (then a body that is too long is not read to its end), text, bytes, or the value a body parser such as
   * `express.json()` has made of it.
   */
  readonly body?: unknown;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Plain data; Azure Functions takes it as it is. `toFetchHandler` makes a `Response` of it. */
export interface WebhookResponse {
  status: 200 | 400 | 401 | 405 | 408 | 413 | 500;
}

/** One announced blob: a hint, the listing of content stays the truth. */
export interface WebhookContent extends ContentBlob {
  tenantId?: string;
  /** The app whose subscription this is. */
  clientId?: string;
}

export interface WebhookOptions {
  /** The subscription's `authId`. Several while it is being changed. */
  authId: string | readonly string[];
  /**
   * Called once per POST. The service is answered 200 only after this resolves, and delivers again otherwise:
   * enqueue and return, read elsewhere.
   */
  onContent(contents: WebhookContent[], context: { abortSignal: AbortSignal }): Promise<void> | void;
  /** Longer bodies are refused with 413. Default 1 MiB. */
  maxBytes?: number | undefined;
  /** Time for `onContent`; its signal aborts then, and the service is answered 500. Default 30,000. */
  timeoutInMs?: number | undefined;
  /** Time for the body to arrive; 408 after that. Default 10,000. */
  bodyTimeoutInMs?: number | undefined;
  /**
   * Called with the reason of every request that is not answered 200, and of items that were left out of one that was
   * (`InvalidItems`). What it throws is ignored.
   */
  onError?: ((error: WebhookError) => void) | undefined;
}

export type WebhookHandler = (request: WebhookRequest) => Promise<WebhookResponse>;
