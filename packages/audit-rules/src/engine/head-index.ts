import type { FieldPath, FieldPaths } from '../fields/field-path.js';
import { Leaf, absent } from '../fields/leaf.js';
import type { Resolved } from '../fields/leaf.js';
import type { RecordView } from '../fields/record-view.js';
import type { Compiled, Head } from './compile.js';

/** A rule that a head does not exclude; `certain`: the head alone makes it true. */
interface Candidate<Rule> {
  rule: Rule;
  certain: boolean;
}

interface HeadIndex<Rule> {
  /** For a record whose head fields are plain: without looking at anything else. Undefined when they are not. */
  find(record: Readonly<Record<string, unknown>>): readonly Candidate<Rule>[] | undefined;
  /** For any record, through its view. */
  findThrough(view: RecordView): readonly Candidate<Rule>[];
}

/** Heads kept; when there are more, all are forgotten. Real tenants have a few thousand. */
const maxHeads = 8192;
/** Longer values are evaluated each time, so that nobody fills the memory with them. */
const maxChars = 200;

type HeadValue = string | null | undefined;

/**
 * Which rules a record can match, by partial evaluation with Operation, Workload and RecordType known: exact for any
 * rule, and computed once for each distinct head.
 */
export function createHeadIndex<Rule extends { compiled: Compiled }>(
  rules: readonly Rule[],
  paths: FieldPaths,
): HeadIndex<Rule> {
  const all: readonly Candidate<Rule>[] = rules.map((rule) => ({ rule, certain: false }));
  const headPaths = ['Operation', 'Workload', 'RecordType'].map((name) => paths.get(name)) as [
    FieldPath,
    FieldPath,
    FieldPath,
  ];
  let count = 0;
  const known = new Map<HeadValue, Map<HeadValue, Map<HeadValue, readonly Candidate<Rule>[]>>>();

  function evaluate(
    operation: HeadValue,
    workload: HeadValue,
    recordType: HeadValue,
  ): readonly Candidate<Rule>[] {
    const head: Head = {
      operation: toResolved(operation),
      workload: toResolved(workload),
      recordType: toResolved(recordType),
    };
    const candidates: Candidate<Rule>[] = [];
    for (const rule of rules) {
      const value = rule.compiled.partial(head);
      if (value !== false) candidates.push({ rule, certain: value === true });
    }
    return candidates;
  }

  function look(
    operation: HeadValue,
    workload: HeadValue,
    recordType: HeadValue,
  ): readonly Candidate<Rule>[] {
    const found = known.get(operation)?.get(workload)?.get(recordType);
    if (found) return found;
    const candidates = evaluate(operation, workload, recordType);
    if (isLong(operation) || isLong(workload) || isLong(recordType)) return candidates;
    if (count >= maxHeads) {
      known.clear();
      count = 0;
    }
    count += 1;
    const workloads =
      known.get(operation) ?? new Map<HeadValue, Map<HeadValue, readonly Candidate<Rule>[]>>();
    const types = workloads.get(workload) ?? new Map<HeadValue, readonly Candidate<Rule>[]>();
    known.set(operation, workloads);
    workloads.set(workload, types);
    types.set(recordType, candidates);
    return candidates;
  }

  return {
    find(record) {
      const { Operation, Workload, RecordType } = record;
      if (typeof Operation !== 'string' || typeof Workload !== 'string' || typeof RecordType !== 'number')
        return undefined;
      if (record['AuditData'] !== undefined || record['eventSource'] !== undefined) return undefined;
      return look(Operation, Workload, String(RecordType));
    },
    findThrough(view) {
      if (Object.hasOwn(view.record, 'eventSource')) return all;
      const values = headPaths.map((path) => single(view.resolve(path)));
      if (values.includes(several)) return all;
      const [operation, workload, recordType] = values as HeadValue[];
      return look(operation, workload, recordType);
    },
  };
}

const several = Symbol('several values');

function single({ present, leaves }: Resolved): HeadValue | typeof several {
  if (!present) return undefined;
  const [leaf] = leaves;
  if (!leaf || leaves.length > 1) return several;
  return leaf.value === null ? null : leaf.text;
}

function toResolved(value: HeadValue): Resolved {
  return value === undefined ? absent : { present: true, leaves: [new Leaf(value)] };
}

function isLong(value: HeadValue): boolean {
  return typeof value === 'string' && value.length > maxChars;
}
