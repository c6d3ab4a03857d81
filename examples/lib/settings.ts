/** Values the examples take from the environment, with an error that says what is missing and where to find it. */
const where = {
  AUDIT_TENANT_ID: 'the directory (tenant) ID of the app registration',
  AUDIT_CLIENT_ID: 'the application (client) ID of the app registration',
  AUDIT_CLIENT_SECRET: 'a client secret of the app registration',
  AUDIT_GRAPH_CLIENT_ID:
    'the client ID of an app registration that may read the mailboxes of the report, and no others',
  AUDIT_GRAPH_CLIENT_SECRET: 'a client secret of that app registration',
  AUDIT_MCAS_URL: 'the API URL under Settings > Cloud Apps > System > About in the Defender portal',
  AUDIT_KEY_VAULT_URL: 'the vault URI, for example https://contoso-vault.vault.azure.net',
  AUDIT_WORKSPACE_ID: 'the workspace ID (a GUID) of the Log Analytics workspace',
  AUDIT_LOGS_ENDPOINT: 'the logsIngestion endpoint of the data collection rule',
  AUDIT_LOGS_RULE_ID: 'the immutable ID (dcr-...) of the data collection rule',
  AZURE_STORAGE_CONNECTION_STRING: 'the connection string of the storage account of queue and ledger',
} as const;

export type Setting = keyof typeof where;

/** A missing or wrong setting: printed without a stack. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}

export function required(name: Setting): string {
  const value = process.env[name];
  if (!value) throw new SettingsError(`${name} is not set: ${where[name]}. See docs/setup.md.`);
  return value;
}

export function optional(name: string): string | undefined {
  return process.env[name] || undefined;
}
