import type { Compiled } from '../engine/compile.js';
import type { Expression } from '../engine/expression.js';
import type { Lookups } from '../fields/computed-fields.js';
import type { FieldPath, FieldPaths } from '../fields/field-path.js';
import type { CompiledTenant } from '../fields/tenant-context.js';
import type { CorrelationRule, RuleInfo } from '../rule.js';
import type { RuleProblem } from '../sigma/problem.js';

/** What a hit of a base rule hands to a correlation. */
export interface Link {
  /** Index of the correlation. */
  correlation: number;
  /** Which of its base rules. */
  base: number;
  groupBy: readonly FieldPath[];
  value?: FieldPath;
}

export interface LoadedRule {
  index: number;
  info: RuleInfo;
  compiled: Compiled;
  /** The tree it was compiled from; absent for TypeScript rules. */
  expression?: Expression;
  /** Only a base of correlations: makes no alerts by itself. */
  silent: boolean;
  suppression?: { by: readonly FieldPath[]; forInMs: number };
  links: readonly Link[];
  /** Titles of the filters that were joined to it. */
  filters: readonly string[];
  line?: number;
}

/** A base of a correlation: a rule, or another correlation whose group values are taken at these places. */
export type CorrelationBase =
  { kind: 'rule'; rule: number } | { kind: 'correlation'; correlation: number; groupAt: readonly number[] };

export interface LoadedCorrelation {
  index: number;
  rule: CorrelationRule;
  bases: readonly CorrelationBase[];
  /** Only a base of other correlations. */
  silent: boolean;
  /** Where its own alerts go as hits. */
  parents: readonly { correlation: number; base: number; groupAt: readonly number[] }[];
  /** 0 for correlations of rules, more for correlations of correlations. */
  depth: number;
}

/** Rules that were loaded together. Pass it to `createDetector`. */
export interface RuleSet {
  readonly rules: readonly RuleInfo[];
  /** What was refused (only with `strict: false`) and what is worth a look. */
  readonly problems: readonly RuleProblem[];
  /** Rules that cannot fire with these content types and look-ups, each with the reason. */
  blind(source?: { contentTypes?: readonly string[] | undefined }): BlindRule[];
}

export interface BlindRule {
  ruleId: string;
  title: string;
  reason: string;
}

/** What a rule set holds for the engine; not part of the public surface. */
export interface LoadedRules {
  rules: readonly LoadedRule[];
  correlations: readonly LoadedCorrelation[];
  paths: FieldPaths;
  lookups: Lookups;
  tenant(tenantId: string | undefined): CompiledTenant;
  /** Called when a TypeScript rule throws; set by the detector. */
  failures: { onThrow(ruleId: string, error: unknown, switchedOff: boolean): void };
}

const loaded: unique symbol = Symbol('loaded rules');

type Inside = RuleSet & { [loaded]: LoadedRules };

export function createRuleSet(set: RuleSet, rules: LoadedRules): RuleSet {
  return Object.defineProperty(set, loaded, { value: rules });
}

export function getLoaded(set: RuleSet): LoadedRules {
  return (set as Inside)[loaded];
}
