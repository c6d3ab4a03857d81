import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsOf } from './cli-options.js';
import type { CliOptions } from './cli-options.js';
import { control } from './control-command.js';
import { createEmulator } from '../server/emulator.js';
import type { RequestRecord } from '../server/journal.js';
import type { Listening } from '../server/listen.js';

const usage = `audit-emulator [options]
audit-emulator control <what> [json] [--clear] [--host <address>] [--port <number>]

  --port <number>         where to listen (8443; 0: any free port)
  --host <address>        who can reach it (127.0.0.1: this machine only)
  --seed <text>           same seed, same data (contoso)
  --records <number>      audit records, and activities, of the seeded week (some thousands)
  --clock <mode>          real, virtual (waits take no time) or manual (real)
  --start <time>          when it begins, ISO 8601 with zone (now)
  --quota-minute <ms>     how long a quota minute lasts (60000)
  --quota <service>=<n>   requests of a quota minute: mcas, management-activity, logs-ingestion, data-collector
  --latency <ms>          every answer is so much later
  --fault <json>          a fault rule, as for POST /_emulator/faults; may be repeated
  --help

control steers the one that runs: requests, state, faults, quotas, snapshots, restore, clock, reset. With a JSON text
it sends, without one it reads:

  audit-emulator control snapshots '{"name":"before"}'
  audit-emulator control restore '{"name":"before"}'
  audit-emulator control faults --clear`;

export interface CliOutput {
  print(line: string): void;
  warn(line: string): void;
}

export interface RunningCli {
  /** Closes the server and removes the file of its authority. */
  stop(): Promise<void>;
  failed: boolean;
  server?: Listening;
  caFile?: string;
}

/** The program without its process: starts an emulator as the arguments say and prints how to use it. */
export async function runCli(args: readonly string[], output: CliOutput): Promise<RunningCli> {
  const nothing: RunningCli = { stop: async () => undefined, failed: false };
  if (args[0] === 'control') return { ...nothing, failed: !(await controlled(args.slice(1), output)) };
  let options: CliOptions | undefined;
  try {
    options = optionsOf(args);
  } catch (error) {
    output.warn(`${error instanceof Error ? error.message : 'Bad arguments.'}\n\n${usage}`);
    return { ...nothing, failed: true };
  }
  if (!options) {
    output.print(usage);
    return nothing;
  }

  const { port, host, faults, quotas, ...rest } = options;
  const emulator = createEmulator(rest);
  for (const rule of faults) emulator.faults.add(rule);
  for (const [service, requestsPerMinute] of quotas) emulator.quotas.set(service, { requestsPerMinute });
  let server: Listening;
  try {
    server = await emulator.listen({ port, host });
  } catch (error) {
    const code = (error as { code?: string }).code;
    const hint = code === 'EADDRINUSE' ? ' Is another one running? --port 0 takes a free port.' : '';
    output.warn(`Cannot listen on ${host}:${port} (${code ?? 'unknown'}).${hint}`);
    return { ...nothing, failed: true };
  }
  const folder = await mkdtemp(join(tmpdir(), 'audit-emulator-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, server.caPem);

  output.print(
    `audit-emulator listens on ${server.origin} (open it in a browser, or see ${server.origin}/_emulator/state)`,
  );
  if (host !== '127.0.0.1' && host !== 'localhost')
    output.warn(`Reachable from outside on ${host}: it has no locks.`);
  output.print('Nothing here is real: every credential below is fake and opens nothing.\n');
  for (const [name, value] of Object.entries(emulator.env(server.origin, caFile))) {
    output.print(`export ${name}='${value}'`);
  }
  output.print('');
  const silence = emulator.onRequest((entry) => output.print(liveLine(entry)));

  return {
    failed: false,
    server,
    caFile,
    stop: async () => {
      silence();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function controlled(args: readonly string[], output: CliOutput): Promise<boolean> {
  try {
    const { ok, text } = await control(args);
    if (ok) output.print(text || 'done');
    else output.warn(text);
    return ok;
  } catch (error) {
    output.warn(error instanceof Error ? error.message : 'failed');
    return false;
  }
}

function liveLine(entry: RequestRecord): string {
  const faults = entry.faults.length > 0 ? `  [${entry.faults.join(', ')}]` : '';
  const status = entry.status === 0 ? '---' : String(entry.status);
  return `${entry.time.slice(11, 23)}  ${status}  ${entry.service.padEnd(14)}  ${entry.method} ${entry.path}${faults}`;
}
