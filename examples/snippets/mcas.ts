import { McasClient, Service, apiToken } from 'mcas-client';

const { AUDIT_MCAS_URL = '', AUDIT_MCAS_TOKEN = '' } = process.env;
const mcas = new McasClient(AUDIT_MCAS_URL, apiToken(AUDIT_MCAS_TOKEN));

for await (const activity of mcas.activities.scan({
  filters: { service: { eq: [Service.ExchangeOnline] }, date: { gte_ndays: 1 } },
})) {
  console.log(activity._id, activity.description);
}
