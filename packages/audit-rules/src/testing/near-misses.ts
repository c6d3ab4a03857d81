import type { Expression } from '../engine/expression.js';
import { createHeadIndex } from '../engine/head-index.js';
import { createMatcher } from '../engine/matcher.js';
import type { LoadedRules } from '../load/rule-set.js';
import { RecordView } from '../fields/record-view.js';

/** Which rules the records of tests made fire, and which they came near without. */
export interface NearMisses {
  add(record: Readonly<Record<string, unknown>>): void;
  addAlert(ruleId: string): void;
  /** Records over which no correlation fired: a near miss of those they are hits for. */
  addQuiet(records: readonly Readonly<Record<string, unknown>>[]): void;
  missing(): { rule: string; missing: 'hit' | 'near miss' }[];
}

/** A near miss is a record of the right operation, workload and type that does not match. */
export function createNearMisses(loaded: LoadedRules): NearMisses {
  const { rules, correlations, paths, lookups } = loaded;
  const matcher = createMatcher(loaded, () => {});
  const index = createHeadIndex(rules, paths);
  // What only names operations is left alone by every record of another operation.
  const ofHead = rules.filter(({ expression }) => expression && isOfHead(expression));
  const hits = new Set<string>();
  const misses = new Set<string>();

  return {
    add(record) {
      const matched = new Set(matcher.match(record, undefined).map(({ rule }) => rule.info.id));
      const view = new RecordView(record, loaded.tenant(undefined), lookups);
      for (const { rule } of index.findThrough(view))
        (matched.has(rule.info.id) ? hits : misses).add(rule.info.id);
      for (const { info } of ofHead) if (!matched.has(info.id)) misses.add(info.id);
    },
    addAlert: (ruleId) => hits.add(ruleId),
    addQuiet(records) {
      const bases = new Set(
        records.flatMap((record) => matcher.match(record, undefined).map(({ rule }) => rule.index)),
      );
      for (const { rule, bases: of } of correlations)
        if (of.some((base) => base.kind === 'correlation' || bases.has(base.rule))) misses.add(rule.info.id);
    },
    missing() {
      const wanted = [
        ...rules.filter(({ silent }) => !silent).map(({ info }) => info),
        ...correlations.filter(({ silent }) => !silent).map(({ rule }) => rule.info),
      ];
      return wanted.flatMap(({ id, name }) => [
        ...(hits.has(id) ? [] : [{ rule: name ?? id, missing: 'hit' as const }]),
        ...(misses.has(id) ? [] : [{ rule: name ?? id, missing: 'near miss' as const }]),
      ]);
    },
  };
}

function isOfHead(expression: Expression): boolean {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.parts.every(isOfHead);
    case 'not':
    case 'selection':
      return isOfHead(expression.part);
    case 'item':
      return expression.path.head !== undefined;
    case 'keyword':
      return false;
  }
}
