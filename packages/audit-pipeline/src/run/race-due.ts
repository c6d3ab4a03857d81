import type { Clock } from '@repo/client-core';

/** The source's next unit, or the time of a deferred one, or the end: whichever is first. */
export async function raceDue<T>(
  dueAt: number | undefined,
  clock: Clock,
  ends: AbortSignal,
  coming: Promise<T>,
): Promise<T | 'ended' | 'due'> {
  const over = new AbortController();
  // A listener of its own that goes again: a promise that lives as long as the run would keep all that it has raced.
  const ended = new Promise<'ended'>((resolve) => {
    if (ends.aborted) resolve('ended');
    ends.addEventListener('abort', () => resolve('ended'), { once: true, signal: over.signal });
  });
  const due =
    dueAt === undefined
      ? []
      : [
          clock.sleep(Math.max(0, dueAt - clock.now()), over.signal).then(
            () => 'due' as const,
            () => 'ended' as const,
          ),
        ];
  try {
    return await Promise.race([coming, ended, ...due]);
  } finally {
    over.abort();
  }
}
