import { blindRules } from './blind-rules.js';
import { compileDefinition, getDefinitionInfo } from '../code-rules/compile-definition.js';
import type { RuleDefinition } from '../code-rules/define-rule.js';
import { compileExpression } from '../engine/compile.js';
import { loadRegexEngine } from '../engine/regex.js';
import { RuleLoadError } from '../errors.js';
import type { Lookups } from '../fields/computed-fields.js';
import { createFieldPaths } from '../fields/field-path.js';
import { compileTenant } from '../fields/tenant-context.js';
import type { TenantContext } from '../fields/tenant-context.js';
import { joinFilters } from './join-filters.js';
import { linkRules } from './link-rules.js';
import { readRuleFiles } from './read-rule-files.js';
import type { RuleText } from './read-rule-files.js';
import type { CorrelationRule } from '../rule.js';
import { createRuleSet } from './rule-set.js';
import type { LoadedRule, LoadedRules, RuleSet } from './rule-set.js';
import type { ItemContext } from '../sigma/items/parse-item.js';
import { parseRules } from '../sigma/parse-rules.js';
import type { ParsedFile } from '../sigma/parse-rules.js';
import type { RuleProblem } from '../sigma/problem.js';

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
  const context: ItemContext = {
    paths: createFieldPaths(),
    placeholders: options.placeholders ?? {},
    regex: usesPatterns ? await loadRegexEngine() : undefined,
  };
  const problems: RuleProblem[] = [];
  const failures: LoadedRules['failures'] = { onThrow: () => {} };
  const { sigma, correlations } = readSigma(texts, filterTexts, context, options.now ?? Date.now, problems);
  const code = definitions.map((definition) => compileCode(definition, context, failures));
  const numbered = [...sigma, ...code].map((rule, index) => ({ ...rule, index }));
  const linked = linkRules(numbered, correlations, context.paths, problems);
  if (options.strict !== false && problems.some(({ severity }) => severity === 'error'))
    throw new RuleLoadError(problems);
  const loaded: LoadedRules = {
    ...linked,
    paths: context.paths,
    lookups: { country: options.country, asn: options.asn },
    tenant: tenantLookup(options),
    failures,
  };
  const hasDomains = [options.tenant, ...Object.values(options.tenants ?? {})].some(
    (tenant) => (tenant?.domains?.length ?? 0) > 0,
  );
  return createRuleSet(
    {
      // A rule that alerts once per group is a rule and a count of it.
      rules: [
        ...new Set([...linked.rules, ...linked.correlations.map(({ rule }) => rule)].map(({ info }) => info)),
      ],
      problems,
      blind: (source = {}) => blindRules(loaded, { ...source, hasDomains }),
    },
    loaded,
  );
}

type UnlinkedRule = Omit<LoadedRule, 'links' | 'silent' | 'index'>;

/** Parses rules and filters, joins them, and compiles the detections. */
function readSigma(
  texts: readonly RuleText[],
  filterTexts: readonly RuleText[],
  context: ItemContext,
  now: () => number,
  problems: RuleProblem[],
): { sigma: UnlinkedRule[]; correlations: CorrelationRule[] } {
  const parse = ({ file, text }: RuleText) => ({ file, ...parseRules(file, text, context) });
  const ruleFiles = texts.map(parse);
  const filterFiles = filterTexts.map(parse);
  const files = [...ruleFiles, ...filterFiles];
  problems.push(...files.flatMap((file) => file.problems));
  refuseRulesAmongFilters(filterFiles, problems);
  const rules = dropDuplicates(
    ruleFiles.flatMap((file) => file.rules),
    problems,
  );
  const detections = rules.filter((rule) => rule.kind === 'detection');
  const sigma = joinFilters(detections, files, rules, now(), problems).map(
    ({ rule, expression, filters }) => ({
      info: rule.info,
      compiled: compileExpression(expression, context.regex),
      expression,
      ...(rule.suppression && {
        suppression: {
          by: rule.suppression.by.map((name) => context.paths.get(name)),
          forInMs: rule.suppression.forInMs,
        },
      }),
      filters,
      line: rule.line,
    }),
  );
  return { sigma, correlations: rules.filter((rule) => rule.kind === 'correlation') };
}

function compileCode(
  definition: RuleDefinition,
  { paths }: ItemContext,
  failures: LoadedRules['failures'],
): UnlinkedRule {
  const onThrow = (error: unknown, switchedOff: boolean): void =>
    failures.onThrow(definition.id, error, switchedOff);
  return {
    info: getDefinitionInfo(definition),
    compiled: compileDefinition(definition, paths, onThrow),
    filters: [],
  };
}

function tenantLookup({ tenant = {}, tenants = {} }: LoadOptions): LoadedRules['tenant'] {
  const known = new Map(Object.entries(tenants).map(([id, one]) => [id.toLowerCase(), compileTenant(one)]));
  const other = compileTenant(tenant);
  return (tenantId) => known.get(tenantId?.toLowerCase() ?? '') ?? other;
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
