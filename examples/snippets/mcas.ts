import { McasClient, Service, apiToken } from 'mcas-client';

const { MCAS_URL = '', MCAS_TOKEN = '' } = process.env;
const mcas = new McasClient(MCAS_URL, apiToken(MCAS_TOKEN));

for await (const activity of mcas.activities.scan({
  filters: { service: { eq: [Service.ExchangeOnline] }, date: { gte_ndays: 1 } },
})) {
  console.log(activity._id, activity.description);
}
