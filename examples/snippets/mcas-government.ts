import { McasClient, entraCredential } from 'mcas-client';

const { TENANT_ID = '', CLIENT_ID = '', CLIENT_SECRET = '' } = process.env;
const cloud = 'gcc-high';
const credential = entraCredential({
  cloud,
  tenantId: TENANT_ID,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
});
const mcas = new McasClient('https://contoso.us1.portal.cloudappsecurity.us', credential, { cloud });
for await (const alert of mcas.alerts.list({ filters: { alertOpen: { eq: true } } })) console.log(alert._id);
