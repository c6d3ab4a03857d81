import type {
  AttemptEvent,
  EventCallback,
  FailureEvent,
  HttpEvents,
  ResponseEvent,
  RetryEvent,
  ThrottleEvent,
} from '@repo/client-core';

/** Bytes of a body before compression; `requestBytes` is what goes over the wire. */
export interface BodySize {
  rawBytes: number;
}

/** The service has refused a body for its size although it was within the limit on the wire. */
export interface FallbackEvent {
  /** The client's words for the target: `<rule id>/<stream>`. */
  target: string;
  rawBytes: number;
  wireBytes: number;
  /** Bodies for this target are kept under this size before compression from now on. */
  limitInBytes: number;
}

/** Callbacks for metrics and logs. What they throw is ignored. */
export interface IngestEvents extends HttpEvents {
  onAttempt?: EventCallback<AttemptEvent & BodySize> | undefined;
  onResponse?: EventCallback<ResponseEvent & BodySize> | undefined;
  onRetry?: EventCallback<RetryEvent & BodySize> | undefined;
  onFailure?: EventCallback<FailureEvent & BodySize> | undefined;
  onThrottle?: EventCallback<ThrottleEvent & BodySize> | undefined;
  onFallback?: EventCallback<FallbackEvent> | undefined;
}
