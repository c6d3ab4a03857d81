import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient, entraCredential } from 'o365-activity-client';
import { utcTime } from 'o365-activity-client/records';

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

const contentTypes = ['Audit.Exchange', 'Audit.SharePoint'];
await o365.subscriptions.ensure(contentTypes);
const lastDay = { from: new Date(Date.now() - 86_400_000), to: new Date() };

/** A row for each record, whole in `Record`: a property without a column of its own would be dropped. */
async function* rows() {
  for await (const record of o365.records.list({ contentTypes, ...lastDay })) {
    const { Id: RecordId, Operation, UserId } = record;
    const TimeGenerated = utcTime(record.CreationTime);
    yield { TimeGenerated, EventTime: TimeGenerated, RecordId, Operation, UserId, Record: record };
  }
}
const report = await logs.upload({ ruleId: AUDIT_LOGS_RULE_ID, stream: 'Custom-AuditRecords_CL' }, rows());
console.log(`${report.accepted} rows accepted`);
