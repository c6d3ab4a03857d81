import { checkReferences } from './check-references.js';
import { ConfigError } from '../config-error.js';
import type { ConfigFinding } from '../config-error.js';
import { describeIssue } from './describe-issue.js';
import type { Problem } from './describe-issue.js';
import { knownKeys } from './json-schema.js';
import { parseYaml } from './parse-yaml.js';
import { Config } from '../schema/config.js';
import { substitute } from './substitute.js';
import type { MissingVariable } from './substitute.js';
import type { CollectorConfig } from '../types.js';

/** More than any configuration needs: 200 tenants are about 40 KB. */
const maxBytes = 4 * 1024 * 1024;

interface ParseConfigOptions {
  /** Named in findings. */
  file: string;
  env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A configuration file's text, checked as far as that needs no network. Throws ConfigError with every finding. */
export function parseConfig(text: string, { file, env = process.env }: ParseConfigOptions): CollectorConfig {
  if (text.length > maxBytes)
    throw new ConfigError([{ file, path: '', problem: `is longer than ${maxBytes} characters` }]);
  const yaml = parseYaml(text);
  if (yaml.problems.length > 0)
    throw new ConfigError(yaml.problems.map((problem) => ({ file, path: '', ...problem })));
  const missing: MissingVariable[] = [];
  const value = substitute(yaml.value, env, missing);
  const { config, problems } = checkConfig(value);
  const unset = missing.map(({ path, name }): Problem => ({
    path,
    problem: `the variable ${name} is not set. Set it, or write \${env:${name}:-default}`,
    atKey: false,
  }));
  // An unset variable fails its own field too; one finding for one mistake.
  const unsetPaths = new Set(unset.map(({ path }) => path.join('.')));
  const all = [...unset, ...problems.filter(({ path }) => !unsetPaths.has(path.join('.')))];
  if (all.length > 0 || !config)
    throw new ConfigError(
      all
        .map(({ path, problem, atKey }) => ({
          file,
          ...yaml.locate(path, atKey ? 'key' : 'value'),
          path: path.join('.'),
          problem,
        }))
        .toSorted((a, b) => a.line - b.line || a.column - b.column),
    );
  return config;
}

/** The same checks for a configuration that is an object, as `defineConfig` gives it. */
export function checkConfig(value: unknown): { config?: CollectorConfig; problems: Problem[] } {
  const result = Config.safeParse(value, { reportInput: true });
  if (!result.success)
    return { problems: result.error.issues.flatMap((issue) => describeIssue(issue, knownKeys)) };
  const problems = checkReferences(result.data);
  return { config: result.data, problems };
}

/** Findings for a configuration that has no file. */
export function toFindings(problems: readonly Problem[], file: string): ConfigFinding[] {
  return problems.map(({ path, problem }) => ({ file, path: path.join('.'), problem }));
}
