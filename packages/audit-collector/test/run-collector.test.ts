import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { contoso, createEmulator } from 'audit-emulator';
import { expect, test } from 'vitest';
import { parseConfig } from '../src/config/parse-config.js';
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

test('one file collects audit records and activities into a table and an archive, once', async () => {
  const { emulator, folder, context, config } = await setUp();
  const first = await runCollector(config, context, { follow: false, onFailure: (n, e) => console.log(n, e), onGap: (n, g) => console.log(n, g) });
  expect(first.map(({ error }) => error)).toEqual([undefined, undefined]);
  console.log(JSON.stringify(first, null, 1));
  expect(await readFile(join(folder, 'archive/audit/contoso/manifest.ndjson'), 'utf8')).toContain('"records"');
  expect(emulator).toBeDefined();
});
