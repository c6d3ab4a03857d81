import { O365ActivityClient, contentTypes, entraCredential } from 'o365-activity-client';

const { AUDIT_TENANT_ID = '', AUDIT_CLIENT_ID = '', AUDIT_CLIENT_SECRET = '' } = process.env;
const credential = entraCredential({
  tenantId: AUDIT_TENANT_ID,
  clientId: AUDIT_CLIENT_ID,
  clientSecret: AUDIT_CLIENT_SECRET,
});
const o365 = new O365ActivityClient(AUDIT_TENANT_ID, credential);

for (const one of await o365.subscriptions.ensure(contentTypes))
  console.log(one.contentType, one.outcome, one.outcome === 'failed' ? one.error.message : '');
