import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Meter, Span, Tracer } from '@opentelemetry/api';
import type { AttemptEvent, FailureEvent, HttpEvents } from 'mcas-client';

/**
 * The clients' events as OpenTelemetry metrics and traces: one span per attempt, counters of requests, retries and
 * throttled answers, a histogram of durations. Events carry no bodies and no secrets, and neither does this.
 */
export function httpTelemetry(meter: Meter, tracer: Tracer): HttpEvents {
  const requests = meter.createCounter('audit.http.requests', { description: 'Answered attempts' });
  const retries = meter.createCounter('audit.http.retries', { description: 'Attempts that were made again' });
  const failures = meter.createCounter('audit.http.failures', { description: 'Calls that were given up' });
  const throttled = meter.createCounter('audit.http.throttled', { description: 'Throttled answers' });
  const duration = meter.createHistogram('audit.http.duration', { unit: 'ms' });
  const bytes = meter.createCounter('audit.http.bytes', {
    unit: 'By',
    description: 'Bodies sent and received',
  });
  const spans = new Map<string, Span>();
  const keyOf = ({ requestId, attempt, operation }: AttemptEvent): string =>
    `${requestId ?? operation}/${attempt}`;
  function endUnanswered(event: FailureEvent): void {
    const span = spans.get(keyOf(event));
    spans.delete(keyOf(event));
    span?.setStatus({ code: SpanStatusCode.ERROR, message: String(event.reason) });
    span?.end();
  }

  return {
    onAttempt(event) {
      const { operation, method, url, attempt } = event;
      spans.set(
        keyOf(event),
        tracer.startSpan(operation, {
          kind: SpanKind.CLIENT,
          attributes: {
            'http.request.method': method,
            'server.address': new URL(url).host,
            'url.full': url,
            'http.request.resend_count': attempt - 1,
          },
        }),
      );
    },
    onResponse(event) {
      const { operation, status, durationInMs, requestBytes, responseBytes } = event;
      requests.add(1, { operation, status });
      duration.record(durationInMs, { operation });
      bytes.add(requestBytes, { operation, direction: 'sent' });
      bytes.add(responseBytes, { operation, direction: 'received' });
      const span = spans.get(keyOf(event));
      spans.delete(keyOf(event));
      span?.setAttribute('http.response.status_code', status);
      if (status >= 400) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
    },
    onThrottle: ({ operation, status }) => throttled.add(1, { operation, status }),
    onRetry(event) {
      retries.add(1, { operation: event.operation, reason: event.reason });
      endUnanswered(event);
    },
    onFailure(event) {
      failures.add(1, { operation: event.operation, reason: event.reason });
      endUnanswered(event);
    },
  };
}
