/**
 * Audit records into Log Analytics by a planner and several workers, each a process of its own.
 *
 *     pnpm example workers [--emulated] [--workers 3] [--units-per-minute 600] [--deadline 30]
 *       [--health-port 8080] [--keep-dlp-values]
 *
 * AZURE_STORAGE_CONNECTION_STRING names the storage account of queue, ledger and dead letters; on the emulator one is
 * started. The first SIGINT or SIGTERM drains within the deadline (seconds) and exits 0, the second stops at once: what
 * is not committed is delivered again. --health-port serves the planner's state as JSON on 127.0.0.1. Matched texts of
 * DLP.All are redacted unless --keep-dlp-values.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readArguments } from './lib/arguments.js';
import { dlpOptions } from './lib/audit-transform.js';
import { localStorage, openStorage } from './lib/azure-storage.js';
import { positive, runScript } from './lib/script.js';
import { optional, required } from './lib/settings.js';
import { plan, work } from './workers/roles.js';

const { values } = readArguments({
  options: {
    role: { type: 'string' },
    workers: { type: 'string', default: '3' },
    'units-per-minute': { type: 'string', default: '600' },
    deadline: { type: 'string', default: '30' },
    'health-port': { type: 'string' },
    ...dlpOptions,
  },
});
const drain = new AbortController();
const abort = new AbortController();
await runScript(async () => {
  const deadlineInMs = 1000 * (positive('--deadline', values.deadline) ?? 30);
  const unitsPerMinute = positive('--units-per-minute', values['units-per-minute']) ?? 600;
  const healthPort = positive('--health-port', values['health-port']);
  const count = positive('--workers', values.workers) ?? 3;
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (drain.signal.aborted) abort.abort(new Error(`Stopped by a second ${name}.`));
      drain.abort();
      setTimeout(() => abort.abort(new Error('The deadline of the drain has passed.')), deadlineInMs).unref();
    });
  const signals = { drainSignal: drain.signal, abortSignal: abort.signal };
  if (values.role) {
    const storage = await openStorage(required('AZURE_STORAGE_CONNECTION_STRING'));
    if (values.role === 'worker') return await work(storage, signals);
    return await plan(storage, { unitsPerMinute, healthPort }, signals);
  }
  // Only an emulator has an endpoint on this machine.
  const local =
    /^https:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(optional('AUDIT_EMULATOR') ?? '') &&
    !optional('AZURE_STORAGE_CONNECTION_STRING');
  const storage = local ? await localStorage() : undefined;
  const connectionString = storage?.connectionString ?? required('AZURE_STORAGE_CONNECTION_STRING');
  await openStorage(connectionString);
  const start = (role: string) =>
    spawn(
      process.execPath,
      [...process.execArgv, import.meta.filename, ...process.argv.slice(2), '--role', role],
      {
        stdio: 'inherit',
        env: { ...process.env, AZURE_STORAGE_CONNECTION_STRING: connectionString },
        // A terminal's SIGINT would reach them twice.
        detached: true,
      },
    );
  const planner = start('planner');
  const workers = Array.from({ length: count }, () => start('worker'));
  const all = [planner, ...workers];
  const ended = all.map(async (child) => ((await once(child, 'exit')) as [number | null])[0] ?? 1);
  drain.signal.addEventListener('abort', () => all.forEach((child) => child.kill('SIGTERM')));
  abort.signal.addEventListener('abort', () => all.forEach((child) => child.kill('SIGKILL')));
  // The planner ends when everything it found is committed; then the queue is empty.
  await ended[0];
  drain.abort();
  const codes = await Promise.all(ended);
  storage?.stop();
  return abort.signal.aborted ? 1 : Math.max(...codes);
});
