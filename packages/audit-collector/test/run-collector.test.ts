import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { contoso, createEmulator } from 'audit-emulator';
import { expect, test } from 'vitest';
import { getExitCode } from '../src/cli/get-exit-code.js';
import { parseConfig } from '../src/config/parse/parse-config.js';
import { runCollector } from '../src/run/run-collector.js';

const text = `version: 1
name: soc-west
identities:
  app: { type: secret, clientId: ${contoso.clientId}, clientSecret: { env: AUDIT_CLIENT_SECRET } }
tenants:
  contoso:
    id: ${contoso.tenantId}
    identity: app
    mcas: { url: "https://contoso.eu2.portal.cloudappsecurity.com", token: { env: AUDIT_MCAS_TOKEN } }
    values: { ruleId: ${contoso.dcrImmutableId} }
outputs:
  sentinel:
    type: logs-ingestion
    identity: app
    endpoint: https://contoso-dce.eastus-1.ingest.monitor.azure.com
    ruleId: \${tenant.ruleId}
  archive: { type: ndjson, folder: ./archive }
pipelines:
  audit: { source: { type: o365, startFrom: oldest, startSubscriptions: true }, outputs: [sentinel, archive] }
  activities: { source: { type: mcas-activities, startFrom: oldest }, outputs: [sentinel] }
`;

async function setUp() {
  const emulator = createEmulator({ clock: 'virtual', records: 300 });
  const folder = await mkdtemp(join(tmpdir(), 'collector-'));
  const env = { AUDIT_CLIENT_SECRET: contoso.clientSecret, AUDIT_MCAS_TOKEN: contoso.mcasToken };
  const context = { folder, env, fetch: emulator.fetch, clock: emulator.clock, stdout: new PassThrough() };
  return { emulator, folder, context, config: parseConfig(text, { file: 'a.yaml', env }) };
}

test('one file collects audit records and activities into tables and an archive, each record once', async () => {
  const { emulator, folder, context, config } = await setUp();
  const run = () => runCollector(config, context, { follow: false });
  const [audit, activities] = (await run()).map(({ report }) => report?.records);
  const received = (table: string) =>
    [...emulator.state.logAnalytics.workspaces.values()][0]?.tables.get(table)?.received;
  expect(audit?.accepted).toBeGreaterThan(300);
  expect(audit?.accepted).toBe((audit?.read ?? 0) - (audit?.duplicates ?? 0));
  expect(received('AuditRecords_CL')).toBe(audit?.accepted);
  expect(received('MCAS_Activity_Log_CL')).toBe(activities?.accepted);
  const manifest = await readFile(join(folder, 'archive/audit/contoso/manifest.ndjson'), 'utf8');
  const archived = manifest
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + (JSON.parse(line) as { records: number }).records, 0);
  expect(archived).toBe(audit?.accepted);

  // A second run finds everything delivered.
  for (const { report, error } of await run()) {
    expect(error).toBeUndefined();
    expect(report?.records.accepted).toBe(0);
  }
}, 30_000);

test('a pipeline whose secret is missing fails by itself; the other is delivered', async () => {
  const { context, config } = await setUp();
  const env = { AUDIT_CLIENT_SECRET: contoso.clientSecret };
  const outcomes = await runCollector(config, { ...context, env }, { follow: false });
  expect(outcomes[0]?.error).toBeUndefined();
  expect(getExitCode(outcomes[1]?.error)).toBe(5);
  expect(String(outcomes[1]?.error)).toContain('the variable AUDIT_MCAS_TOKEN is empty or not set');
}, 30_000);
