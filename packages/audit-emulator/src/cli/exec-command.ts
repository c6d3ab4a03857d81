import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { proxyEnvironment } from '../connect/proxy-environment.js';
import { createTrustBundle } from '../connect/trust-bundle.js';
import { createEmulator } from '../server/emulator.js';
import type { CliOptions } from './cli-options.js';

/**
 * Runs one command against an emulator of its own, by environment variables alone, and gives its exit code: 128 and the
 * number of the signal that ended it, 127 when it could not be started.
 */
export async function runExec(
  options: CliOptions,
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<{ code: number; reason?: string }> {
  const [program = '', ...args] = command;
  const { faults, quotas, port: _port, host, ...rest } = options;
  const emulator = createEmulator(rest);
  for (const rule of faults) emulator.faults.add(rule);
  for (const [service, requestsPerMinute] of quotas) emulator.quotas.set(service, { requestsPerMinute });
  const server = await emulator.listen({ host, proxy: true });
  const bundle = await createTrustBundle(server.caPem, env);
  const where = { origin: server.origin, proxy: server.proxy ?? '', caFile: bundle.file };
  const child = spawn(program, args, { stdio: 'inherit', env: proxyEnvironment(where, env) });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  try {
    return await new Promise((resolve) => {
      child.once('error', (error: Error & { code?: string }) =>
        resolve({ code: 127, reason: `Cannot start ${program} (${error.code ?? error.message}).` }),
      );
      child.once('exit', (code, signal) =>
        resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0) }),
      );
    });
  } finally {
    process.off('SIGINT', forward).off('SIGTERM', forward);
    await server.close();
    await bundle.remove();
  }
}
