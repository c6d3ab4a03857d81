import { O365ActivityClient, contentTypes, entraCredential } from 'o365-activity-client';

const { AZURE_TENANT_ID: tenantId = '', AZURE_CLIENT_ID = '', AZURE_CLIENT_SECRET = '' } = process.env;
const credential = entraCredential({
  tenantId,
  clientId: AZURE_CLIENT_ID,
  clientSecret: AZURE_CLIENT_SECRET,
});
const o365 = new O365ActivityClient(tenantId, credential);

await o365.subscriptions.ensure(contentTypes);
const endTime = new Date();
const startTime = new Date(endTime.getTime() - 24 * 3_600_000);
for await (const record of o365.records.list({ startTime, endTime })) {
  console.log(record.CreationTime, record.Operation, record.UserId);
}
