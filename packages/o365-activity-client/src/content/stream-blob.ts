import { backoff } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import { fetchBlob, parseElement, toBlobError } from './fetch-blob.js';
import { createRecordCheck } from './record-check.js';
import type { InvalidRecordOptions } from './record-check.js';
import { flatten } from './flatten.js';
import type { ContentBlob } from '../models.js';
import { rawRecord } from './record-head.js';
import type { RawRecord } from './record-head.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import { createScanner } from './scanner.js';
import type { Service } from '../http/service.js';

/** Less than this in a whole timeout is no reading: a drip never trips a timer that each byte sets anew. */
const leastBytes = 64 * 1024;
/** A record is a few kilobytes; what never ends is no record. */
const maxRecordBytes = 64 * 1024 * 1024;

/** A blob's records, parsed one at a time. */
export function streamRecords(
  service: Service,
  blob: ContentBlob,
  options: OperationOptions & InvalidRecordOptions,
): AsyncIterableIterator<AuditRecord, undefined, unknown> {
  const check = createRecordCheck(blob, options);
  return flatten(batches(service, blob, 'records', options), (item, index) =>
    check(item instanceof Uint8Array ? parseElement(item, blob, index) : item, index),
  );
}

/** A blob's records as their own bytes, one at a time. */
export function streamRaw(
  service: Service,
  blob: ContentBlob,
  options: OperationOptions,
): AsyncIterableIterator<RawRecord, undefined, unknown> {
  return flatten(batches(service, blob, 'bytes', options), (bytes) => rawRecord(bytes as Uint8Array));
}

/** The records of each chunk. A batch counts as handed out when the next one is asked for. */
async function* batches(
  service: Service,
  blob: ContentBlob,
  form: 'records' | 'bytes',
  options: OperationOptions,
): AsyncGenerator<readonly (AuditRecord | Uint8Array)[], void, void> {
  const { maxRetries = service.maxRetries, timeoutInMs = service.timeoutInMs, abortSignal } = options;
  let yielded = 0;
  for (let failures = 0; ;) {
    const fetched = await fetchBlob(service, blob, form, options);
    if (fetched.form !== 'long') {
      yield fetched.form === 'records' ? fetched.records : fetched.elements;
      return;
    }
    const { reply } = fetched;
    const rest = (reply.rest as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    const scanner = createScanner({ maxElementBytes: maxRecordBytes });
    const pace = { waited: 0, received: 0 };
    try {
      let chunk: Uint8Array | undefined = reply.body;
      while (chunk) {
        const elements = scanner.push(chunk);
        if (elements.length > 0) yield elements;
        yielded += elements.length;
        const asked = service.clock.now();
        chunk = await nextChunk(rest, timeoutInMs, abortSignal);
        checkPace(pace, service.clock.now() - asked, chunk?.byteLength ?? leastBytes, timeoutInMs);
      }
      scanner.end();
      return;
    } catch (error) {
      if (abortSignal?.aborted) throw abortSignal.reason;
      failures += 1;
      // What has been handed out cannot be taken back: from the first record on, the caller decides.
      if (yielded > 0 || failures > maxRetries) throw toBlobError(error, blob, yielded);
      await service.clock.sleep(backoff(failures, { baseInMs: 1000, maxInMs: 30_000 }), abortSignal);
    } finally {
      // Not awaited: a stalled transport may never answer.
      rest.return?.().catch(() => {});
    }
  }
}

/** Only the time spent waiting counts: a slow consumer is nobody's fault. */
function checkPace(
  pace: { waited: number; received: number },
  waited: number,
  received: number,
  timeoutInMs: number,
): void {
  pace.waited += waited;
  pace.received += received;
  if (pace.waited < timeoutInMs) return;
  if (pace.received < leastBytes) throw new DOMException('too slow', 'TimeoutError');
  pace.waited = 0;
  pace.received = 0;
}

/** The next chunk, unless nothing comes for `timeoutInMs` or the caller gives up. */
function nextChunk(
  rest: AsyncIterator<Uint8Array>,
  timeoutInMs: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal?.reason as Error);
    const timer = setTimeout(() => reject(new DOMException('no data', 'TimeoutError')), timeoutInMs);
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    rest
      .next()
      .then((step) => resolve(step.done ? undefined : step.value), reject)
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      });
  });
}
