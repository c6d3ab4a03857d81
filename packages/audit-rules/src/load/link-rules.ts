import type { FieldPaths } from '../fields/field-path.js';
import type { CorrelationRule } from '../rule.js';
import type { CorrelationBase, Link, LoadedCorrelation, LoadedRule } from './rule-set.js';
import type { RuleProblem } from '../sigma/problem.js';

/** A correlation of a correlation of … : so many at most. */
const maxDepth = 5;

interface Linked {
  rules: LoadedRule[];
  correlations: LoadedCorrelation[];
}

/** Resolves the names in correlations. What cannot be resolved is a problem, and the correlation is left out. */
export function linkRules(
  given: readonly Omit<LoadedRule, 'links' | 'silent'>[],
  parsed: readonly CorrelationRule[],
  paths: FieldPaths,
  problems: RuleProblem[],
): Linked {
  const byName = new Map<string, number>();
  for (const { index, info } of given)
    for (const key of [info.id, info.name]) if (key !== undefined) byName.set(key, index);
  const resolved = resolveCorrelations(parsed, byName, problems);
  const links = new Map<number, Link[]>();
  const parents = new Map<number, LoadedCorrelation['parents'][number][]>();
  const generated = new Map<string, boolean>();
  for (const [correlation, { rule, bases }] of resolved.entries())
    for (const [base, target] of bases.entries()) {
      const key = target.kind === 'rule' ? `r${target.rule}` : `c${target.correlation}`;
      generated.set(key, (generated.get(key) ?? false) || rule.generate);
      if (target.kind === 'correlation') {
        const { groupAt } = target;
        push(parents, target.correlation, { correlation, base, groupAt });
        continue;
      }
      const aliases = rule.aliases[rule.rules[base] as string] ?? {};
      push(links, target.rule, {
        correlation,
        base,
        groupBy: rule.groupBy.map((name) => paths.get(aliases[name] ?? name)),
        ...(rule.field !== undefined && { value: paths.get(aliases[rule.field] ?? rule.field) }),
      });
    }
  for (const rule of given) {
    if (!rule.suppression || generated.get(`r${rule.index}`) === false) continue;
    push(links, rule.index, { correlation: resolved.length, base: 0, groupBy: rule.suppression.by });
    resolved.push(countOnce(rule, rule.suppression));
    generated.set(`r${rule.index}`, false);
  }
  return {
    rules: given.map((rule) => ({
      ...rule,
      links: links.get(rule.index) ?? [],
      silent: generated.get(`r${rule.index}`) === false,
    })),
    correlations: resolved.map(({ rule, bases, depth }, index) => ({
      index,
      rule,
      bases,
      depth,
      parents: parents.get(index) ?? [],
      silent: generated.get(`c${index}`) === false,
    })),
  };
}

/** A rule that alerts once per group and time is a count of at least one. */
function countOnce(
  { index, info, line = 1 }: Pick<LoadedRule, 'index' | 'info' | 'line'>,
  { by, forInMs }: NonNullable<LoadedRule['suppression']>,
): Resolution {
  const rule: CorrelationRule = {
    kind: 'correlation',
    info,
    type: 'event_count',
    rules: [info.id],
    groupBy: by.map(({ name }) => name),
    aliases: {},
    timespanInMs: 0,
    bounds: { gte: 1 },
    generate: false,
    suppressInMs: forInMs,
    line,
  };
  return { rule, bases: [{ kind: 'rule', rule: index }], depth: 0 };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

interface Resolution {
  rule: CorrelationRule;
  bases: CorrelationBase[];
  depth: number;
}

/** Takes correlations whose bases are known until none is left; the rest names something missing or a cycle. */
function resolveCorrelations(
  parsed: readonly CorrelationRule[],
  rules: ReadonlyMap<string, number>,
  problems: RuleProblem[],
): Resolution[] {
  const resolved: Resolution[] = [];
  const correlations = new Map<string, number>();
  let waiting = [...parsed];
  for (let progress = true; progress;) {
    progress = false;
    const next: CorrelationRule[] = [];
    for (const rule of waiting) {
      if (!rule.rules.every((name) => rules.has(name) || correlations.has(name))) {
        next.push(rule);
        continue;
      }
      progress = true;
      const resolution = resolveBases(rule, rules, correlations, resolved, problems);
      if (!resolution) continue;
      for (const key of [rule.info.id, rule.info.name])
        if (key !== undefined) correlations.set(key, resolved.length);
      resolved.push(resolution);
    }
    waiting = next;
  }
  const names = new Set(waiting.flatMap(({ info }) => [info.id, info.name]));
  for (const rule of waiting) {
    const missing = rule.rules.find(
      (name) => !rules.has(name) && !correlations.has(name) && !names.has(name),
    );
    if (missing === undefined)
      report(
        problems,
        rule,
        'the correlation is based on itself or on one that was refused',
        'Break the cycle.',
      );
    else
      report(
        problems,
        rule,
        `the correlation names \`${missing}\`, which is not loaded`,
        'Load that rule too.',
      );
  }
  return resolved;
}

function resolveBases(
  rule: CorrelationRule,
  rules: ReadonlyMap<string, number>,
  correlations: ReadonlyMap<string, number>,
  resolved: readonly Resolution[],
  problems: RuleProblem[],
): Resolution | undefined {
  let depth = 0;
  const bases: CorrelationBase[] = [];
  for (const name of rule.rules) {
    const index = rules.get(name);
    if (index !== undefined) {
      bases.push({ kind: 'rule', rule: index });
      continue;
    }
    const correlation = correlations.get(name) as number;
    const base = resolved[correlation] as Resolution;
    depth = Math.max(depth, base.depth + 1);
    const aliases = rule.aliases[name] ?? {};
    const groupAt = rule.groupBy.map((field) => base.rule.groupBy.indexOf(aliases[field] ?? field));
    const problem = checkChained(rule, base.rule, groupAt);
    if (problem) return report(problems, rule, problem, 'Change one of the two correlations.');
    bases.push({ kind: 'correlation', correlation, groupAt });
  }
  if (depth > maxDepth)
    return report(problems, rule, `correlations nested deeper than ${maxDepth}`, 'Use fewer.');
  return { rule, bases, depth };
}

function checkChained(
  rule: CorrelationRule,
  base: CorrelationRule,
  groupAt: readonly number[],
): string | undefined {
  const missing = groupAt.indexOf(-1);
  if (missing >= 0)
    return `\`${rule.groupBy[missing]}\` is no group-by of \`${base.info.name ?? base.info.id}\``;
  if (rule.field !== undefined) return '`field` over a correlation, whose hits have no fields';
  const { lt, lte, eq, neq } = base.bounds;
  if ([lt, lte, eq, neq].some((bound) => bound !== undefined))
    return 'a correlation with lt, lte, eq or neq cannot be a base: its hits may be taken back';
  return undefined;
}

function report(
  problems: RuleProblem[],
  { info, line }: CorrelationRule,
  problem: string,
  hint: string,
): undefined {
  problems.push({
    file: info.file ?? '',
    line,
    column: 1,
    severity: 'error',
    ruleId: info.id,
    problem,
    hint,
  });
}
