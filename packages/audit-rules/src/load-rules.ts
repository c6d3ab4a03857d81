import { createHash } from 'node:crypto';
import { blindRules } from './blind-rules.js';
import { compileDefinition } from './define-rule.js';
import type { RuleDefinition } from './define-rule.js';
import { compileExpression } from './engine/compile.js';
import { loadRegexEngine } from './engine/regex.js';
import { RuleLoadError } from './errors.js';
import type { Lookups } from './fields/computed-fields.js';
import { createFieldPaths } from './fields/field-path.js';
import { compileTenant } from './fields/tenant-context.js';
import type { TenantContext } from './fields/tenant-context.js';
import { joinFilters } from './join-filters.js';
import { linkRules } from './link-rules.js';
import { readRuleFiles } from './read-rule-files.js';
import type { RuleText } from './read-rule-files.js';
import type { CorrelationRule, RuleInfo } from './rule.js';
import { createRuleSet } from './rule-set.js';
import type { LoadedRule, LoadedRules, RuleSet } from './rule-set.js';
import { parseRules } from './sigma/parse-rules.js';
import type { ParsedFile } from './sigma/parse-rules.js';
import type { RuleProblem } from './sigma/problem.js';

/** A file, a folder (with its subfolders), a text, or a rule in TypeScript. */
export type RuleSource = string | RuleText | RuleDefinition;

export interface LoadOptions extends Lookups {
  /** Files and folders of Sigma filters; filters among the rules count too. */
  filters?: readonly (string | RuleText)[] | undefined;
  /** Values of `%name%` in items with `expand`. */
  placeholders?: Readonly<Record<string, readonly string[]>> | undefined;
  /** What is known of tenants that `tenants` does not name. */
  tenant?: TenantContext | undefined;
  /** By tenant id. */
  tenants?: Readonly<Record<string, TenantContext>> | undefined;
  /** Default true: any refused rule is a RuleLoadError. False leaves it out and names it in `problems`. */
  strict?: boolean | undefined;
  /** For filters that expire; default Date.now. */
  now?: (() => number) | undefined;
}

/**
 * Loads Sigma files and TypeScript rules. Throws a RuleLoadError that names file, line and reason of every rule that
 * cannot do exactly what it says.
 */
