import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient, entraCredential } from 'o365-activity-client';

const { TENANT_ID = '', CLIENT_ID = '', CLIENT_SECRET = '', DCR_ENDPOINT = '', DCR_ID = '' } = process.env;
const credential = entraCredential({ tenantId: TENANT_ID, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
const o365 = new O365ActivityClient(TENANT_ID, credential);
const logs = new LogsIngestionClient(DCR_ENDPOINT, credential);

await o365.subscriptions.ensure(['Audit.Exchange', 'Audit.SharePoint']);
const lastDay = { startTime: new Date(Date.now() - 86_400_000), endTime: new Date() };
const records = o365.records.list({ contentTypes: ['Audit.Exchange', 'Audit.SharePoint'], ...lastDay });
const report = await logs.upload({ ruleId: DCR_ID, stream: 'Custom-AuditRecords_CL' }, records);
console.log(`${report.accepted} rows accepted`);
