import type { BlobUnit, ContentFeedOptions, O365ActivityClient, RawRecord } from 'o365-activity-client';
import type { LogsIngestionClient, LogsIngestionTarget } from 'loganalytics-ingest';
import type { Clock, Sink, Source, Transform } from '../src/index.js';
import { logsIngestionSink } from '../src/loganalytics.js';
import { auditRow, o365Source } from '../src/o365.js';

export interface BlobSourceOptions extends ContentFeedOptions {
  clock: Clock;
  identity?: string;
}

/** Content blobs of one tenant, their records as bytes. Who follows asks again for a type that fails. */
export function blobSource(
  client: O365ActivityClient,
  { identity = 'o365:test', ...options }: BlobSourceOptions,
): Source<BlobUnit, RawRecord> {
  const tenantId = identity.replace(/^o365:/, '');
  return o365Source(client, {
    ...options,
    tenantId,
    retryListingInMs: 1000,
    onContentTypeError: () => undefined,
  });
}

/** The row of a record: its own bytes under `Record`. */
export const rowOf: Transform<RawRecord, BlobUnit, Uint8Array> = auditRow({ maxRecordBytes: Infinity });

export function logsSink(client: LogsIngestionClient, target: LogsIngestionTarget): Sink<Uint8Array> {
  return logsIngestionSink(client, target);
}
