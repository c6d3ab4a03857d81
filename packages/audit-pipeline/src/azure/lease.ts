import type { BlockBlobClient } from '@azure/storage-blob';
import type { Clock } from '@repo/client-core';
import { StateLockedError } from '../errors.js';
import { plainUrl, statusOf } from './rows.js';

/** A blob held by one process. */
export interface Lease {
  /** Throws StateLockedError once it is lost, or might be. */
  check(): void;
  release(): Promise<void>;
  /** Without what signs it. */
  readonly url: string;
  /** Whether `mark` was called once, by whichever process: the state's rows were there. */
  isMarked(): Promise<boolean>;
  mark(): Promise<void>;
}

const pauseInMs = 5000;

/** Storage leases last 15 to 60 seconds. Renewed at every third of that, until released or lost. */
export async function takeLease(
  blob: BlockBlobClient,
  options: {
    clock: Clock;
    wait: boolean;
    seconds: number;
    abortSignal?: AbortSignal | undefined;
  },
): Promise<Lease> {
  const { clock, wait, seconds, abortSignal } = options;
  const lease = blob.getBlobLeaseClient();
  await blob.upload('', 0, { conditions: { ifNoneMatch: '*' } }).catch((error: unknown) => {
    // It is there: free (409) or leased (412).
    if (statusOf(error) !== 409 && statusOf(error) !== 412) throw error;
  });
  let until = 0;
  for (;;) {
    abortSignal?.throwIfAborted();
    try {
      const asked = clock.now();
      await lease.acquireLease(seconds);
      until = asked + seconds * 1000;
      break;
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      if (!wait) throw new StateLockedError(plainUrl(blob.url));
    }
    await clock.sleep(pauseInMs, abortSignal);
  }

  const released = new AbortController();
  let lost = false;
  async function keep(): Promise<void> {
    while (!lost && !released.signal.aborted) {
      try {
        await clock.sleep((seconds * 1000) / 3, released.signal);
        const asked = clock.now();
        await lease.renewLease({ abortSignal: released.signal });
        until = asked + seconds * 1000;
      } catch (error) {
        // Anything but a clear no may be over by the next try; `until` decides.
        if (statusOf(error) === 409 || statusOf(error) === 404) lost = true;
      }
    }
  }
  const keeping = keep();
  return {
    url: plainUrl(blob.url),
    isMarked: async () => (await blob.getProperties()).metadata?.['state'] === 'started',
    async mark() {
      await blob.setMetadata({ state: 'started' }, { conditions: { leaseId: lease.leaseId } });
    },
    check() {
      if (lost || clock.now() >= until) throw new StateLockedError(plainUrl(blob.url));
    },
    async release() {
      released.abort();
      await keeping;
      // It ends by itself where this fails.
      if (!lost) await lease.releaseLease().catch(() => {});
    },
  };
}
