import { UnitUnreadableError } from 'audit-pipeline';
import type { Sink, Source, SourceRun } from 'audit-pipeline';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { BlobUnavailableError, createFeed } from 'o365-activity-client';
import type {
  AuditRecord,
  BlobUnit,
  ContentBlob,
  ContentType,
  O365ActivityClient,
} from 'o365-activity-client';
import { cloudFromEnvironment, credentialFromEnvironment } from './identity.js';
import { required } from './settings.js';

/** Content blobs from the oldest on; ends once everything up to now is listed. */
export function blobSource(
  o365: O365ActivityClient,
  contentTypes: readonly ContentType[],
): Source<BlobUnit, AuditRecord> {
  return {
    identity: `o365:${required('AZURE_TENANT_ID')}`,
    open(saved) {
      const feed = createFeed(saved, { contentTypes, startFrom: 'oldest' });
      return {
        read: readBlob(o365),
        ack: (id) => feed.ack(id),
        fail: (id, reason) => feed.fail(id, reason),
        checkpoint: () => feed.checkpoint(),
        async *discover({ abortSignal, onGap = () => {} }) {
          for (;;) {
            const step = feed.next(Date.now());
            if ('waitUntil' in step) return;
            const { contentType, startTime, endTime, gap } = step.list;
            if (gap) onGap(gap);
            const blobs: ContentBlob[] = [];
            const listing = o365.content.list(contentType, {
              startTime,
              endTime,
              onGap,
              ...(abortSignal && { abortSignal }),
            });
            for await (const blob of listing) blobs.push(blob);
            yield* feed.listed({ query: step.list, blobs });
          }
        },
      };
    },
  };
}

/** A blob that has expired can never be read. */
export function readBlob(o365: O365ActivityClient): SourceRun<BlobUnit, AuditRecord>['read'] {
  return async function* read(unit, options) {
    try {
      yield* o365.content.stream(unit.blob, options);
    } catch (error) {
      if (BlobUnavailableError.isInstance(error))
        throw new UnitUnreadableError(error.message, { cause: error });
      throw error;
    }
  };
}

/** The data collection rule's stream of audit records. */
export function auditSink<Row extends object>(): Sink<Row> {
  const cloud = cloudFromEnvironment();
  const logs = new LogsIngestionClient(
    required('LOGS_INGESTION_ENDPOINT'),
    credentialFromEnvironment(cloud),
    {
      cloud,
    },
  );
  const writer = logs.openWriter({
    ruleId: required('LOGS_INGESTION_RULE_ID'),
    stream: 'Custom-AuditRecords_CL',
  });
  return {
    cloud,
    write: (rows) => writer.write(rows),
    close: async () => void (await writer.close()),
  };
}
