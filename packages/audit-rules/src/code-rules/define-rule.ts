import type { AuditRecord, RecordOf, RecordTypeName } from 'o365-activity-client/records';
import type { Level, Profile } from '../rule.js';

/** Fields of a record as Sigma rules see them: Name/Value pairs, JSON in strings, computed `audit.*` fields. */
export interface Fields {
  /** The first value as text. */
  get(name: string): string | undefined;
  all(name: string): string[];
  has(name: string): boolean;
}

/** What a rule found: names of fields and the values that matched; they become the alert's evidence. */
export type RuleEvidence = Readonly<Record<string, string>>;

/** A rule in TypeScript. */
export interface RuleDefinition<Name extends RecordTypeName = RecordTypeName> {
  /** Never reused: alerts are named by it. */
  id: string;
  name?: string | undefined;
  title: string;
  description?: string | undefined;
  level: Level;
  tags?: readonly string[] | undefined;
  falsePositives?: readonly string[] | undefined;
  references?: readonly string[] | undefined;
  author?: string | undefined;
  license?: string | undefined;
  profile?: Profile | undefined;
  /** Only records of this type; `match` receives it typed. */
  recordType?: Name | undefined;
  /** Only these operations. Without it and `recordType` the rule is asked for every record. */
  operations?: readonly string[] | undefined;
  /** Synchronous and without side effects; returns what matched, or undefined. */
  match(record: RecordOf<Name>, fields: Fields): RuleEvidence | undefined;
}

/** Types `match` by the rule's record type; returns the definition unchanged. */
export function defineRule<Name extends RecordTypeName>(
  definition: RuleDefinition<Name> & { recordType: Name },
): RuleDefinition;
export function defineRule(
  definition: Omit<RuleDefinition, 'match' | 'recordType'> & {
    match(record: AuditRecord, fields: Fields): RuleEvidence | undefined;
  },
): RuleDefinition;
export function defineRule(definition: object): RuleDefinition {
  return definition as RuleDefinition;
}
