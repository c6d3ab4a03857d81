import { systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import type { HealthRow } from './health-row.js';
import type { Health } from './health.js';
import type { Sink } from './ports.js';

export interface HeartbeatOptions {
  /** Ends it. */
  abortSignal: AbortSignal;
  /** Default five minutes. */
  everyInMs?: number;
  clock?: Clock;
  /** A heartbeat did not arrive. The next one is tried all the same. */
  onError?(error: unknown): void;
}

/** Writes the rows of `health` at once and then every five minutes, until aborted. Never rejects. */
export async function heartbeat(
  health: Health,
  sink: Sink<HealthRow>,
  options: HeartbeatOptions,
): Promise<void> {
  const { abortSignal, everyInMs = 300_000, clock = systemClock, onError } = options;
  while (!abortSignal.aborted) {
    try {
      const rows = health.rows();
      async function* all(): AsyncGenerator<HealthRow, void, void> {
        yield* rows;
      }
      const unit = { id: `heartbeat:${clock.now()}` };
      const { accepted, cause } = await sink.write(all(), { unit, abortSignal, onRejected: () => {} });
      if (accepted < rows.length)
        throw new Error(`${accepted} of ${rows.length} heartbeats were accepted.`, { cause });
    } catch (error) {
      if (!abortSignal.aborted) onError?.(error);
    }
    await clock.sleep(everyInMs, abortSignal).catch(() => {});
  }
}
