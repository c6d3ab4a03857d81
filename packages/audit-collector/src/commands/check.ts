import { buildCommand } from '@stricli/core';
import type { CollectorContext } from '../cli/context.js';
import { globalFlags } from '../cli/flags.js';
import type { GlobalFlags } from '../cli/flags.js';
import { tenantsOf } from '../config/parse/check-references.js';
import { loadConfig } from '../config/load-config.js';

interface CheckFlags extends GlobalFlags {
  readonly offline?: boolean;
}

export const checkCommand = buildCommand({
  docs: { brief: 'Check the configuration; without --offline, also sign-in, permissions and outputs' },
  parameters: {
    flags: {
      ...globalFlags,
      offline: { kind: 'boolean', optional: true, brief: 'Only the file: no network' },
    },
  },
  async func(this: CollectorContext, flags: CheckFlags) {
    const { file, config } = await loadConfig(this.cwd, this.env, flags.config);
    const pipelines = Object.keys(config.pipelines);
    const runs = pipelines.reduce((sum, name) => sum + Math.max(1, tenantsOf(config, name).length), 0);
    const summary = {
      file,
      tenants: Object.keys(config.tenants).length,
      pipelines: pipelines.length,
      outputs: Object.keys(config.outputs).length,
    };
    this.print(
      flags.json
        ? JSON.stringify({ ok: true, ...summary })
        : `ok  ${file}: ${summary.tenants} tenants, ${summary.pipelines} pipelines (${runs} runs), ${summary.outputs} outputs`,
    );
  },
});
