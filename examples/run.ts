/**
 * `pnpm example <name> [arguments]` runs examples/<name>.ts on the tenant that the environment variables name;
 * with `--emulated` against an emulator that it starts; `--list` prints the names.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3));
const [name, ...rest] = process.argv.slice(2);

/** What examples that never end, or that ask, are given when they run on the emulator without arguments. */
const emulatedArguments: Readonly<Record<string, string[]>> = {
  'o365-subscriptions': ['start'],
  replay: ['--hours', '24'],
  'o365-alert-rules': ['--domain', 'contoso.example'],
  'o365-tail': ['--once', '--since', '300'],
  reconcile: ['--collect', '--report-only'],
  'reconcile-mcas': ['--collect', '--report-only'],
  'sharing-report-html': ['--out', join(tmpdir(), 'sharing-report.html')],
  'o365-to-log-analytics': ['--folder', join(tmpdir(), `o365-collector-${process.pid}`)],
  'mcas-to-log-analytics': ['--folder', join(tmpdir(), `mcas-collector-${process.pid}`)],
  'o365-webhook-receiver': ['--port', '0', '--blobs', '3'],
};

const emulatedTypes = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const;

/** After so many rows the workspace takes what comes, and stores nothing. */
function capAfter({ state: { logAnalytics } }: Emulator, most: number): void {
  const store = logAnalytics.store.bind(logAnalytics);
  logAnalytics.store = (table, rows) => {
    store(table, rows);
    logAnalytics.settings.dailyCapReached = table.received >= most;
  };
}

/** As an administrator has done before. */
function subscribe({ state: { managementActivity }, clock, env }: Emulator): void {
  const { AUDIT_TENANT_ID = '', AUDIT_CLIENT_ID = '' } = env('');
  for (const type of emulatedTypes)
    managementActivity.subscriptions.enable(AUDIT_TENANT_ID, AUDIT_CLIENT_ID, type, clock.now());
}

const preparations: Readonly<Record<string, (emulator: Emulator) => void>> = {
  estimate: subscribe,
  replay: subscribe,
  reconcile: (emulator) => capAfter(emulator, 4000),
  'reconcile-mcas': (emulator) => capAfter(emulator, 600),
  'o365-webhook-receiver': ({ state: { managementActivity } }) => {
    managementActivity.settings.insecureWebhooks = true;
    managementActivity.live({ intervalInMs: 500 });
  },
};

async function run(script: string, args: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--conditions=@repo/source', '--import', 'tsx', join(import.meta.dirname, `${script}.ts`), ...args],
    { stdio: 'inherit', env: { ...process.env, ...env } },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

async function runEmulated(script: string, args: string[]): Promise<number> {
  const emulator = createEmulator();
  preparations[script]?.(emulator);
  const listening = await emulator.listen();
  const folder = mkdtempSync(join(tmpdir(), 'audit-emulator-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, listening.caPem);
  try {
    const given = args.length > 0 ? args : (emulatedArguments[script] ?? []);
    return await run(script, given, emulator.env(listening.origin, caFile));
  } finally {
    await listening.close();
    rmSync(folder, { recursive: true });
  }
}

if (name === '--list') console.log(names.join('\n'));
else if (!name || !names.includes(name)) {
  console.error(`usage: pnpm example <name> [--emulated] [arguments]\nnames: ${names.join(', ')}`);
  process.exitCode = 2;
} else if (rest.includes('--emulated')) {
  const given = rest.filter((argument) => argument !== '--emulated');
  // Exits though the emulator may still have announcements to repeat to a webhook that is gone.
  process.exit(await runEmulated(name, given));
} else process.exitCode = await run(name, rest, {});
