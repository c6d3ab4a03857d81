import { contentTypesOfOperation, contentTypesOfWorkload } from './content-types.js';
import type { Expression, FieldItem } from '../engine/expression.js';
import type { Lookups } from '../fields/computed-fields.js';
import type { BlindRule, LoadedCorrelation, LoadedRule, LoadedRules } from './rule-set.js';

interface Given {
  contentTypes?: readonly string[] | undefined;
  hasDomains: boolean;
}

/** Rules that cannot fire: they need a look-up or domains that are not given, or content that is not subscribed to. */
export function blindRules(loaded: LoadedRules, given: Given): BlindRule[] {
  const reasons = loaded.rules.map((rule) => reasonOf(rule, loaded.lookups, given));
  const blind: BlindRule[] = [];
  for (const { index, info, silent } of loaded.rules) {
    const reason = reasons[index];
    if (reason !== undefined && !silent) blind.push({ ruleId: info.id, title: info.title, reason });
  }
  const ofCorrelations: (string | undefined)[] = [];
  for (const correlation of loaded.correlations) {
    const reason = correlationReason(correlation, reasons, ofCorrelations);
    ofCorrelations.push(reason);
    const { info } = correlation.rule;
    if (reason !== undefined && !correlation.silent)
      blind.push({ ruleId: info.id, title: info.title, reason });
  }
  return blind;
}

/** Temporal ones need every base; others any. */
function correlationReason(
  { rule, bases }: LoadedCorrelation,
  rules: readonly (string | undefined)[],
  correlations: readonly (string | undefined)[],
): string | undefined {
  const reasons = bases.map((base) =>
    base.kind === 'rule' ? rules[base.rule] : correlations[base.correlation],
  );
  const needsAll = rule.type === 'temporal' || rule.type === 'temporal_ordered';
  const blind = needsAll ? reasons.find((reason) => reason !== undefined) : reasons[0];
  return needsAll || reasons.every((reason) => reason !== undefined) ? blind : undefined;
}

function reasonOf({ expression }: LoadedRule, lookups: Lookups, given: Given): string | undefined {
  if (!expression) return undefined;
  if (!lookups.country && needs(expression, 'audit.Country'))
    return 'needs a country lookup: give `country` to loadRules';
  if (!lookups.asn && needs(expression, 'audit.Asn'))
    return 'needs a network lookup: give `asn` to loadRules';
  if (!given.hasDomains && needs(expression, 'audit.ExternalRecipients'))
    return 'needs accepted domains: give `tenant: { domains }` to loadRules';
  const wanted = contentTypesOf(expression);
  if (!given.contentTypes || !wanted || wanted.some((type) => given.contentTypes?.includes(type)))
    return undefined;
  return `no subscription to ${wanted.join(' or ')}`;
}

/** Whether it cannot be true without this field having a value. */
function needs(expression: Expression, field: string): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.parts.some((part) => needs(part, field));
    case 'or':
      return expression.parts.every((part) => needs(part, field));
    case 'selection':
      return needs(expression.part, field);
    case 'item':
      return (
        expression.path.name === field &&
        !expression.negated &&
        expression.exists !== false &&
        !expression.tests.some(({ kind }) => kind === 'null')
      );
    default:
      return false;
  }
}

/** The content types that bring what the rule looks for; undefined: any of them. */
export function contentTypesOf(expression: Expression): string[] | undefined {
  switch (expression.kind) {
    case 'and': {
      const known = expression.parts.map(contentTypesOf).filter((types) => types !== undefined);
      const [first, ...rest] = known;
      return first?.filter((type) => rest.every((types) => types.includes(type)));
    }
    case 'or': {
      const known = expression.parts.map(contentTypesOf);
      return known.includes(undefined)
        ? undefined
        : [...new Set(known.flatMap((types) => types ?? []))].toSorted();
    }
    case 'selection':
      return contentTypesOf(expression.part);
    case 'item':
      return contentTypesOfItem(expression);
    default:
      return undefined;
  }
}

function contentTypesOfItem({ path, tests, negated }: FieldItem): string[] | undefined {
  if (negated || (path.head !== 'operation' && path.head !== 'workload')) return undefined;
  const types = new Set<string>();
  for (const test of tests) {
    const word = test.kind === 'text' && test.mode !== 'endswith' ? test.pattern[0] : undefined;
    // A piece from the middle of a name says nothing about where it comes from.
    if (typeof word !== 'string' || (test.kind === 'text' && test.mode === 'contains' && word.length < 8))
      return undefined;
    for (const type of path.head === 'operation'
      ? contentTypesOfOperation(word)
      : contentTypesOfWorkload(word))
      types.add(type);
  }
  return tests.length === 0 ? undefined : [...types].toSorted();
}
