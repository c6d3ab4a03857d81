import { LogsIngestionClient, entraCredential } from 'loganalytics-ingest';

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
const logs = new LogsIngestionClient(AUDIT_LOGS_ENDPOINT, credential);

const rows = [{ TimeGenerated: new Date(), Message: 'Grüße, 世界', Count: 1 }];
const report = await logs.upload({ ruleId: AUDIT_LOGS_RULE_ID, stream: 'Custom-Demo_CL' }, rows);
console.log(`${report.accepted} rows accepted, ${report.wireBytes} bytes sent`);
