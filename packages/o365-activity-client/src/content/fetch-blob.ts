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
/** Clocks differ: only what has surely expired is not asked for. */
const expiryMarginInMs = 5 * 60_000;

/** Asks for a blob. A short one is whole and sound when this returns: a cut one has been asked for again. */
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
    else if (form === 'records') fetched = { form, records: recordsOf(reply), body: reply.body };
    else fetched = { form, elements: elementsOf(reply.body) };
  };
  try {
    await service.follow(blob.contentUri, {
      ...callOptions(options),
      operation,
      method: 'GET',
      maxBufferedBytes: options.maxBufferedBytes ?? service.maxBufferedBytes,
      check,
    });
  } catch (error) {
    if (!ApiError.isInstance(error)) throw error;
    if (error.status !== 404 && !goneCodes.has(error.code)) throw error;
    const { status, code, requestId, body } = error;
    throw new BlobUnavailableError(blob, goneCodes.has(code) ? code : `HTTP ${status}`, {
      status,
      code,
      requestId,
      body,
    });
  }
  const done = fetched as unknown as Fetched;
  // What of the request outlives it, until the next full collection, must not keep the records alive.
  fetched = undefined;
  return done;
}

function recordsOf(reply: HttpReply): AuditRecord[] {
  const value = reply.json();
  if (Array.isArray(value)) return value as AuditRecord[];
  throw new ResponseFormatError(`${operation}: the blob is JSON, but not an array of records.`, {
    length: reply.body.byteLength,
  });
}

/** A whole blob's records, each its own bytes. */
export function elementsOf(body: Uint8Array): Uint8Array[] {
  const scanner = createScanner();
  try {
    const elements = scanner.push(body);
    scanner.end();
    return elements;
  } catch (error) {
    throw blobError(error, 0);
  }
}

/** What went wrong inside a blob, as an error of ours that shows none of its content. */
export function blobError(error: unknown, recordsYielded: number): unknown {
  const after = `after ${recordsYielded} records`;
  if (error instanceof ScanError && !error.truncated)
    return new ResponseFormatError(
      `${operation}: the blob is not a JSON array of records, at byte ${error.offset} (${error.message}), ${after}.`,
      { offset: error.offset },
    );
  if (ApiError.isInstance(error)) return error;
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return new ConnectionError(
    `${operation}: the blob broke off ${after}. None of them was partial; read the blob again to have the rest.`,
    { code: timedOut ? 'timeout' : 'reset', recordsYielded },
  );
}

/** One record's bytes, parsed. */
export function parseElement(bytes: Uint8Array, recordsYielded: number): AuditRecord {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as AuditRecord;
  } catch {
    // Without the parser's words: they quote the content.
    throw new ResponseFormatError(`${operation}: record ${recordsYielded + 1} of the blob is not JSON.`, {
      length: bytes.byteLength,
    });
  }
}
