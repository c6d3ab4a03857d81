import { RecordType, isRecord } from 'o365-activity-client/records';
import type { AuditRecord, RecordOf, RecordTypeName } from 'o365-activity-client/records';
import type { Compiled, Head, MatchedItem, Partial } from './engine/compile.js';
import type { FieldPaths } from './fields/field-path.js';
import type { RecordView } from './fields/record-view.js';
import type { Level, Profile } from './rule.js';

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

/** After so many throws in a row a rule is switched off. */
const maxThrowsInARow = 100;

/** Hears of rules that throw. */
export interface RuleFailures {
  onThrow(error: unknown, switchedOff: boolean): void;
}

/** The same shape as a compiled Sigma rule: `operations` and `recordType` are what the head decides. */
export function compileDefinition(
  definition: RuleDefinition,
  paths: FieldPaths,
  failures: () => RuleFailures,
): Compiled {
  const operations =
    definition.operations && new Set(definition.operations.map((name) => name.toLowerCase()));
  const recordType =
    definition.recordType === undefined ? undefined : String(RecordType[definition.recordType]);
  let throwsInARow = 0;

  function run(view: RecordView): RuleEvidence | undefined {
    if (throwsInARow >= maxThrowsInARow) return undefined;
    const record = view.record as unknown as AuditRecord;
    if (definition.recordType !== undefined && !isRecord(record, definition.recordType)) return undefined;
    const operation = view.record['Operation'];
    if (operations && !(typeof operation === 'string' && operations.has(operation.toLowerCase())))
      return undefined;
    try {
      const evidence = definition.match(record, createFields(view, paths));
      throwsInARow = 0;
      return evidence;
    } catch (error) {
      throwsInARow += 1;
      failures().onThrow(error, throwsInARow >= maxThrowsInARow);
      return undefined;
    }
  }

  function partial({ operation, recordType: type }: Head): Partial {
    const excluded =
      (operations && !operation.leaves.some((leaf) => operations.has(leaf.lower()))) ||
      (recordType !== undefined && !type.leaves.some(({ text }) => text === recordType));
    return excluded ? false : undefined;
  }

  return {
    test: (view) => run(view) !== undefined,
    partial,
    explain(view, _, items: MatchedItem[]) {
      for (const [field, value] of Object.entries(run(view) ?? {}))
        items.push({ field, leaf: undefined, value, selection: 'match' });
    },
  };
}

function createFields(view: RecordView, paths: FieldPaths): Fields {
  const resolve = (name: string) => view.resolve(paths.get(name));
  return {
    get: (name) => resolve(name).leaves[0]?.text,
    all: (name) => resolve(name).leaves.flatMap(({ text }) => (text === undefined ? [] : [text])),
    has: (name) => resolve(name).present,
  };
}
