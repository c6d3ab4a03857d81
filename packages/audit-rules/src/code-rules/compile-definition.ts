import { createHash } from 'node:crypto';
import { RecordType, isRecord } from 'o365-activity-client/records';
import type { AuditRecord } from 'o365-activity-client/records';
import type { Fields, RuleDefinition, RuleEvidence } from './define-rule.js';
import type { Compiled, Head, MatchedItem, Partial } from '../engine/compile.js';
import type { FieldPaths } from '../fields/field-path.js';
import type { RecordView } from '../fields/record-view.js';
import type { RuleInfo } from '../rule.js';

/** After so many throws in a row a rule is switched off. */
const maxThrowsInARow = 100;

/** The same shape as a compiled Sigma rule: `operations` and `recordType` are what the head decides. */
export function compileDefinition(
  definition: RuleDefinition,
  paths: FieldPaths,
  onThrow: (error: unknown, switchedOff: boolean) => void,
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
      onThrow(error, throwsInARow >= maxThrowsInARow);
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

/** What alerts say about a TypeScript rule. */
export function getDefinitionInfo(definition: RuleDefinition): RuleInfo {
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
