import { LogsIngestionClient } from 'loganalytics-ingest';
import { ContentType, O365ActivityClient } from 'o365-activity-client';
import type { ContentBlob } from 'o365-activity-client';
import { recordTypeName, redactSecrets } from 'o365-activity-client/records';
import type { AuditRecord } from 'o365-activity-client/records';
import { keepDlpValues } from '../lib/audit-transform.js';
import { counters } from '../lib/flow.js';
import type { FlowContext, FlowResult } from '../lib/flow.js';
import { cloudFromEnvironment, credentialFromEnvironment } from '../lib/identity.js';
import { optional, required } from '../lib/settings.js';
import { verify } from '../lib/verify.js';

/** One row per audit record: the record whole in `Record`, its common values beside it. */
export function toAuditRow(record: AuditRecord, blob: ContentBlob, runId: string): Record<string, unknown> {
  // CreationTime is UTC, whether it says so or not.
  const time = record.CreationTime;
  const eventTime = /(?:Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`;
  return {
    TimeGenerated: eventTime,
    EventTime: eventTime,
    RecordId: record.Id,
    SourceTenantId: record.OrganizationId,
    ContentType: blob.contentType,
    RecordType: record.RecordType,
    RecordTypeName: recordTypeName(record.RecordType),
    Operation: record.Operation,
    Workload: record.Workload,
    UserId: record.UserId,
    ClientIP: record.ClientIP,
    ResultStatus: record.ResultStatus,
    UnitId: blob.contentId,
    CollectorVersion: 'example',
    Record: record,
    RunId: runId,
  };
}

/** All five content types subscribed, listed, read → AuditRecords_CL, by the Logs Ingestion API. */
export async function auditRecords(context: FlowContext, hours = 24): Promise<FlowResult> {
  const started = performance.now();
  const cloud = cloudFromEnvironment();
  const credential = credentialFromEnvironment(cloud);
  const counts = counters();
  const { events } = counts;
  const endpoint = optional('AUDIT_EMULATOR');
  const o365 = new O365ActivityClient(required('AUDIT_TENANT_ID'), credential, {
    events,
    cloud,
    ...(endpoint && { endpoint }),
  });
  const types = Object.values(ContentType);
  const outcomes = await o365.subscriptions.ensure(types);
  const failed = outcomes.filter((one) => one.outcome === 'failed');
  for (const { contentType, error } of failed)
    console.error(`${contentType}: ${error?.message ?? 'not enabled'}`);
  const enabled = types.filter((type) => !failed.some((one) => one.contentType === type));

  const logs = new LogsIngestionClient(required('AUDIT_LOGS_ENDPOINT'), credential, { events, cloud });
  const to = new Date();
  const from = new Date(to.getTime() - hours * 3_600_000);
  // The service delivers some records twice, by design.
  const delivered = new Set<string>();
  let repeated = 0;
  const keep = keepDlpValues();
  const safe = (record: AuditRecord, { contentType }: ContentBlob): AuditRecord =>
    contentType === ContentType.Dlp && !keep ? redactSecrets(record) : record;
  async function* rows(): AsyncIterable<Record<string, unknown>> {
    for await (const unit of o365.records.blobs({ contentTypes: enabled, from, to })) {
      for await (const record of unit.records()) {
        if (delivered.has(record.Id)) repeated += 1;
        else yield toAuditRow(safe(record, unit.blob), unit.blob, context.runId);
        delivered.add(record.Id);
      }
      context.progress(
        `${delivered.size} records of ${enabled.length} content types, ${repeated} duplicates skipped`,
      );
    }
  }
  const target = { ruleId: required('AUDIT_LOGS_RULE_ID'), stream: 'Custom-AuditRecords_CL' };
  const { accepted } = await logs.upload(target, rows());
  const seen = await verify(credential, {
    workspaceId: required('AUDIT_WORKSPACE_ID'),
    table: 'AuditRecords_CL',
    runColumn: 'RunId',
    idColumn: 'RecordId',
    runId: context.runId,
    expected: accepted,
  });
  return {
    flow: 'audit records',
    table: 'AuditRecords_CL',
    requests: counts.requests,
    throttled: counts.throttled,
    read: delivered.size,
    accepted,
    ...seen,
    seconds: (performance.now() - started) / 1000,
  };
}
