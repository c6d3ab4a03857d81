import { readFileSync, readdirSync } from 'node:fs';
import { tables } from 'audit-pipeline/tables';
import { auditScenario, contoso, createEmulator } from 'audit-emulator';
import type { Emulator, Row } from 'audit-emulator';
import { entraCredential } from 'o365-activity-client';
import { beforeEach, describe, expect, it } from 'vitest';

interface Rule {
  displayName: string;
  query: string;
  queryFrequency: string;
  queryPeriod: string;
  entityMappings?: { fieldMappings: { columnName: string }[] }[];
  customDetails: Record<string, string>;
}
interface Template {
  $schema: string;
  contentVersion: string;
  parameters: Record<string, { type: string }>;
  resources: { type: string; apiVersion: string; name: string; kind: string; properties: Rule }[];
}

const folder = new URL('../sentinel/', import.meta.url);
const files = readdirSync(folder);
const read = (file: string): Template => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Template;
const ruleOf = (file: string): Rule => read(file).resources[0]?.properties as Rule;
const columnsOf = (table: string): string[] | undefined =>
  tables.find(({ name }) => name === table)?.columns.map(({ name }) => name);

const words = new Set(
  'where extend summarize project by and or in contains asc desc true false has between'.split(' '),
);
/** Names of a query that are neither words of the language, functions, values, fields of a value, nor made in it. */
function columnsNamed(query: string): string[] {
  const bare = query.replaceAll(/'[^']*'/g, "''").replace(/^\w+/, '');
  const made = new Set([...bare.matchAll(/(\w+)\s*=(?![=~])/g)].map(([, name]) => name));
  const names = [...bare.matchAll(/(?<![.\w])[A-Za-z_]\w*(?!\w|\()/g)].map(([name]) => name);
  return names.filter((name) => !words.has(name) && !made.has(name));
}

it('are the three of the tables', () => {
  expect(files).toEqual(['collector-quiet.json', 'external-share-opened.json', 'forwarding-rule.json']);
});

describe.each(files)('%s', (file) => {
  const template = read(file);
  const rule = ruleOf(file);
  const columns = columnsOf(/^\w+/.exec(rule.query)?.[0] ?? '');

  it('is a deployment template of one scheduled rule', () => {
    expect(template.$schema).toBe(
      'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    );
    expect(template.contentVersion).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(template.resources).toHaveLength(1);
    expect(template.resources[0]).toMatchObject({
      type: 'Microsoft.SecurityInsights/alertRules',
      apiVersion: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
      name: expect.stringMatching(/^\[guid\(/) as string,
      scope: expect.stringContaining('Microsoft.OperationalInsights/workspaces') as string,
      kind: 'Scheduled',
    });
    const used = [...JSON.stringify(template).matchAll(/parameters\('(\w+)'\)/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(template.parameters)));
  });

  it('names columns that the table has', () => {
    expect(columns).toBeDefined();
    const named = columnsNamed(rule.query);
    expect(named.length).toBeGreaterThan(4);
    for (const name of named) expect(columns).toContain(name);
  });

  it('is run as often as Sentinel allows for what it looks back on', () => {
    // A period of two days or more: at most every hour.
    const days = Number(/^P(\d+)D$/.exec(rule.queryPeriod)?.[1]);
    expect(days).toBeGreaterThan(0);
    expect(rule.queryFrequency).toMatch(days >= 2 ? /^PT\d+H$/ : /^PT\d+[HM]$/);
  });

  it('maps what the query gives', () => {
    const given = rule.query.split('| project ').at(-1)?.split(', ') ?? [];
    const mapped = [
      ...(rule.entityMappings ?? []).flatMap((one) => one.fieldMappings.map((field) => field.columnName)),
      ...Object.values(rule.customDetails),
    ];
    expect(mapped.length).toBeGreaterThan(0);
    for (const name of mapped) expect(given).toContain(name);
  });
});

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 20, 12);
const iso = (ms: number): string => new Date(ms).toISOString();
let emulator: Emulator;

beforeEach(() => {
  emulator = createEmulator({ clock: 'virtual', start });
  const { workspaces } = emulator.state.logAnalytics;
  const seeded = workspaces.get(contoso.workspaceId)?.tables;
  const like = seeded?.get('Demo_CL');
  for (const { name, columns } of tables)
    if (like && !seeded?.has(name)) seeded?.set(name, { ...like, name, columns: [...columns], entries: [] });
});

function store(tableName: string, rows: Row[]): void {
  const table = emulator.state.logAnalytics.table(tableName);
  if (table) emulator.state.logAnalytics.store(table, rows);
}

/** What the rule finds now. */
async function found(file: string): Promise<Record<string, unknown>[]> {
  const { fetch, clock } = emulator;
  const { tenantId, clientId, clientSecret, workspaceId } = contoso;
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  const token = await credential.getToken('https://api.loganalytics.io/.default', {});
  const reply = await fetch(
    new Request(`https://api.loganalytics.io/v1/workspaces/${workspaceId}/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token?.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: ruleOf(file).query }),
    }),
  );
  const body = (await reply.json()) as { tables: { columns: { name: string }[]; rows: unknown[][] }[] };
  expect(reply.status, JSON.stringify(body)).toBe(200);
  const { columns = [], rows = [] } = body.tables[0] ?? {};
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at]])));
}

describe('an external share that is opened', () => {
  const row = (more: Row): Row => ({
    TimeGenerated: iso(start - hour),
    EventDateTime: iso(start - hour),
    ActivityId: 'a',
    Event: 'accept',
    UserId: 'kai@fabrikam.example',
    FileUrl: 'https://contoso.example/plan.docx',
    AccessCount: 0,
    ...more,
  });

  it('is told once, whichever row tells it', async () => {
    store('MCAS_Share_Report_CL', [row({})]);
    expect(await found('external-share-opened.json')).toEqual([]);
    const opened = row({ AccessCount: 1, FirstAccessDateTime: iso(start) });
    store('MCAS_Share_Report_CL', [
      opened,
      row({ Event: 'view', ActivityId: 'b', EventDateTime: iso(start) }),
    ]);
    expect(await found('external-share-opened.json')).toMatchObject([
      { UserId: 'kai@fabrikam.example', OpenedAt: iso(start) },
    ]);
    await emulator.clock.advance(2 * hour);
    // A later report has the same row again.
    store('MCAS_Share_Report_CL', [opened]);
    expect(await found('external-share-opened.json')).toEqual([]);
  });
});

describe('a forwarding rule', () => {
  const rows = (texts: readonly { text: string }[]): Row[] =>
    texts.map(({ text }) => {
      const record = JSON.parse(text) as Record<string, unknown>;
      const { Id: RecordId, Operation, UserId } = record;
      return { TimeGenerated: iso(start), RecordId, Operation, UserId, Record: record };
    });

  it('is told once, and where the mail goes', async () => {
    const { hit } = auditScenario('forwarding-rule', { at: start - 20 * hour });
    store('AuditRecords_CL', rows(auditScenario('mass-download', { at: start }).hit));
    expect(await found('forwarding-rule.json')).toEqual([]);
    store('AuditRecords_CL', [...rows(hit), ...rows(hit)]);
    const alerts = await found('forwarding-rule.json');
    expect(alerts).toHaveLength(hit.length);
    expect(alerts[0]?.['ForwardsTo']).toContain('collector@fabrikam.example');
    await emulator.clock.advance(2 * hour);
    store('AuditRecords_CL', rows(hit));
    expect(await found('forwarding-rule.json')).toEqual([]);
  });

  it('of a mailbox is told, to an address inside or outside', async () => {
    const set = (RecordId: string, Name: string): Row => ({
      TimeGenerated: iso(start),
      RecordId,
      Operation: 'Set-Mailbox',
      Record: { Parameters: [{ Name, Value: 'x' }] },
    });
    store('AuditRecords_CL', [
      set('a', 'ForwardingAddress'),
      set('b', 'ForwardingSmtpAddress'),
      set('c', 'Identity'),
    ]);
    const alerts = await found('forwarding-rule.json');
    expect(alerts.map(({ RecordId }) => String(RecordId)).toSorted()).toEqual(['a', 'b']);
  });

  it('that was too long for its column is told as well', async () => {
    store('AuditRecords_CL', [
      { TimeGenerated: iso(start), RecordId: 'r', Operation: 'New-InboxRule', RecordTruncated: true },
      { TimeGenerated: iso(start), RecordId: 's', Operation: 'New-InboxRule', Record: { Parameters: [] } },
    ]);
    expect(await found('forwarding-rule.json')).toMatchObject([{ RecordId: 'r' }]);
  });
});

describe('a collector', () => {
  const beat = (ContentType: string, more: Row = {}): Row => ({
    TimeGenerated: iso(emulator.clock.now()),
    Collector: 'c',
    SourceTenantId: contoso.tenantId,
    Source: 'o365',
    ContentType,
    LastListed: iso(emulator.clock.now()),
    NewestEvent: iso(emulator.clock.now()),
    ...more,
  });

  it('is quiet by type, and says in what way', async () => {
    store('AuditCollectorHealth_CL', [
      beat('Audit.General'),
      beat('Audit.Exchange', { NewestEvent: iso(start - 30 * hour) }),
      beat('Audit.SharePoint', { LastListed: iso(start - 2 * hour) }),
    ]);
    const why = async () =>
      (await found('collector-quiet.json')).map((row) => [row['ContentType'], row['Why']]);
    expect(await why()).toEqual([
      ['Audit.Exchange', 'no new event'],
      ['Audit.SharePoint', 'no listing'],
    ]);
    await emulator.clock.advance(hour / 2);
    expect((await why()).map(([, reason]) => reason)).toEqual([
      'no heartbeat',
      'no heartbeat',
      'no heartbeat',
    ]);
    store(
      'AuditCollectorHealth_CL',
      ['Audit.General', 'Audit.Exchange', 'Audit.SharePoint'].map((type) => beat(type)),
    );
    expect(await why()).toEqual([]);
  });
});
