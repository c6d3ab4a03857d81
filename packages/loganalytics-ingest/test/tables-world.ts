import { contoso, createEmulator } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { DataCollectorClient, LogsIngestionClient, entraCredential } from '../src/index.js';
import type { UploadReport } from '../src/index.js';
import { ruleProperties } from '../src/tables.js';
import type { Deployable } from '../src/tables.js';

const { tenantId, clientId, clientSecret, subscriptionId, resourceGroup, workspaceName, location } = contoso;
const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers`;
export const workspaceResourceId: string = `${group}/Microsoft.OperationalInsights/workspaces/${workspaceName}`;

interface Rule {
  properties: { immutableId: string; endpoints: { logsIngestion: string } };
}

export interface World {
  emulator: Emulator;
  classic: DataCollectorClient;
  getTable(name: string): Promise<unknown>;
  migrateTable(name: string): Promise<unknown>;
  /** Table and rule, then a client of that rule. */
  deploy(part: Deployable): Promise<{ rule: unknown; upload(rows: object[]): Promise<UploadReport> }>;
}

/** The emulator, its ARM, and both clients. */
export function world(): World {
  const emulator: Emulator = createEmulator({ clock: 'virtual', start: Date.parse('2026-11-20T12:00:00Z') });
  const { fetch, clock } = emulator;
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  async function arm(method: string, id: string, body?: object): Promise<unknown> {
    const access = await credential.getToken('https://management.azure.com/.default');
    const response = await fetch(
      new Request(`https://management.azure.com${id}?api-version=2025-07-01`, {
        method,
        headers: { authorization: `Bearer ${access?.token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
  const table = (name: string): string => `${workspaceResourceId}/tables/${name}`;
  return {
    emulator,
    classic: new DataCollectorClient(contoso.workspaceId, contoso.sharedKey, { fetch, clock }),
    getTable: (name: string) => arm('GET', table(name)),
    migrateTable: (name: string) => arm('POST', `${table(name)}/migrate`),
    async deploy(part) {
      if (part.tableBody) await arm('PUT', table(part.name), part.tableBody());
      const properties = ruleProperties([part], workspaceResourceId);
      const rule = (await arm('PUT', `${group}/Microsoft.Insights/dataCollectionRules/dcr-test`, {
        kind: 'Direct',
        location,
        properties,
      })) as Rule;
      const { immutableId: ruleId, endpoints } = rule.properties;
      const client = new LogsIngestionClient(endpoints.logsIngestion, credential, { fetch, clock });
      const [stream = ''] = part.dataFlow().streams;
      return { rule, upload: (rows: object[]) => client.upload({ ruleId, stream }, rows) };
    },
  };
}
