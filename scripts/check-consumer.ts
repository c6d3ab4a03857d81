/**
 * A stranger's project outside the repository: installs the packed tarballs of the three clients, compiles under
 * TypeScript 5.9 and 7, NodeNext and Bundler, without skipLibCheck, and runs the README's code on plain Node 22 and 24
 * against an emulator. Needs a build.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { contoso } from 'audit-emulator';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
let failed = 0;

function check(label: string, ok: boolean, detail = ''): void {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${label}`);
  if (!ok) {
    failed += 1;
    console.log(detail);
  }
}

function run(label: string, command: string, args: string[], cwd = folder): boolean {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  check(label, status === 0, `${stdout}${stderr}`);
  return status === 0;
}

const clients = ['mcas-client', 'o365-activity-client', 'loganalytics-ingest'];
const packed = [...clients, 'audit-emulator'];
for (const name of packed)
  run(`pack ${name}`, 'pnpm', ['pack', '--pack-destination', folder], join(root, 'packages', name));
const tarballs = Object.fromEntries(
  packed.map((name) => {
    const file = readdirSync(folder).find((one) => one.startsWith(name) && one.endsWith('.tgz'));
    return [name, `file:./${file}`];
  }),
);

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
write(
  'package.json',
  JSON.stringify({
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: {
      ...tarballs,
      '@azure/identity': '^4.14.1',
      '@types/node': '^24.0.0',
      zod: '^4.6.7',
      ts59: 'npm:typescript@~5.9.0',
      ts7: 'npm:typescript@^7.0.2',
      node22: 'npm:node@22.x',
      node24: 'npm:node@24.x',
    },
  }),
);
cpSync(join(root, 'examples/snippets/readme.ts'), join(folder, 'readme.ts'));
cpSync(join(root, 'examples/snippets/mcas.ts'), join(folder, 'mcas.ts'));
cpSync(join(root, 'examples/snippets/classic.ts'), join(folder, 'classic.ts'));
write(
  'identity.ts',
  `import { ClientSecretCredential } from '@azure/identity';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { McasClient } from 'mcas-client';
import { O365ActivityClient } from 'o365-activity-client';
import { RecordType } from 'o365-activity-client/records';

const credential = new ClientSecretCredential('t', 'c', 's');
export const all = [
  new O365ActivityClient('${contoso.tenantId}', credential),
  new LogsIngestionClient('https://x.westeurope-1.ingest.monitor.azure.com', credential),
  new McasClient('https://contoso.eu2.portal.cloudappsecurity.com', credential),
  RecordType.ExchangeAdmin,
];
`,
);
write(
  'required.cjs',
  `for (const name of ${JSON.stringify([...clients, 'o365-activity-client/records'])})
  if (Object.keys(require(name)).length === 0) throw new Error(name);
`,
);
const configs = [
  ['nodenext', 'NodeNext', true],
  ['nodenext-loose', 'NodeNext', false],
  ['bundler', 'Bundler', true],
  ['bundler-loose', 'Bundler', false],
] as const;
for (const [name, moduleResolution, exactOptionalPropertyTypes] of configs)
  write(
    `tsconfig.${name}.json`,
    JSON.stringify({
      compilerOptions: {
        module: moduleResolution === 'Bundler' ? 'ESNext' : moduleResolution,
        moduleResolution,
        target: 'ES2023',
        lib: ['ES2023', 'ESNext.Disposable', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
        types: ['node'],
        strict: true,
        exactOptionalPropertyTypes,
        skipLibCheck: false,
        outDir: 'out',
      },
      files: ['readme.ts', 'mcas.ts', 'classic.ts', 'identity.ts'],
    }),
  );
// README code names Microsoft's hosts; here they are the emulator's, in the same process.
write(
  'emulated.mjs',
  `import { createEmulator } from 'audit-emulator';
const emulator = createEmulator();
process.once('beforeExit', () => {
  const rows = emulator.state.logAnalytics.rows('AuditRecords_CL');
  const whole = rows.filter(({ RecordId, Record }) => RecordId && Record?.Id === RecordId && Record.CreationTime);
  console.log(whole.length + ' of ' + rows.length + ' whole');
});
globalThis.fetch = (input, init) => emulator.fetch(new Request(input, init));
`,
);

async function runReadme(node: string): Promise<void> {
  const child = spawn(
    join(folder, `node_modules/${node}/bin/node`),
    ['--import', './emulated.mjs', 'out/readme.js'],
    {
      cwd: folder,
      env: {
        AUDIT_TENANT_ID: contoso.tenantId,
        AUDIT_CLIENT_ID: contoso.clientId,
        AUDIT_CLIENT_SECRET: contoso.clientSecret,
        AUDIT_LOGS_ENDPOINT: 'https://contoso.westeurope-1.ingest.monitor.azure.com',
        AUDIT_LOGS_RULE_ID: contoso.dcrImmutableId,
      },
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  const rows = Number(/(\d+) rows accepted/.exec(output)?.[1] ?? 0);
  const whole = output.includes(`${rows} of ${rows} whole`);
  check(`README code on ${node}: ${rows} rows accepted, whole`, code === 0 && rows > 0 && whole, output);
}

if (run('npm install', 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])) {
  for (const compiler of ['ts59', 'ts7'])
    for (const [config] of configs)
      run(`${compiler} ${config}`, join(folder, 'node_modules', compiler, 'bin/tsc'), [
        '-p',
        `tsconfig.${config}.json`,
      ]);
  // The bundler's output has the same imports; NodeNext's is what plain Node runs.
  run('emit', join(folder, 'node_modules/ts59/bin/tsc'), ['-p', 'tsconfig.nodenext.json']);
  for (const node of ['node22', 'node24'])
    run(`require() on ${node}`, join(folder, `node_modules/${node}/bin/node`), ['required.cjs']);
  for (const node of ['node22', 'node24']) await runReadme(node);
  const forbidden = clients.filter((name) =>
    /from '(ky|@azure\/msal-node|@repo\/)/.test(
      readFileSync(join(folder, 'node_modules', name, 'dist/index.d.ts'), 'utf8'),
    ),
  );
  check(
    'no ky, MSAL or private type in a published declaration',
    forbidden.length === 0,
    forbidden.join(', '),
  );
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed > 0 ? 1 : 0;
