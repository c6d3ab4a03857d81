import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
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
    out: `ok  ${join(folder, 'audit-collector.yaml')}: 1 tenants, 1 pipelines (1 runs), 1 outputs\n`,
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
