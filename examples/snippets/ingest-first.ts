import { LogsIngestionClient, entraCredential } from 'loganalytics-ingest';

const { TENANT_ID = '', CLIENT_ID = '', CLIENT_SECRET = '', DCR_ENDPOINT = '', DCR_ID = '' } = process.env;
const credential = entraCredential({ tenantId: TENANT_ID, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
const logs = new LogsIngestionClient(DCR_ENDPOINT, credential);

const rows = [{ TimeGenerated: new Date(), Message: 'Grüße, 世界', Count: 1 }];
const report = await logs.upload({ ruleId: DCR_ID, stream: 'Custom-Demo_CL' }, rows);
console.log(`${report.accepted} rows accepted, ${report.wireBytes} bytes sent`);
