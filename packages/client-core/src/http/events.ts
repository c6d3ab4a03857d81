import type { HttpEvents } from '../types.js';

/** Calls a callback if there is one. */
export function emit<K extends keyof HttpEvents>(
  events: HttpEvents,
  name: K,
  event: Parameters<NonNullable<HttpEvents[K]>>[0],
): void {
  try {
    const told = (events[name] as ((event: unknown) => unknown) | undefined)?.(event);
    if (told instanceof Promise) told.catch(() => {});
  } catch {
    // Telemetry never breaks a call.
  }
}
