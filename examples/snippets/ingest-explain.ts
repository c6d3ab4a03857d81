import { explainSignature } from 'loganalytics-ingest';

const { AUDIT_WORKSPACE_KEY = '' } = process.env;
const { stringToSign, findings } = explainSignature({
  sharedKey: AUDIT_WORKSPACE_KEY,
  body: '[{"Message":"Grüße"}]',
  date: 'Fri, 20 Nov 2026 12:00:00 GMT',
  serverDate: 'Fri, 20 Nov 2026 12:20:00 GMT',
  contentType: 'application/json; charset=utf-8',
});
console.log(stringToSign, findings);
