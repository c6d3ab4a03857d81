import { findConfig } from './find-config.js';
import { parseConfig } from './parse/parse-config.js';
import type { CollectorConfig } from './types.js';

/** Finds, reads and checks the configuration file. Throws ConfigError with every finding. */
export async function loadConfig(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  given?: string,
): Promise<{ file: string; config: CollectorConfig }> {
  const { file, text } = await findConfig(cwd, given ?? env.AUDIT_CONFIG);
  return { file, config: parseConfig(text, { file, env }) };
}
