import type { FieldPaths } from '../fields/field-path.js';
import { RecordView } from '../fields/record-view.js';
import type { LoadedRule, LoadedRules } from '../load/rule-set.js';
import type { MatchedItem } from './compile.js';
import { createHeadIndex } from './head-index.js';

/** A rule that is true of a record. */
export interface RuleMatch {
  rule: LoadedRule;
  view: RecordView;
}

export interface Matcher {
  /** Every rule that is true of the record. Does not throw, whatever the record holds. */
  match(record: unknown, tenantId: string | undefined): RuleMatch[];
  explain(match: RuleMatch): MatchedItem[];
  paths: FieldPaths;
}

const nothing: RuleMatch[] = [];

/** `onThrow` is called when a rule fails on a record, which no rule should. */
export function createMatcher(
  loaded: LoadedRules,
  onThrow: (rule: LoadedRule, error: unknown) => void,
): Matcher {
  const { rules, paths, lookups } = loaded;
  const index = createHeadIndex(rules, paths);

  function createView(record: Readonly<Record<string, unknown>>, tenantId: string | undefined): RecordView {
    const { OrganizationId } = record;
    const tenant = tenantId ?? (typeof OrganizationId === 'string' ? OrganizationId : undefined);
    return new RecordView(record, loaded.tenant(tenant), lookups);
  }

  return {
    match(given, tenantId) {
      if (typeof given !== 'object' || given === null || Array.isArray(given)) return nothing;
      const record = given as Readonly<Record<string, unknown>>;
      let view: RecordView | undefined;
      let candidates = index.find(record);
      if (!candidates) {
        view = createView(record, tenantId);
        candidates = index.findThrough(view);
      }
      if (candidates.length === 0) return nothing;
      view ??= createView(record, tenantId);
      const matches: RuleMatch[] = [];
      for (const { rule, certain } of candidates) {
        try {
          if (certain || rule.compiled.test(view)) matches.push({ rule, view });
        } catch (error) {
          onThrow(rule, error);
        }
      }
      return matches;
    },
    explain({ rule, view }) {
      const items: MatchedItem[] = [];
      try {
        rule.compiled.explain(view, '', items);
      } catch (error) {
        onThrow(rule, error);
      }
      return items;
    },
    paths,
  };
}
