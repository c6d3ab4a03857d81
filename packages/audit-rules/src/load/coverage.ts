import type { RuleInfo } from '../rule.js';
import { contentTypesOf } from './blind-rules.js';
import { getLoaded } from './rule-set.js';
import type { LoadedCorrelation, RuleSet } from './rule-set.js';

/** A rule, and the content types that bring the records it looks for; undefined: any. */
export interface RuleCoverage {
  info: RuleInfo;
  contentTypes: readonly string[] | undefined;
}

/** Every rule that makes alerts, with the content types it needs. */
export function getCoverage(set: RuleSet): RuleCoverage[] {
  const { rules, correlations } = getLoaded(set);
  const ofRules = rules.map(({ expression }) => expression && contentTypesOf(expression));
  const ofCorrelations: (string[] | undefined)[] = [];
  const join = ({ bases }: LoadedCorrelation): string[] | undefined => {
    const parts = bases.map((base) =>
      base.kind === 'rule' ? ofRules[base.rule] : ofCorrelations[base.correlation],
    );
    return parts.includes(undefined) ? undefined : [...new Set(parts.flatMap((types) => types ?? []))];
  };
  for (const correlation of correlations) ofCorrelations.push(join(correlation));
  return [
    ...rules
      .filter(({ silent }) => !silent)
      .map(({ info, index }) => ({ info, contentTypes: ofRules[index] })),
    ...correlations
      .filter(({ silent }) => !silent)
      .map(({ rule, index }) => ({ info: rule.info, contentTypes: ofCorrelations[index] })),
  ];
}
