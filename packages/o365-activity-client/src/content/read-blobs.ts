import { ApiError, ArgumentError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import type { Service } from '../http/service.js';
import type { ContentBlob } from '../models.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import { fetchBlob, parseElement, splitElements } from './fetch-blob.js';
import { flatten, oneBatch } from './flatten.js';
import { mapConcurrent } from './map-concurrent.js';
import { createRecordCheck } from './record-check.js';
import type { InvalidRecordOptions } from './record-check.js';
import { rawRecord } from './record-head.js';
import type { RawRecord } from './record-head.js';
import { streamRaw, streamRecords } from './stream-blob.js';

const defaultConcurrency = 8;

/** How blobs are read. */
export interface BlobReadOptions extends OperationOptions, InvalidRecordOptions {
  /** Blobs read at once, and read ahead of the consumer. Default 8. */
  concurrency?: number | undefined;
  /** Which of `records()` and `raw()` will be called; the other works too, at the cost of reading the bytes twice. Default `records`. */
  form?: 'records' | 'raw' | undefined;
  /**
   * Called with a blob that cannot be read, after all retries: `defer` goes on with the others and does not forget it,
   * `skip` gives it up. Without it: `defer`. A BlobUnavailableError says that the service no longer has the blob.
   */
  onBlobError?: ((blob: ContentBlob, error: ApiError) => 'skip' | 'defer') | undefined;
}

/** One blob of a run. */
export interface BlobResult {
  blob: ContentBlob;
  /** Of a long blob it may show only while it is read that it cannot be: then some records have been handed out. */
  readonly outcome: 'available' | 'skipped' | 'deferred';
  /** Why it was skipped or deferred. */
  readonly error: ApiError | undefined;
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
    (blob, signal) => new BlobReading(service, blob, options).start(signal),
    abortSignal,
  );
}

class BlobReading implements BlobResult {
  readonly blob: ContentBlob;
  outcome: BlobResult['outcome'] = 'available';
  error: ApiError | undefined;
  readonly #service: Service;
  readonly #options: BlobReadOptions;
  #open: { records(): AsyncIterable<AuditRecord>; raw(): AsyncIterable<RawRecord> };

  constructor(service: Service, blob: ContentBlob, options: BlobReadOptions) {
    this.#service = service;
    this.blob = blob;
    this.#options = options;
    this.#open = openElements([], blob, options);
  }

  // Not methods: callers take them off the result.
  readonly records = (): AsyncIterable<AuditRecord> => this.#open.records();
  readonly raw = (): AsyncIterable<RawRecord> => this.#open.raw();

  async start(signal: AbortSignal): Promise<BlobResult> {
    const { blob } = this;
    const options = this.#options;
    const form = options.form === 'raw' ? 'bytes' : 'records';
    try {
      const fetched = await fetchBlob(this.#service, blob, form, { ...options, abortSignal: signal });
      if (fetched.form === 'bytes') this.#open = openElements(fetched.elements, blob, options);
      else if (fetched.form === 'records')
        this.#open = openRecords(fetched.records, fetched.body, blob, options);
      else {
        // Too long to be held while it waits for its turn: asked for again when it is wanted.
        // Not awaited: a transport may take its time.
        fetched.reply.rest?.[Symbol.asyncIterator]()
          .return?.()
          .catch(() => {});
        this.#open = {
          records: () => this.#settleErrors(streamRecords(this.#service, blob, options)),
          raw: () => this.#settleErrors(streamRaw(this.#service, blob, options)),
        };
      }
    } catch (error) {
      if (signal.aborted) throw error;
      this.#settle(error);
    }
    return this;
  }

  async *#settleErrors<T>(stream: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    try {
      yield* stream;
    } catch (error) {
      if (this.#options.abortSignal?.aborted) throw error;
      this.#settle(error);
    }
  }

  #settle(error: unknown): void {
    if (!ApiError.isInstance(error)) throw error;
    this.error = error;
    this.outcome = this.#options.onBlobError?.(this.blob, error) === 'skip' ? 'skipped' : 'deferred';
  }
}

function openElements(elements: readonly Uint8Array[], blob: ContentBlob, options: BlobReadOptions) {
  return {
    records: () => {
      const check = createRecordCheck(blob, options);
      return flatten(oneBatch(elements), (bytes, index) => check(parseElement(bytes, blob, index), index));
    },
    raw: () => flatten(oneBatch(elements), rawRecord),
  };
}

function openRecords(
  records: readonly AuditRecord[],
  body: Uint8Array,
  blob: ContentBlob,
  options: BlobReadOptions,
) {
  return {
    records: () => flatten(oneBatch(records), createRecordCheck(blob, options)),
    raw: () => flatten(oneBatch(splitElements(body, blob)), rawRecord),
  };
}
