import { fileDeadLetters, runPipeline, sqliteState } from 'audit-pipeline';
import { logsIngestionSink } from 'audit-pipeline/loganalytics';
import { auditRow, o365Source, recordId, where } from 'audit-pipeline/o365';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient, entraCredential } from 'o365-activity-client';

const {
  AUDIT_TENANT_ID = '',
  AUDIT_CLIENT_ID = '',
  AUDIT_CLIENT_SECRET = '',
  AUDIT_LOGS_ENDPOINT = '',
  AUDIT_LOGS_RULE_ID = '',
} = process.env;
const credential = entraCredential({
  tenantId: AUDIT_TENANT_ID,
  clientId: AUDIT_CLIENT_ID,
  clientSecret: AUDIT_CLIENT_SECRET,
});
const o365 = new O365ActivityClient(AUDIT_TENANT_ID, credential);
const logs = new LogsIngestionClient(AUDIT_LOGS_ENDPOINT, credential);
await o365.subscriptions.ensure(['Audit.Exchange', 'Audit.SharePoint']);

const report = await runPipeline({
  source: o365Source(o365, {
    tenantId: AUDIT_TENANT_ID,
    contentTypes: ['Audit.Exchange', 'Audit.SharePoint'],
    startFrom: 'oldest',
  }),
  // What systems and applications did is left out here, and counted as `filtered`; `auditRow()` alone keeps all.
  transform: where({ userKind: ['upn'] }, auditRow()),
  recordId,
  sink: logsIngestionSink(logs, { ruleId: AUDIT_LOGS_RULE_ID, stream: 'Custom-AuditRecords_CL' }),
  state: await sqliteState('collector.db'),
  deadLetters: await fileDeadLetters('dead-letters'),
});
console.log(report.records, report.gaps);
