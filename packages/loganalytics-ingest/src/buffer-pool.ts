import { newBatch } from './batch.js';
import type { Batch } from './batch.js';
import type { Call } from './ledger.js';

/** Buffers of batches that are settled, for those to come: large ones are dear to make. */
export function bufferPool(
  most: number,
  room: () => number,
): {
  fresh(): Batch<Call>;
  free(batch: Batch<Call>): void;
  empty(): void;
} {
  let buffers: Uint8Array<ArrayBuffer>[] = [];
  return {
    fresh: () => newBatch(room(), buffers.pop()),
    free: ({ bytes }) => {
      if (buffers.length < most) buffers.push(bytes);
    },
    empty: () => (buffers = []),
  };
}
