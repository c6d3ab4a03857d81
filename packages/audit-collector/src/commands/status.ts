import { buildCommand } from '@stricli/core';
import type { CollectorContext } from '../cli/context.js';
import { ExitCode } from '../cli/exit-codes.js';
import { globalFlags } from '../cli/flags.js';
import type { GlobalFlags } from '../cli/flags.js';
import { ConfigError } from '../config/config-error.js';
import { loadConfig } from '../config/load-config.js';
import type { PipelineEntry } from '../observe/status-board.js';

export const statusCommand = buildCommand({
  docs: { brief: 'What the running collector is doing; exit code 1 when a pipeline is not healthy' },
  parameters: { flags: globalFlags },
  async func(this: CollectorContext, flags: GlobalFlags) {
    const { file, config } = await loadConfig(this.cwd, this.env, flags.config);
    const listen = config.http?.listen;
    if (!listen)
      throw new ConfigError([
        { file, path: 'http.listen', problem: 'is missing: the running collector is asked there' },
      ]);
    const entries = await ask(listen.startsWith(':') ? `127.0.0.1${listen}` : listen);
    if (!entries) {
      this.note(`No collector answers at ${listen}: start it with "audit-collector run".`);
      this.process.exitCode = ExitCode.Finding;
      return;
    }
    for (const entry of entries) this.print(flags.json ? JSON.stringify(entry) : format(entry));
    const healthy = entries.every(({ state }) => state === 'RUNNING' || state === 'STARTING');
    if (!healthy) this.process.exitCode = ExitCode.Finding;
  },
});

async function ask(address: string): Promise<PipelineEntry[] | undefined> {
  try {
    const response = await fetch(`http://${address}/status`, { signal: AbortSignal.timeout(5_000) });
    return ((await response.json()) as { pipelines: PipelineEntry[] }).pipelines;
  } catch {
    return undefined;
  }
}

function format({ pipeline, state, since, units, records, reason }: PipelineEntry): string {
  const counts = `${units.committed} units, ${records.accepted} accepted, ${records.deadLettered} dead letters`;
  return `${pipeline.padEnd(24)} ${state.padEnd(9)} since ${since}  ${counts}${reason ? `  ${reason}` : ''}`;
}
