import type { HttpEvents } from '@repo/client-core';

/** The call failed, and an earlier attempt of it got no clear answer: the service may hold its rows all the same. */
export class DoubtfulError extends Error {
  readonly failure: unknown;

  constructor(failure: unknown) {
    super('an earlier attempt may have been accepted');
    this.failure = failure;
  }
}

/** Remembers which calls had an attempt whose fate is unknown; a later refusal says nothing about that one. */
export function watchDoubt(events: HttpEvents = {}): {
  events: HttpEvents;
  run<T>(send: (requestId: string) => Promise<T>): Promise<T>;
} {
  const doubtful = new Set<string>();
  return {
    events: {
      onAttempt: (event) => events.onAttempt?.(event),
      onResponse: (event) => events.onResponse?.(event),
      onThrottle: (event) => events.onThrottle?.(event),
      onRetry: (event) => {
        if (event.requestId && leavesDoubt(event.reason)) doubtful.add(event.requestId);
        events.onRetry?.(event);
      },
    },
    run: async (send) => {
      const requestId = crypto.randomUUID();
      try {
        return await send(requestId);
      } catch (error) {
        throw doubtful.has(requestId) ? new DoubtfulError(error) : error;
      } finally {
        doubtful.delete(requestId);
      }
    },
  };
}

function leavesDoubt(reason: number | string): boolean {
  return typeof reason === 'number'
    ? reason === 408 || reason >= 500
    : !['refused', 'dns', 'tls', 'proxy'].includes(reason);
}
