import { O365ActivityClient, entraCredential } from 'o365-activity-client';

const { TENANT_ID = '', CLIENT_ID = '', CERTIFICATE_PEM = '' } = process.env;
const cloud = 'gcc-high';
const credential = entraCredential({
  cloud,
  tenantId: TENANT_ID,
  clientId: CLIENT_ID,
  certificate: { pem: CERTIFICATE_PEM },
});
const o365 = new O365ActivityClient(TENANT_ID, credential, { cloud });
console.log(await o365.subscriptions.list());
