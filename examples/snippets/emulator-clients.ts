import { contoso, createEmulator } from 'audit-emulator';
import { DataCollectorClient, LogsIngestionClient } from 'loganalytics-ingest';
import { McasClient, apiToken } from 'mcas-client';
import { O365ActivityClient, clouds, entraCredential } from 'o365-activity-client';

// On a socket; in a process of their own the clients need NODE_EXTRA_CA_CERTS, as the emulator prints it.
const { origin, close } = await createEmulator().listen();
const { tenantId, clientId, clientSecret, mcasToken, workspaceId, sharedKey } = contoso;
const cloud = { ...clouds.public, name: 'custom', authority: origin };
const credential = entraCredential({ tenantId, clientId, clientSecret, cloud });

const o365 = new O365ActivityClient(tenantId, credential, { cloud, endpoint: origin });
const mcas = new McasClient(origin, apiToken(mcasToken), { allowCustomHost: true });
const logs = new LogsIngestionClient(origin, credential, { cloud });
const classic = new DataCollectorClient(workspaceId, sharedKey, { endpoint: origin });
console.log([o365, mcas, logs, classic].length, 'clients on', origin);
await close();
