import { O365ActivityClient, entraCredential } from 'o365-activity-client';

const { AUDIT_TENANT_ID = '', AUDIT_CLIENT_ID = '', AUDIT_CLIENT_CERTIFICATE = '' } = process.env;
const cloud = 'gcc-high';
const credential = entraCredential({
  cloud,
  tenantId: AUDIT_TENANT_ID,
  clientId: AUDIT_CLIENT_ID,
  certificate: { pem: AUDIT_CLIENT_CERTIFICATE },
});
const o365 = new O365ActivityClient(AUDIT_TENANT_ID, credential, { cloud });
console.log(await o365.subscriptions.list());
