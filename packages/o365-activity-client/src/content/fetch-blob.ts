import { ApiError, ConnectionError, ResponseFormatError } from '@repo/client-core';
import type { HttpReply, OperationOptions } from '@repo/client-core';
import { BlobUnavailableError } from '../errors.js';
import type { ContentBlob } from '../models.js';
import type { AuditRecord } from '../record-types/audit-record.js';
import { ScanError, createScanner } from './scanner.js';
import { callOptions } from '../http/service.js';
import type { Service } from '../http/service.js';
import { parseServiceTime } from '../http/time.js';

const operation = 'content.read';

/** What a blob was read as: parsed, cut into records' bytes, or too long to be held. */
type Fetched =
  | { form: 'records'; records: AuditRecord[]; body: Uint8Array }
  | { form: 'bytes'; elements: Uint8Array[] }
  | { form: 'long'; reply: HttpReply };

const goneCodes = new Set(['AF20050', 'AF20051', 'AF20052']);
/** A blob that was just listed may not be known everywhere; then it is asked for again after these waits. */
const waitsForMissingInMs = [1000, 4000, 10_000];
const justListedInMs = 60 * 60_000;
/** Clocks differ: only what has surely expired is not asked for. */
const expiryMarginInMs = 5 * 60_000;

/** Asks for a blob. A short one is whole and sound when this returns: a truncated one has been asked for again. */
export async function fetchBlob(
  service: Service,
  blob: ContentBlob,
  form: 'records' | 'bytes',
  options: OperationOptions & { maxBufferedBytes?: number },
): Promise<Fetched> {
  const expires = parseServiceTime(blob.contentExpiration);
  // A clock that is off must not declare a blob gone: only once the service has told its time.
  if (service.heardTime && expires !== undefined && expires + expiryMarginInMs < service.now())
    throw new BlobUnavailableError(blob, `it expired at ${blob.contentExpiration}`);
  let fetched: Fetched | undefined;
  const check = (reply: HttpReply): void => {
    if (reply.rest) fetched = { form: 'long', reply };
    else if (form === 'records') fetched = { form, records: parseRecords(reply, blob), body: reply.body };
    else fetched = { form, elements: splitElements(reply.body, blob) };
  };
  await sendUntilFound(service, blob, options, {
    ...callOptions(options),
    operation,
    method: 'GET',
    maxBufferedBytes: options.maxBufferedBytes ?? service.maxBufferedBytes,
    check,
  });
  const done = fetched as unknown as Fetched;
  // What of the request outlives it, until the next full collection, must not keep the records alive.
  fetched = undefined;
  return done;
}

/** @throws BlobUnavailableError once it is sure that the blob is gone. */
async function sendUntilFound(
  service: Service,
  blob: ContentBlob,
  { abortSignal }: OperationOptions,
  call: Parameters<Service['follow']>[1],
): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await service.follow(blob.contentUri, call);
      return;
    } catch (error) {
      if (!ApiError.isInstance(error)) throw error;
      if (error.status !== 404 && !goneCodes.has(error.code)) throw error;
      const waitInMs = waitsForMissingInMs[attempt];
      if (waitInMs === undefined || !mayAppear(service, blob, error)) throw toUnavailable(blob, error);
      await service.clock.sleep(waitInMs, abortSignal);
    }
  }
}

/** A 404 without the service's own code is a proxy's or a front door's, and one of a new blob may heal. */
function mayAppear(service: Service, blob: ContentBlob, error: ApiError): boolean {
  if (error.status !== 404) return false;
  if (!goneCodes.has(error.code)) return true;
  const created = parseServiceTime(blob.contentCreated) ?? -Infinity;
  return error.code === 'AF20050' && service.now() - created < justListedInMs;
}

function toUnavailable(blob: ContentBlob, error: ApiError): BlobUnavailableError {
  const { status, code, requestId, body } = error;
  const reason = goneCodes.has(code) ? code : `HTTP ${status}`;
  return new BlobUnavailableError(blob, reason, { status, code, requestId, body });
}

function parseRecords(reply: HttpReply, blob: ContentBlob): AuditRecord[] {
  const value = reply.json();
  if (Array.isArray(value)) return value as AuditRecord[];
  throw new ResponseFormatError(`${describeBlob(blob)} is JSON, but not an array of records.`, {
    length: reply.body.byteLength,
    operation,
    contentType: blob.contentType,
  });
}

function describeBlob({ contentId, contentType }: ContentBlob): string {
  return `${operation}: blob ${contentId} of ${contentType}`;
}

/** A whole blob's records, each its own bytes. */
export function splitElements(body: Uint8Array, blob: ContentBlob): Uint8Array[] {
  const scanner = createScanner();
  try {
    const elements = scanner.push(body);
    scanner.end();
    return elements;
  } catch (error) {
    throw toBlobError(error, blob, 0);
  }
}

/** What went wrong inside a blob, as an error of ours that shows none of its content. */
export function toBlobError(error: unknown, blob: ContentBlob, recordsYielded: number): unknown {
  const after = `after ${recordsYielded} records`;
  const details = { operation, contentType: blob.contentType };
  if (error instanceof ScanError && !error.truncated)
    return new ResponseFormatError(
      `${describeBlob(blob)} is not a JSON array of records, at byte ${error.offset} (${error.message}), ${after}.`,
      { ...details, offset: error.offset },
    );
  if (ApiError.isInstance(error)) return error;
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return new ConnectionError(
    `${describeBlob(blob)}: the connection ended ${after}. None of them was partial; read the blob again for the rest.`,
    { ...details, code: timedOut ? 'timeout' : 'reset', recordsYielded },
  );
}

/** One record's bytes, parsed. */
export function parseElement(bytes: Uint8Array, blob: ContentBlob, recordsYielded: number): AuditRecord {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as AuditRecord;
  } catch {
    // Without the parser's words: they quote the content.
    throw new ResponseFormatError(`${describeBlob(blob)}: record ${recordsYielded + 1} is not JSON.`, {
      length: bytes.byteLength,
      operation,
      contentType: blob.contentType,
    });
  }
}
