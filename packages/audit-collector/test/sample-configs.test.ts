import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { contoso } from 'audit-emulator';
import { expect, test } from 'vitest';
import { createPipelines } from '../src/build/create-pipelines.js';
import { parseConfig } from '../src/config/parse/parse-config.js';

const folder = new URL('../../../examples/collector/', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
const env = {
  AUDIT_TENANT_ID: contoso.tenantId,
  AUDIT_CLIENT_ID: contoso.clientId,
  AUDIT_CLIENT_SECRET: contoso.clientSecret,
  AUDIT_MCAS_URL: `https://${contoso.mcasHost}`,
  AUDIT_MCAS_TOKEN: contoso.mcasToken,
  AUDIT_LOGS_ENDPOINT: 'https://contoso.westeurope-1.ingest.monitor.azure.com',
  AUDIT_LOGS_RULE_ID: contoso.dcrImmutableId,
  AUDIT_PSEUDONYM_KEY: 'a key that is not one',
};

test.each(files)('the sample %s is valid, and every pipeline of it can be built', async (file) => {
  const config = parseConfig(await readFile(new URL(file, folder), 'utf8'), { file, env });
  const place = await mkdtemp(join(tmpdir(), 'collector-'));
  // The samples name folders of a server.
  const local = { ...config, state: { type: 'sqlite' as const, folder: 'state' } };
  const context = { folder: place, env, stdout: new PassThrough() };
  const pipelines = await createPipelines(local, context, { follow: false });
  expect(pipelines.map(({ name }) => name)).toContain('audit/contoso');
  for (const pipeline of pipelines) await pipeline.close();
});
