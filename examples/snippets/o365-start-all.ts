import { O365ActivityClient, contentTypes, entraCredential } from 'o365-activity-client';

const { TENANT_ID = '', CLIENT_ID = '', CLIENT_SECRET = '' } = process.env;
const credential = entraCredential({ tenantId: TENANT_ID, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
const o365 = new O365ActivityClient(TENANT_ID, credential);

for (const one of await o365.subscriptions.ensure(contentTypes))
  console.log(one.contentType, one.outcome, one.outcome === 'failed' ? one.error.message : '');
