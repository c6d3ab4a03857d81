import { dirname, resolve } from 'node:path';
import { buildCommand, numberParser } from '@stricli/core';
import { checkConfig } from '../check/check-config.js';
import { formatFinding } from '../check/finding.js';
import type { TenantFinding } from '../check/check-config.js';
import type { CollectorContext } from '../cli/context.js';
import { ExitCode } from '../cli/exit-codes.js';
import { globalFlags } from '../cli/flags.js';
import type { GlobalFlags } from '../cli/flags.js';
import { loadConfig } from '../config/load-config.js';
import { tenantsOf } from '../config/parse/check-references.js';
import type { CollectorConfig } from '../config/types.js';
import { startEmulated } from '../run/start-emulated.js';

interface CheckFlags extends GlobalFlags {
  readonly offline?: boolean;
  readonly emulated?: boolean;
  readonly quietHours?: number;
  readonly writeTest?: boolean;
}

export const checkCommand = buildCommand({
  docs: { brief: 'Check the configuration, sign-in, permissions, subscriptions and clock; reads only' },
  parameters: {
    flags: {
      ...globalFlags,
      offline: { kind: 'boolean', optional: true, brief: 'Only the file: no network' },
      emulated: { kind: 'boolean', optional: true, brief: 'Ask a local emulator instead of Microsoft' },
      writeTest: {
        kind: 'boolean',
        optional: true,
        brief: 'Send one marked row to each Logs Ingestion output',
      },
      quietHours: {
        kind: 'parsed',
        parse: numberParser,
        optional: true,
        brief: 'A content type with nothing for longer is red. Default 24',
        placeholder: 'hours',
      },
    },
  },
  async func(this: CollectorContext, flags: CheckFlags) {
    const emulated = flags.emulated ? await startEmulated() : undefined;
    const env = { ...this.env, ...emulated?.env };
    const { file, config } = await loadConfig(this.cwd, env, flags.config);
    this.print(
      flags.json ? JSON.stringify({ level: 'ok', ...summarize(file, config) }) : describe(file, config),
    );
    if (flags.offline) return;
    const folder = dirname(resolve(this.cwd, file));
    const counts = { ok: 0, red: 0, note: 0 };
    for await (const finding of checkConfig(
      config,
      { folder, env, stdout: this.stdout, ...emulated?.transport },
      { quietAfterHours: flags.quietHours, writeTest: flags.writeTest },
    )) {
      counts[finding.level] += 1;
      this.print(flags.json ? JSON.stringify(finding) : withTenant(finding));
    }
    if (!flags.json) this.print(`${counts.ok} ok, ${counts.red} red`);
    if (counts.red > 0) this.process.exitCode = ExitCode.Finding;
  },
});

function summarize(file: string, config: CollectorConfig): Record<string, number | string> {
  const pipelines = Object.keys(config.pipelines);
  return {
    file,
    tenants: Object.keys(config.tenants).length,
    pipelines: pipelines.length,
    runs: pipelines.reduce((sum, name) => sum + Math.max(1, tenantsOf(config, name).length), 0),
    outputs: Object.keys(config.outputs).length,
  };
}

function describe(file: string, config: CollectorConfig): string {
  const { tenants, pipelines, runs, outputs } = summarize(file, config);
  return `ok   ${file}: tenants ${tenants}, pipelines ${pipelines} (${runs} runs), outputs ${outputs}`;
}

function withTenant({ tenant, ...finding }: TenantFinding): string {
  return formatFinding(tenant === undefined ? finding : { ...finding, what: `${tenant}  ${finding.what}` });
}
