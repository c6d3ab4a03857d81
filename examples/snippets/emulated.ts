import { contoso, createEmulator } from 'audit-emulator';
import { O365ActivityClient, entraCredential } from 'o365-activity-client';

// Time leaps: nothing ever waits, and a week passes in a test of milliseconds.
const emulator = createEmulator({ clock: 'virtual' });
const { fetch, clock } = emulator;
const { tenantId, clientId, clientSecret } = contoso;
const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
const o365 = new O365ActivityClient(tenantId, credential, { fetch, clock });

emulator.faults.add({ service: 'management-activity', path: /subscriptions\/list/, effect: { status: 503 } });
console.log(await o365.subscriptions.list());
console.log(emulator.requests.map(({ service, status }) => `${service} ${status}`));
