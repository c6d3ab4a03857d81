import type { HttpEvents } from '../types.js';

/** Calls a callback if there is one. */
export function emitEvent<K extends keyof HttpEvents>(
  events: HttpEvents,
  name: K,
  event: Parameters<NonNullable<HttpEvents[K]>>[0],
): void {
  try {
    const result = (events[name] as ((event: unknown) => unknown) | undefined)?.(event);
    if (result instanceof Promise) result.catch(() => {});
  } catch {
    // Telemetry never breaks a call.
  }
}
