import { DataCollectorClient, LogsIngestionClient, entraCredential } from 'loganalytics-ingest';

const {
  TENANT_ID = '',
  CLIENT_ID = '',
  CLIENT_SECRET = '',
  WORKSPACE_ID = '',
  SHARED_KEY = '',
} = process.env;
const cloud = 'gcc-high';
const credential = entraCredential({
  cloud,
  tenantId: TENANT_ID,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
});
export const logs: LogsIngestionClient = new LogsIngestionClient(
  'https://contoso-dcr-c050.usgovvirginia-1.ingest.monitor.azure.us',
  credential,
  { cloud },
);
export const classic: DataCollectorClient = new DataCollectorClient(WORKSPACE_ID, SHARED_KEY, { cloud });
