import { ConfigError } from './config-error.js';
import { checkConfig, toFindings } from './parse/parse-config.js';
import type { CollectorConfig } from './types.js';

/** A configuration in TypeScript, checked as the file is. Throws ConfigError with every finding. */
export function defineConfig(config: CollectorConfig): CollectorConfig {
  const checked = checkConfig(config);
  if (!checked.config || checked.problems.length > 0)
    throw new ConfigError(toFindings(checked.problems, 'defineConfig'));
  return checked.config;
}