export async function loadRules(
  sources: RuleSource | readonly RuleSource[],
  options: LoadOptions = {},
): Promise<RuleSet> {
  const given = Array.isArray(sources) ? (sources as readonly RuleSource[]) : [sources as RuleSource];
  const definitions = given.filter(
    (source): source is RuleDefinition => typeof source === 'object' && 'match' in source,
  );
  const others = given.filter(
    (source): source is string | RuleText => typeof source === 'string' || 'text' in source,
  );
  const texts = await readRuleFiles(others);
  const filterTexts = await readRuleFiles(options.filters ?? []);
  const usesPatterns = [...texts, ...filterTexts].some(({ text }) => /\|\s*re\b/.test(text));
  const regex = usesPatterns ? await loadRegexEngine() : undefined;
  const paths = createFieldPaths();
  const context = { paths, placeholders: options.placeholders ?? {}, regex };
  const parse = ({ file, text }: RuleText): ParsedFile => parseRules(file, text, context);
  const parsed = texts.map(parse);
  const parsedFilters = filterTexts.map(parse);
  const problems = [...parsed, ...parsedFilters].flatMap((file) => file.problems);
  refuseRulesAmongFilters(parsedFilters, problems);

  const unique = dropDuplicates(
    parsed.flatMap(({ rules }) => rules),
    problems,
  );
  const detections = unique.filter((rule) => rule.kind === 'detection');
  const files = [
    ...texts.map(({ file }, i) => ({ file, filters: parsed[i]?.filters ?? [] })),
    ...filterTexts.map(({ file }, i) => ({ file, filters: parsedFilters[i]?.filters ?? [] })),
  ];
  const filtered = joinFilters(detections, files, unique, (options.now ?? Date.now)(), problems);
  const failures: LoadedRules['failures'] = { onThrow: () => {} };
  const sigma = filtered.map(({ rule, expression, filters }) => ({
    info: rule.info,
    compiled: compileExpression(expression, regex),
    expression,
    ...(rule.suppression && {
      suppression: {
        by: rule.suppression.by.map((name) => paths.get(name)),
        forInMs: rule.suppression.forInMs,
      },
    }),
    filters,
    line: rule.line,
  }));
  const code = definitions.map((definition) => ({
    info: toInfo(definition),
    compiled: compileDefinition(definition, paths, () => ({
      onThrow: (error, switchedOff) => failures.onThrow(definition.id, error, switchedOff),
    })),
    filters: [],
  }));
  const numbered = [...sigma, ...code].map((rule, index): Omit<LoadedRule, 'links' | 'silent'> => ({
    ...rule,
    index,
  }));
  const linked = linkRules(
    numbered,
    unique.filter((rule): rule is CorrelationRule => rule.kind === 'correlation'),
    paths,
    problems,
  );
  if (options.strict !== false && problems.some(({ severity }) => severity === 'error'))
    throw new RuleLoadError(problems);

  const tenants = new Map(
    Object.entries(options.tenants ?? {}).map(([id, tenant]) => [id.toLowerCase(), compileTenant(tenant)]),
  );
  const anyTenant = compileTenant(options.tenant ?? {});
  const lookups: Lookups = { country: options.country, asn: options.asn };
  const loaded: LoadedRules = {
    ...linked,
    paths,
    lookups,
    tenant: (tenantId) => tenants.get(tenantId?.toLowerCase() ?? '') ?? anyTenant,
    failures,
  };
  const hasDomains = [options.tenant, ...Object.values(options.tenants ?? {})].some(
    (tenant) => (tenant?.domains?.length ?? 0) > 0,
  );
  return createRuleSet(
    {
      rules: [...linked.rules.map(({ info }) => info), ...linked.correlations.map(({ rule }) => rule.info)],
      problems,
      blind: (source = {}) => blindRules(loaded, { ...source, hasDomains }),
    },
    loaded,
  );
}

function refuseRulesAmongFilters(files: readonly ParsedFile[], problems: RuleProblem[]): void {
  for (const { info, line } of files.flatMap(({ rules }) => rules))
    problems.push({
      file: info.file ?? '',
      line,
      column: 1,
      severity: 'error',
      ruleId: info.id,
      problem: 'a rule in the folder of filters',
      hint: 'Move it to the rules.',
    });
}

function dropDuplicates(
  rules: readonly ParsedFile['rules'][number][],
  problems: RuleProblem[],
): ParsedFile['rules'] {
  const seen = new Map<string, string>();
  return rules.filter(({ info, line }) => {
    const keys = [info.id, ...(info.name === undefined ? [] : [info.name])];
    const taken = keys.find((key) => seen.has(key));
    if (taken === undefined) {
      for (const key of keys) seen.set(key, info.file ?? '');
      return true;
    }
    const problem = `\`${taken}\` is taken by another rule (${seen.get(taken)})`;
    problems.push({
      file: info.file ?? '',
      line,
      column: 1,
      severity: 'error',
      ruleId: info.id,
      problem,
      hint: 'Give it another.',
    });
    return false;
  });
}

function toInfo(definition: RuleDefinition): RuleInfo {
  const { id, title, level, name, description, author, license, profile } = definition;
  const defaultProfile = level === 'critical' ? 'page' : level === 'high' ? 'ticket' : 'hunt';
  return {
    id,
    title,
    level,
    tags: definition.tags ?? [],
    references: definition.references ?? [],
    falsePositives: definition.falsePositives ?? [],
    profile: profile ?? defaultProfile,
    hash: createHash('sha256')
      .update(`${id}\n${String(definition.match)}`)
      .digest('hex'),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(author !== undefined && { author }),
    ...(license !== undefined && { license }),
  };
}
