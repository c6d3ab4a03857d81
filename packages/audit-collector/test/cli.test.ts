import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { mkdtemp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCli } from '../src/cli/app.js';
import type { CollectorContext } from '../src/cli/context.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collector-'));
  await mkdir(join(folder, 'below'));
  await writeFile(
    join(folder, 'audit-collector.yaml'),
    `version: 1
identities: { own: { type: managed-identity } }
tenants: { contoso: { id: contoso.example, identity: own } }
outputs: { screen: { type: stdout } }
pipelines: { audit: { source: { type: o365, startFrom: now }, outputs: [screen] } }
`,
  );
});

async function cli(...inputs: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const write = (lines: string[]) => ({ write: (text: string) => void lines.push(text) });
  const context: CollectorContext = {
    process: { stdout: write(out), stderr: write(err), env: {} },
    cwd: join(folder, 'below'),
    env: {},
    stdout: new PassThrough(),
    signals: new EventEmitter(),
    print: (line) => void out.push(`${line}\n`),
    note: (line) => void err.push(`${line}\n`),
  };
  const exit = await runCli(inputs, context);
  return { exit, out: out.join(''), err: err.join('') };
}

test('check --offline finds the file in a folder above', async () => {
  expect(await cli('check', '--offline')).toMatchObject({
    exit: 0,
    out: `ok   ${join(folder, 'audit-collector.yaml')}: tenants 1, pipelines 1 (1 runs), outputs 1\n`,
  });
});

test('a file that is not there is a configuration error', async () => {
  expect(await cli('check', '--config', 'missing.yaml')).toEqual({
    exit: 78,
    out: '',
    err: 'missing.yaml  cannot be read (ENOENT)\n',
  });
});

test.each([
  [['chek'], 'did you mean `check`'],
  [['check', '--ofline'], 'did you mean --offline'],
])('%j is wrong usage, and says what was meant', async (inputs, expected) => {
  const { exit, err } = await cli(...inputs);
  expect(exit).toBe(2);
  expect(err).toContain(expected);
});

test('export config prints the defaults, and its output is a valid configuration', async () => {
  const { out } = await cli('export', 'config');
  expect(out).toContain('startSubscriptions: false');
  const file = join(folder, 'effective.yaml');
  await writeFile(file, out);
  expect(await cli('check', '--offline', '--config', file)).toMatchObject({ exit: 0 });
});

test('export schema prints a schema that knows the pipelines', async () => {
  const { out } = await cli('export', 'schema');
  expect(JSON.parse(out)).toMatchObject({ properties: { pipelines: { type: 'object' } } });
});

test('check asks the services, and says of each tenant what is missing', async () => {
  const yaml = (cloud: string) => `version: 1
identities: { app: { type: secret, clientId: "\${env:AUDIT_CLIENT_ID}", clientSecret: { env: AUDIT_CLIENT_SECRET } } }
tenants: { contoso: { id: "\${env:AUDIT_TENANT_ID}", identity: app } }
outputs:
  table: { type: logs-ingestion, identity: app, endpoint: "\${env:AUDIT_LOGS_ENDPOINT}", ruleId: ${cloud} }
pipelines: { audit: { source: { type: o365, startFrom: now }, outputs: [table] } }
`;
  const file = join(folder, 'one.yaml');
  await writeFile(file, yaml('"${env:AUDIT_LOGS_RULE_ID}"'));
  const { exit, out } = await cli('check', '--emulated', '--write-test', '--config', file);
  expect(exit).toBe(1);
  expect(out).toContain('ok   contoso  Management Activity: ActivityFeed.Read is granted');
  expect(out).toContain('RED  contoso  Audit.Exchange: never subscribed by this app');
  expect(out).toContain('one marked row accepted by Custom-AuditRecords_CL');
  await writeFile(file, yaml('dcr-99999999999999999999999999999999'));
  const wrong = await cli('check', '--emulated', '--write-test', '--config', file);
  expect(wrong.out).toMatch(/RED {2}contoso {2}ingestion: .*NotFound/);
});

test('subscriptions start and stop print their plan, and do nothing without --apply', async () => {
  const file = join(folder, 'subscriptions.yaml');
  await writeFile(
    file,
    `version: 1
identities: { app: { type: secret, clientId: "\${env:AUDIT_CLIENT_ID}", clientSecret: { env: AUDIT_CLIENT_SECRET } } }
tenants:
  contoso: { id: "\${env:AUDIT_TENANT_ID}", identity: app }
  fabrikam: { id: fabrikam.example, identity: app }
outputs: { screen: { type: stdout } }
pipelines: { audit: { source: { type: o365, startFrom: now }, outputs: [screen] } }
`,
  );
  const run = (...inputs: string[]) => cli('subscriptions', ...inputs, '--emulated', '--config', file);
  expect((await run('list')).err).toContain('--tenant: is needed: there are several tenants');
  expect((await run('list', '--tenant', 'contosso')).err).toContain('Did you mean contoso?');
  expect((await run('list', '--tenant', 'contoso')).out).toContain(
    'Audit.Exchange              never started',
  );
  const planned = await run('start', '--tenant', 'contoso', '--type', 'DLP.All');
  expect(planned).toMatchObject({ out: '', err: 'would start in contoso: DLP.All. Add --apply to do it.\n' });
  expect((await run('start', '--tenant', 'contoso', '--type', 'DLP.All', '--apply')).out).toContain(
    'DLP.All',
  );
  const stop = await run('stop', '--tenant', 'contoso', '--type', 'DLP.All');
  expect(stop.err).toContain('is lost for good');
  expect(stop.out).toBe('');
  expect((await run('stop', '--tenant', 'contoso')).exit).toBe(2);
  const actions = await readFile(join(folder, 'state', 'actions.ndjson'), 'utf8');
  expect(JSON.parse(actions)).toMatchObject({
    command: 'subscriptions start',
    tenant: 'contoso',
    target: 'DLP.All',
  });
});
