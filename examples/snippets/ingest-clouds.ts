import { DataCollectorClient, LogsIngestionClient, entraCredential } from 'loganalytics-ingest';

const {
  AUDIT_TENANT_ID = '',
  AUDIT_CLIENT_ID = '',
  AUDIT_CLIENT_SECRET = '',
  AUDIT_WORKSPACE_ID = '',
  AUDIT_WORKSPACE_KEY = '',
} = process.env;
const cloud = 'gcc-high';
const credential = entraCredential({
  cloud,
  tenantId: AUDIT_TENANT_ID,
  clientId: AUDIT_CLIENT_ID,
  clientSecret: AUDIT_CLIENT_SECRET,
});
export const logs: LogsIngestionClient = new LogsIngestionClient(
  'https://contoso-dcr-c050.usgovvirginia-1.ingest.monitor.azure.us',
  credential,
  { cloud },
);
export const classic: DataCollectorClient = new DataCollectorClient(AUDIT_WORKSPACE_ID, AUDIT_WORKSPACE_KEY, {
  cloud,
});
