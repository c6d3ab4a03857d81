import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { ArgumentError, systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import { checkClouds } from '../run/check-clouds.js';
import { checkConcurrency, checkParts } from '../check-options.js';
import type { UnitReport } from '../run/deliver-options.js';
import { StateVersionError } from '../errors.js';
import type { Unit } from '../ports.js';
import { isFatal } from '../run/retry-options.js';
import { decodeMessage } from './messages.js';
import { statusOf } from './rows.js';
import { abandonMessage, deliverMessage } from './unit-message.js';
import type { UnitMessageOptions } from './unit-message.js';

export interface WorkerOptions<U extends Unit, R, Row> extends UnitMessageOptions<U, R, Row> {
  queue: QueueClient;
  /** Takes messages that were given up. */
  poisonQueue: QueueClient;
  /** Units in flight: a kill delivers at most this many again. Default 4. */
  concurrency?: number | undefined;
  /** How long a message stays hidden after its worker died, in milliseconds; renewed while it lives. Default 60,000. */
  visibilityInMs?: number | undefined;
  /** A message that failed more often goes to the poison queue and its unit to the dead letters. Default 7. */
  maxRetries?: number | undefined;
  /** Pause after the first failure, doubled after each, at most 15 minutes. Default 10,000. */
  retryDelayInMs?: number | undefined;
  /** So many failures with no unit delivered between reject: then it is not the units. Default 8. */
  maxConsecutiveFailures?: number | undefined;
  /** How long an empty queue is left alone, in milliseconds. Default 2,000. */
  pollIntervalInMs?: number | undefined;
  clock?: Clock | undefined;
  /** Finish the units in flight, take no more, resolve. */
  drainSignal?: AbortSignal | undefined;
  onDelivered?(report: UnitReport): void;
  onFailed?(unit: Unit | undefined, error: unknown): void;
}

export interface WorkerReport {
  delivered: number;
  /** Copies of messages whose unit was done. */
  skipped: number;
  /** To be tried again. */
  failed: number;
  poisoned: number;
}

const workerParts = {
  queue: 'receiveMessages',
  poisonQueue: 'sendMessage',
  tables: 'createEntity',
  read: undefined,
  transform: undefined,
  sink: 'write',
  deadLetters: 'add',
};

/**
 * Takes units from the queue until drained: read → transform → sink → done row → delete. At least once: a worker that
 * dies before the done row has its units delivered again, by another. Workers share nothing but queue and ledger.
 */
export async function runWorker<U extends Unit, R, Row>(
  options: WorkerOptions<U, R, Row>,
): Promise<WorkerReport> {
  const { queue, clock = systemClock, abortSignal, drainSignal, concurrency = 4 } = options;
  const {
    visibilityInMs = 60_000,
    maxRetries = 7,
    pollIntervalInMs = 2000,
    maxConsecutiveFailures = 8,
  } = options;
  checkParts(options, workerParts);
  checkConcurrency(concurrency);
  checkClouds(options.read, options.sink, options.allowCrossCloud);
  const seconds = Math.ceil(visibilityInMs / 1000);
  const report: WorkerReport = { delivered: 0, skipped: 0, failed: 0, poisoned: 0 };
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(abortSignal ? [abortSignal] : [])]);
  const ends = AbortSignal.any([signal, ...(drainSignal ? [drainSignal] : [])]);
  const inFlight = new Set<Promise<void>>();
  let failures = 0;

  async function work(message: DequeuedMessageItem): Promise<void> {
    let popReceipt = message.popReceipt;
    const finished = new AbortController();
    const lost = new AbortController();
    async function renew(): Promise<void> {
      while (!finished.signal.aborted) {
        try {
          await clock.sleep(visibilityInMs / 3, finished.signal);
          const renewed = await queue.updateMessage(message.messageId, popReceipt, undefined, seconds);
          popReceipt = renewed.popReceipt ?? popReceipt;
        } catch (error) {
          // Another worker has it.
          if (statusOf(error) === 404 || statusOf(error) === 400) return lost.abort(error);
        }
      }
    }
    const renewing = renew();
    let unit: Unit | undefined;
    try {
      unit = decodeMessage(message.messageText);
      if (message.dequeueCount > maxRetries + 1) {
        const reason = `gave up after ${maxRetries + 1} attempts`;
        await abandonMessage(message.messageText, reason, options);
        await options.poisonQueue.sendMessage(message.messageText, { messageTimeToLive: -1 });
        report.poisoned += 1;
      } else {
        const done = await deliverMessage(message.messageText, {
          ...options,
          abortSignal: AbortSignal.any([signal, lost.signal]),
        });
        report[done ? 'delivered' : 'skipped'] += 1;
        failures = 0;
        if (done) options.onDelivered?.(done);
      }
      finished.abort();
      await renewing;
      // Where that fails, a copy comes back and is skipped: the done row outlives the commit.
      await queue.deleteMessage(message.messageId, popReceipt).catch(() => {});
    } catch (error) {
      finished.abort();
      await renewing;
      if (!unit && ArgumentError.isInstance(error)) return await putAside(message, popReceipt);
      report.failed += 1;
      options.onFailed?.(unit, error);
      // A newer version's message says nothing of this worker's health.
      if (StateVersionError.isInstance(error)) return await leaveToOthers(message, popReceipt);
      const pause = (options.retryDelayInMs ?? 10_000) * 2 ** Math.min(10, message.dequeueCount - 1);
      const pauseInS = signal.aborted ? 0 : Math.ceil(Math.min(900_000, pause) / 1000);
      await queue.updateMessage(message.messageId, popReceipt, undefined, pauseInS).catch(() => {});
      failures += 1;
      if (isFatal(error) || failures >= maxConsecutiveFailures) stop.abort(error);
    }
  }

  /** As a new message: the tries of those who cannot read it must not count. */
  async function leaveToOthers(
    { messageId, messageText }: DequeuedMessageItem,
    popReceipt: string,
  ): Promise<void> {
    await options.queue.sendMessage(messageText, {
      messageTimeToLive: -1,
      visibilityTimeout: Math.ceil((options.retryDelayInMs ?? 10_000) / 1000),
    });
    await queue.deleteMessage(messageId, popReceipt).catch(() => {});
  }

  /** No unit's message: nothing to read, nothing to commit. */
  async function putAside(message: DequeuedMessageItem, popReceipt: string): Promise<void> {
    await options.poisonQueue.sendMessage(message.messageText, { messageTimeToLive: -1 });
    await queue.deleteMessage(message.messageId, popReceipt).catch(() => {});
    report.poisoned += 1;
  }
  async function take(): Promise<void> {
    const { receivedMessageItems: messages } = await queue.receiveMessages({
      numberOfMessages: Math.min(32, concurrency - inFlight.size),
      visibilityTimeout: seconds,
    });
    for (const message of messages) {
      const one = work(message)
        .catch((error: unknown) => stop.abort(error))
        .finally(() => inFlight.delete(one));
      inFlight.add(one);
    }
    if (messages.length === 0) await clock.sleep(pollIntervalInMs, ends).catch(() => {});
  }

  while (!ends.aborted) {
    if (inFlight.size >= concurrency) await Promise.race(inFlight);
    else await take().catch((error: unknown) => stop.abort(error));
  }
  await Promise.all(inFlight);
  signal.throwIfAborted();
  return report;
}
