import { randomUUID } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import { systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import { decodeDeadLetter, encodeDeadLetter } from '../dead-letters/dead-letters-format.js';
import type { SavedDeadLetter } from '../dead-letters/dead-letters-format.js';
import { DeadLettersFullError } from '../errors.js';
import type { DeadLetters } from '../ports.js';
import { plainUrl } from './rows.js';

export interface BlobDeadLettersOptions {
  /** Before the names of the blobs. Default `dead-letters/`. */
  prefix?: string | undefined;
  /** Of all blobs together; at the limit `add` throws. Other processes' are counted when this one begins. Default 1 GiB. */
  maxBytes?: number | undefined;
  /** Blobs that are older are removed when a process begins, in milliseconds. Default 90 days. */
  maxAgeInMs?: number | undefined;
  clock?: Clock | undefined;
}

export interface BlobDeadLetters<Row> extends DeadLetters<Row> {
  /** Everything that is kept now, oldest first. */
  entries(): AsyncIterable<SavedDeadLetter>;
}

/**
 * Dead letters as blobs, one an entry: any number of processes write, and each is durable when `add` resolves. They
 * hold record content: the container must not be public.
 */
export function blobDeadLetters<Row = unknown>(
  container: ContainerClient,
  options: BlobDeadLettersOptions = {},
): BlobDeadLetters<Row> {
  const { prefix = 'dead-letters/', maxBytes = 2 ** 30, clock = systemClock } = options;
  const { maxAgeInMs = 90 * 86_400_000 } = options;
  let total: number | undefined;

  async function sweep(): Promise<number> {
    let bytes = 0;
    for await (const { name, properties } of container.listBlobsFlat({ prefix })) {
      if (properties.lastModified.getTime() < clock.now() - maxAgeInMs)
        await container.deleteBlob(name).catch(() => {});
      else bytes += properties.contentLength ?? 0;
    }
    return bytes;
  }

  return {
    async add(entry) {
      const line = encodeDeadLetter(entry, clock.now());
      if (total === undefined || total + line.byteLength > maxBytes) total = await sweep();
      if (total + line.byteLength > maxBytes)
        throw new DeadLettersFullError(plainUrl(container.url), maxBytes);
      total += line.byteLength;
      const time = new Date(clock.now()).toISOString();
      const blob = container.getBlockBlobClient(
        `${prefix}${time.replaceAll(':', '')}-${randomUUID()}.ndjson`,
      );
      await blob.upload(line, line.byteLength, {
        conditions: { ifNoneMatch: '*' },
        blobHTTPHeaders: { blobContentType: 'application/x-ndjson' },
      });
    },
    async *entries() {
      // Names begin with the time, and are listed in their order.
      const names: string[] = [];
      for await (const { name } of container.listBlobsFlat({ prefix })) names.push(name);
      for (const name of names) {
        const entry = decodeDeadLetter((await container.getBlobClient(name).downloadToBuffer()).toString());
        if (entry) yield entry;
      }
    },
  };
}
