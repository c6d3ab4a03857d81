import { connect } from 'audit-emulator/connect';
import { O365ActivityClient } from 'o365-activity-client';

// Or connect({ origin: 'https://localhost:8443' }) for one that runs.
const { env, fetch, clock, close } = await connect({ clock: 'virtual' });
const o365 = O365ActivityClient.fromEnv(env, { fetch, clock });
console.log(await o365.subscriptions.list());
await close();
