import { O365ActivityClient, contentTypes, entraCredential } from 'o365-activity-client';

const { AUDIT_TENANT_ID: tenantId = '', AUDIT_CLIENT_ID = '', AUDIT_CLIENT_SECRET = '' } = process.env;
const credential = entraCredential({
  tenantId,
  clientId: AUDIT_CLIENT_ID,
  clientSecret: AUDIT_CLIENT_SECRET,
});
const o365 = new O365ActivityClient(tenantId, credential);

await o365.subscriptions.ensure(contentTypes);
const to = new Date();
const from = new Date(to.getTime() - 24 * 3_600_000);
for await (const record of o365.records.list({ from, to })) {
  console.log(record.CreationTime, record.Operation, record.UserId);
}
