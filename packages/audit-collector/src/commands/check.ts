import { buildCommand, numberParser } from '@stricli/core';
import { checkConfig } from '../check/check-config.js';
import { formatFinding } from '../check/finding.js';
import type { TenantFinding } from '../check/check-config.js';
import type { CollectorContext } from '../cli/context.js';
import { ExitCode } from '../cli/exit-codes.js';
import { emulatedFlag, globalFlags } from '../cli/flags.js';
import type { EmulatedFlags, GlobalFlags } from '../cli/flags.js';
import { loadContext } from '../cli/load-context.js';
import { tenantsOf } from '../config/parse/check-references.js';
import type { CollectorConfig } from '../config/types.js';

interface CheckFlags extends GlobalFlags, EmulatedFlags {
  readonly offline?: boolean;
  readonly quietHours?: number;
  readonly writeTest?: boolean;
}

export const checkCommand = buildCommand({
  docs: { brief: 'Check the configuration, sign-in, permissions, subscriptions and clock; reads only' },
  parameters: {
    flags: {
      ...globalFlags,
      ...emulatedFlag,
      offline: { kind: 'boolean', optional: true, brief: 'Only the file: no network' },
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
    const { file, config, context } = await loadContext(this, flags);
    this.print(
      flags.json ? JSON.stringify({ level: 'ok', ...summarize(file, config) }) : describe(file, config),
    );
    if (flags.offline) return;
    const counts = { ok: 0, red: 0, note: 0 };
    for await (const finding of checkConfig(config, context, {
      quietAfterHours: flags.quietHours,
      writeTest: flags.writeTest,
    })) {
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
