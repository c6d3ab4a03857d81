import { DataCollectorClient } from 'loganalytics-ingest';

const { AUDIT_WORKSPACE_ID = '', AUDIT_WORKSPACE_KEY = '' } = process.env;
const classic = new DataCollectorClient(AUDIT_WORKSPACE_ID, AUDIT_WORKSPACE_KEY);

const report = await classic.upload({ logType: 'Demo' }, [{ Message: 'Grüße, 世界', Count: 1 }]);
console.log(report);
