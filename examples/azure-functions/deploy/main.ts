/**
 * The entry point of the deployed app: storage by the app's own identity, never by a key. `main` of the package that
 * goes up beside host.json; the settings are those of azuredeploy.json.
 */
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueClient } from '@azure/storage-queue';
import { managedIdentity } from 'o365-activity-client';
import { cloudFromEnvironment } from '../../lib/identity.js';
import { SettingsError, optional } from '../../lib/settings.js';
import { hints, register } from '../app.js';
import { createHandlers } from '../handlers.js';

const account = optional('AzureWebJobsStorage__accountName');
const authId = optional('AUDIT_WEBHOOK_AUTH_ID');
if (!account || !authId)
  throw new SettingsError(
    'AzureWebJobsStorage__accountName and AUDIT_WEBHOOK_AUTH_ID must be set: see azuredeploy.json.',
  );

const credential = managedIdentity({ cloud: cloudFromEnvironment() });
const at = (service: string): string => `https://${account}.${service}.core.windows.net`;

// Table, container and queues are made by the template.
register(
  createHandlers({
    storage: {
      tables: new TableClient(at('table'), 'audit', credential),
      container: new BlobServiceClient(at('blob'), credential).getContainerClient('audit'),
      queue: new QueueClient(`${at('queue')}/audit-units`, credential),
      poisonQueue: new QueueClient(`${at('queue')}/audit-units-poison`, credential),
    },
    authId,
    hint: (context) => context.extraOutputs.set(hints, 'look'),
  }),
);
