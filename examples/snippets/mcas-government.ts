import { McasClient, entraCredential } from 'mcas-client';

const { AUDIT_TENANT_ID = '', AUDIT_CLIENT_ID = '', AUDIT_CLIENT_SECRET = '' } = process.env;
const cloud = 'gcc-high';
const credential = entraCredential({
  cloud,
  tenantId: AUDIT_TENANT_ID,
  clientId: AUDIT_CLIENT_ID,
  clientSecret: AUDIT_CLIENT_SECRET,
});
const mcas = new McasClient('https://contoso.us1.portal.cloudappsecurity.us', credential, { cloud });
for await (const alert of mcas.alerts.list({ filters: { alertOpen: { eq: true } } })) console.log(alert._id);
