import { DataCollectorClient } from 'loganalytics-ingest';

const { WORKSPACE_ID = '', SHARED_KEY = '' } = process.env;
const classic = new DataCollectorClient(WORKSPACE_ID, SHARED_KEY);

const report = await classic.upload({ logType: 'Demo' }, [{ Message: 'Grüße, 世界', Count: 1 }]);
console.log(report);
