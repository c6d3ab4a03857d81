import type { Expression } from './engine/expression.js';

export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof levels)[number];

/** What an alert asks of the people who receive it. */
export type Profile = 'page' | 'ticket' | 'hunt';

/** What alerts say about the rule that made them. */
export interface RuleInfo {
  id: string;
  /** A short name by which other rules and filters may refer to it. */
  name?: string;
  title: string;
  description?: string;
  status?: string;
  level: Level;
  tags: readonly string[];
  author?: string;
  /** The Detection Rule License obliges messages about a match to keep author and license. */
  license?: string;
  references: readonly string[];
  falsePositives: readonly string[];
  profile: Profile;
  /** SHA-256 of the rule's text, in hex. */
  hash: string;
  /** Where it was read; absent for TypeScript rules. */
  file?: string;
}

/** One alert for each group and time; without it, one for each record. */
export interface Suppression {
  by: readonly string[];
  forInMs: number;
}

/** A Sigma detection rule, read and not yet compiled. */
export interface DetectionRule {
  kind: 'detection';
  info: RuleInfo;
  expression: Expression;
  suppression?: Suppression;
  line: number;
}

export type CorrelationType =
  'event_count' | 'value_count' | 'value_sum' | 'value_avg' | 'temporal' | 'temporal_ordered';

/** A bound on a count or value; all of them must hold. */
export interface Bounds {
  gt?: number;
  gte?: number;
  lt?: number;
  lte?: number;
  eq?: number;
  neq?: number;
}

/** A Sigma correlation rule. */
export interface CorrelationRule {
  kind: 'correlation';
  info: RuleInfo;
  type: CorrelationType;
  /** Ids or names of the rules whose hits it counts, as written. */
  rules: readonly string[];
  groupBy: readonly string[];
  /** For each base rule, as written: which of its fields stands for a group-by name. */
  aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  timespanInMs: number;
  bounds: Bounds;
  /** The field whose values are counted or added. */
  field?: string;
  /** Whether the base rules alert by themselves too. */
  generate: boolean;
  suppressInMs: number;
  line: number;
}
