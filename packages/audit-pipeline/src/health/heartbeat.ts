import { systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import type { HealthRow } from './health-row.js';
import type { Health } from './health.js';
import type { Sink } from '../ports.js';

export interface SendHealthOptions {
  clock?: Clock | undefined;
  abortSignal?: AbortSignal | undefined;
}

export interface HeartbeatOptions {
  /** Ends it. How it stands then is written too, within ten seconds. */
  abortSignal: AbortSignal;
  /** Default five minutes. */
  intervalInMs?: number | undefined;
  clock?: Clock | undefined;
  /** A heartbeat did not arrive. The next one is tried all the same. */
  onError?(error: unknown): void;
}

/** A destination that is down must not hold up the end. */
const lastInMs = 10_000;

/** Writes the rows of `health` once. Rejects when not all of them were accepted. */
export async function sendHealth(
  health: Health,
  sink: Sink<HealthRow>,
  { clock = systemClock, abortSignal }: SendHealthOptions = {},
): Promise<void> {
  const rows = health.rows();
  async function* all(): AsyncGenerator<HealthRow[], void, void> {
    yield rows;
  }
  const { accepted, cause } = await sink.write(all(), {
    unit: { id: `heartbeat:${clock.now()}` },
    abortSignal,
    onUndeliverable: () => {},
  });
  if (accepted < rows.length)
    throw new Error(`${accepted} of ${rows.length} heartbeats were accepted.`, { cause });
}

/** Writes the rows of `health` at once, then every five minutes, and a last time when it is aborted. Never rejects. */
export async function heartbeat(
  health: Health,
  sink: Sink<HealthRow>,
  options: HeartbeatOptions,
): Promise<void> {
  const { abortSignal, intervalInMs = 300_000, clock = systemClock, onError } = options;
  while (!abortSignal.aborted) {
    try {
      await sendHealth(health, sink, { clock, abortSignal });
    } catch (error) {
      if (!abortSignal.aborted) onError?.(error);
    }
    await clock.sleep(intervalInMs, abortSignal).catch(() => {});
  }
  const late = new AbortController();
  const sent = new AbortController();
  const sending = sendHealth(health, sink, { clock, abortSignal: late.signal });
  const waiting = clock.sleep(lastInMs, sent.signal).then(
    () => late.abort(),
    () => {},
  );
  const arrived = sending.catch((error: unknown) => onError?.(error));
  // A sink may not hear the signal either.
  await Promise.race([arrived, waiting]);
  sent.abort();
  await waiting;
}
