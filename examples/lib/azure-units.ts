import type { Sink, Source } from 'audit-pipeline';
import { logsIngestionSink } from 'audit-pipeline/loganalytics';
import { o365Source } from 'audit-pipeline/o365';
import type { BlobUnit, ContentType, O365ActivityClient, RawRecord } from 'o365-activity-client';
import { logsFromEnvironment } from './health.js';
import { required } from './settings.js';

/** Content blobs from the oldest on; ends once everything up to now is listed. */
export function auditSource(
  o365: O365ActivityClient,
  contentTypes: readonly ContentType[],
): Source<BlobUnit, RawRecord> {
  const tenantId = required('AUDIT_TENANT_ID');
  return o365Source(o365, { tenantId, contentTypes, startFrom: 'oldest' });
}

/** The data collection rule's stream of audit records. */
export function auditSink(): Sink<Uint8Array> {
  const target = { ruleId: required('AUDIT_LOGS_RULE_ID'), stream: 'Custom-AuditRecords_CL' };
  return logsIngestionSink(logsFromEnvironment(), target);
}
