import { ArgumentError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import { elementsOf, fetchBlob, parseElement } from './fetch-blob.js';
import { streamRaw, streamRecords } from './stream-blob.js';
import { BlobUnavailableError } from '../errors.js';
import { flatten, oneBatch } from './flatten.js';
import { mapConcurrent } from './map-concurrent.js';
import type { ContentBlob } from '../models.js';
import { rawRecord } from './record-head.js';
import type { RawRecord } from './record-head.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import type { Service } from '../http/service.js';

const defaultConcurrency = 8;

/** How blobs are read. */
export interface BlobReadOptions extends OperationOptions {
  /** Blobs read at once, and read ahead of the consumer. Default 8. */
  concurrency?: number;
  /** Which of `records()` and `raw()` will be called; the other works too, at the cost of reading the bytes twice. Default `records`. */
  form?: 'records' | 'raw';
  /** Told of a blob that can never be read. Without it that is a BlobUnavailableError. */
  onUnavailable?(error: BlobUnavailableError): void;
}

/** One blob of a run. */
export interface BlobResult {
  blob: ContentBlob;
  /** `unavailable`: it can never be read, and has no records. Of a long blob that may show only when it is read. */
  readonly outcome: 'available' | 'unavailable';
  /** The blob's records, parsed. One pass. */
  records(): AsyncIterable<AuditRecord>;
  /** The blob's records as their own bytes. One pass. */
  raw(): AsyncIterable<RawRecord>;
}

/** Reads listed blobs ahead of the consumer. */
export function readBlobs(
  service: Service,
  source: AsyncIterable<ContentBlob>,
  options: BlobReadOptions,
): AsyncGenerator<BlobResult, void, void> {
  const { concurrency = defaultConcurrency, abortSignal } = options;
  if (!(concurrency >= 1))
    throw new ArgumentError('concurrency', `is ${concurrency}`, 'Give a whole number from 1 on.');
  return mapConcurrent(
    source,
    concurrency,
    (blob, signal) => readBlob(service, blob, options, signal),
    abortSignal,
  );
}

async function readBlob(
  service: Service,
  blob: ContentBlob,
  options: BlobReadOptions,
  signal: AbortSignal,
): Promise<BlobResult> {
  const ahead = { ...options, abortSignal: signal };
  try {
    const fetched = await fetchBlob(service, blob, options.form === 'raw' ? 'bytes' : 'records', ahead);
    if (fetched.form === 'bytes') {
      const { elements } = fetched;
      return {
        blob,
        outcome: 'available',
        records: () => flatten(oneBatch(elements), parseElement),
        raw: () => flatten(oneBatch(elements), rawRecord),
      };
    }
    if (fetched.form === 'records') {
      const { records, body } = fetched;
      return {
        blob,
        outcome: 'available',
        records: () => flatten(oneBatch(records), (record) => record),
        raw: () => flatten(oneBatch(elementsOf(body)), rawRecord),
      };
    }
    // Too long to be held while it waits for its turn: asked for again when it is wanted.
    // Not awaited: a transport may take its time.
    fetched.reply.rest?.[Symbol.asyncIterator]()
      .return?.()
      .catch(() => {});
    return longBlob(service, blob, options);
  } catch (error) {
    if (!BlobUnavailableError.isInstance(error) || !options.onUnavailable) throw error;
    options.onUnavailable(error);
    return {
      blob,
      outcome: 'unavailable',
      records: () => flatten(oneBatch([]), parseElement),
      raw: () => flatten(oneBatch([]), rawRecord),
    };
  }
}

/** It may be gone when it is asked for again. */
function longBlob(service: Service, blob: ContentBlob, options: BlobReadOptions): BlobResult {
  let gone = false;
  async function* unlessGone<T>(stream: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    try {
      yield* stream;
    } catch (error) {
      if (!BlobUnavailableError.isInstance(error) || !options.onUnavailable) throw error;
      gone = true;
      options.onUnavailable(error);
    }
  }
  return {
    blob,
    get outcome() {
      return gone ? 'unavailable' : 'available';
    },
    records: () => unlessGone(streamRecords(service, blob, options)),
    raw: () => unlessGone(streamRaw(service, blob, options)),
  };
}
