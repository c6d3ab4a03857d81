import { buildCommand, buildRouteMap } from '@stricli/core';
import { stringify } from 'yaml';
import type { CollectorContext } from '../cli/context.js';
import { globalFlags } from '../cli/flags.js';
import type { GlobalFlags } from '../cli/flags.js';
import { effectiveConfig } from '../config/effective-config.js';
import { configJsonSchema } from '../config/parse/json-schema.js';
import { loadConfig } from '../config/load-config.js';

const exportConfig = buildCommand({
  docs: { brief: 'The configuration with every default; secrets as names' },
  parameters: { flags: globalFlags },
  async func(this: CollectorContext, flags: GlobalFlags) {
    const { config } = await loadConfig(this.cwd, this.env, flags.config);
    const effective = effectiveConfig(config);
    this.print(flags.json ? JSON.stringify(effective) : stringify(effective).trimEnd());
  },
});

const exportSchema = buildCommand({
  docs: { brief: 'The JSON schema of the configuration, for editors' },
  parameters: { flags: {} },
  func(this: CollectorContext) {
    this.print(JSON.stringify(configJsonSchema(), null, 2));
  },
});

export const exportCommands = buildRouteMap({
  routes: { config: exportConfig, schema: exportSchema },
  docs: { brief: 'Print the effective configuration or its schema' },
});
