import { fileDeadLetters, runPipeline, sqliteState } from 'audit-pipeline';
import { logsIngestionSink } from 'audit-pipeline/loganalytics';
import { auditRow, o365Source, recordId, where } from 'audit-pipeline/o365';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient, entraCredential } from 'o365-activity-client';

const { TENANT_ID = '', CLIENT_ID = '', CLIENT_SECRET = '', DCR_ENDPOINT = '', DCR_ID = '' } = process.env;
const credential = entraCredential({ tenantId: TENANT_ID, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
const o365 = new O365ActivityClient(TENANT_ID, credential);
const logs = new LogsIngestionClient(DCR_ENDPOINT, credential);
await o365.subscriptions.ensure(['Audit.Exchange', 'Audit.SharePoint']);

const report = await runPipeline({
  source: o365Source(o365, {
    tenantId: TENANT_ID,
    contentTypes: ['Audit.Exchange', 'Audit.SharePoint'],
    startFrom: 'oldest',
  }),
  // What systems and applications did is left out here, and counted as `removed`; `auditRow()` alone keeps all.
  transform: where({ userKind: ['upn'] }, auditRow()),
  recordId,
  sink: logsIngestionSink(logs, { ruleId: DCR_ID, stream: 'Custom-AuditRecords_CL' }),
  state: await sqliteState('collector.db'),
  deadLetters: await fileDeadLetters('dead-letters'),
});
console.log(report.records, report.gaps);
