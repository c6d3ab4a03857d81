import { readFile, rename, writeFile } from 'node:fs/promises';
import { createTrustBundle } from '../connect/trust-bundle.js';
import type { TrustBundle } from '../connect/trust-bundle.js';
import { createEmulator } from '../server/emulator.js';
import type { Emulator } from '../server/emulator.js';
import type { RequestRecord } from '../server/journal.js';
import type { Listening } from '../server/listen.js';
import { liveIntervalInMs } from '../services/control/additions.js';
import { optionsOf } from './cli-options.js';
import type { CliOptions } from './cli-options.js';
import { control } from './control-command.js';
import { runExec } from './exec-command.js';
import { usage } from './usage.js';

export interface CliOutput {
  print(line: string): void;
  warn(line: string): void;
}

export interface RunningCli {
  /** Closes the server and removes the file of its authority. */
  stop(): Promise<void>;
  /** For the process: 0 when it runs or is done. */
  exitCode: number;
  server?: Listening;
  caFile?: string;
}

const nothing: RunningCli = { stop: async () => undefined, exitCode: 0 };

/** The program without its process: starts an emulator as the arguments say and prints how to use it. */
export async function runCli(args: readonly string[], output: CliOutput): Promise<RunningCli> {
  if (args[0] === 'control') return { ...nothing, exitCode: await controlled(args.slice(1), output) };
  const isExec = args[0] === 'exec';
  const divider = args.indexOf('--');
  const command = isExec && divider >= 0 ? args.slice(divider + 1) : [];
  let options: CliOptions | undefined;
  try {
    options = optionsOf(isExec ? args.slice(1, divider < 0 ? undefined : divider) : args);
    if (isExec && command.length === 0 && options) throw new TypeError('exec: give a command after --.');
  } catch (error) {
    output.warn(`${error instanceof Error ? error.message : 'Bad arguments.'}\n\n${usage}`);
    return { ...nothing, exitCode: 2 };
  }
  if (!options) {
    output.print(usage);
    return nothing;
  }
  if (!isExec) return serve(options, output);
  const { code, reason } = await runExec(options, command);
  if (reason !== undefined) output.warn(reason);
  return { ...nothing, exitCode: code };
}

async function serve(options: CliOptions, output: CliOutput): Promise<RunningCli> {
  const { faults, quotas } = options;
  const emulator = createEmulator(options);
  for (const rule of faults) emulator.faults.add(rule);
  for (const [service, requestsPerMinute] of quotas) emulator.quotas.set(service, { requestsPerMinute });
  if (options.livePerMinute !== undefined)
    emulator.state.managementActivity.live({ intervalInMs: liveIntervalInMs(options.livePerMinute) });
  let server: Listening;
  try {
    server = await listen(emulator, options);
  } catch (error) {
    output.warn(listenProblem(error, options));
    return { ...nothing, exitCode: 1 };
  }
  const { certFile, proxyPort, envFile, readyFile, host, quiet } = options;
  const ownAuthority = server.caPem || (certFile === undefined ? '' : await readFile(certFile, 'utf8'));
  const bundle: TrustBundle | undefined =
    ownAuthority === '' ? undefined : await createTrustBundle(ownAuthority, process.env);
  const env = {
    ...emulator.env(server.origin, bundle?.file),
    ...(server.proxy !== undefined && { HTTPS_PROXY: server.proxy, NODE_USE_ENV_PROXY: '1' }),
  };
  const lines = Object.entries(env).map(([name, value]) => `${name}='${value}'`);

  output.print(
    `audit-emulator listens on ${server.origin} (open it in a browser, or see ${server.origin}/_emulator/state)`,
  );
  if (proxyPort !== undefined && server.proxy !== undefined)
    output.print(`proxy for Microsoft's hosts: ${server.proxy}`);
  if (host !== '127.0.0.1' && host !== 'localhost')
    output.warn(`Reachable from outside on ${host}: it has no locks.`);
  if (!quiet) {
    output.print('Nothing here is real: every credential below is fake and opens nothing.\n');
    for (const line of lines) output.print(`export ${line}`);
    output.print('');
  }
  if (envFile !== undefined) await writeWhole(envFile, `${lines.join('\n')}\n`);
  if (readyFile !== undefined)
    await writeWhole(
      readyFile,
      `${JSON.stringify({ origin: server.origin, proxy: server.proxy, caFile: bundle?.file })}\n`,
    );
  const silence = quiet ? undefined : emulator.onRequest((entry) => output.print(liveLine(entry)));

  return {
    exitCode: 0,
    server,
    ...(bundle && { caFile: bundle.file }),
    stop: async () => {
      silence?.();
      for (const fault of emulator.faults.list())
        if (fault.seen === 0) output.warn(`The fault ${JSON.stringify(fault.rule)} never matched a request.`);
      await server.close();
      await bundle?.remove();
    },
  };
}

async function listen(emulator: Emulator, options: CliOptions): Promise<Listening> {
  const { port, host, http, proxyPort, certFile, keyFile } = options;
  const certificate =
    certFile !== undefined && keyFile !== undefined
      ? { certificatePem: await readFile(certFile, 'utf8'), privateKeyPem: await readFile(keyFile, 'utf8') }
      : undefined;
  return emulator.listen({
    port,
    host,
    tls: !http,
    certificate,
    proxy: proxyPort === undefined ? false : { port: proxyPort },
  });
}

function listenProblem(error: unknown, { host, port }: CliOptions): string {
  const { code = 'unknown' } = error as { code?: string };
  const hint = code === 'EADDRINUSE' ? ' Is another one running? --port 0 takes a free port.' : '';
  return `Cannot listen on ${host}:${port} (${code}).${hint}`;
}

/** Whoever waits for the file sees all of it or nothing. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text, { mode: 0o600 });
  await rename(`${file}.part`, file);
}

async function controlled(args: readonly string[], output: CliOutput): Promise<number> {
  try {
    const { ok, text } = await control(args);
    if (ok) output.print(text || 'done');
    else output.warn(text);
    return ok ? 0 : 1;
  } catch (error) {
    output.warn(error instanceof Error ? error.message : 'failed');
    return 1;
  }
}

function liveLine(entry: RequestRecord): string {
  const faults = entry.faults.length > 0 ? `  [${entry.faults.join(', ')}]` : '';
  const status = entry.status === 0 ? '---' : String(entry.status);
  return `${entry.time.slice(11, 23)}  ${status}  ${entry.service.padEnd(14)}  ${entry.method} ${entry.path}${faults}`;
}
