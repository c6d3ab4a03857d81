import type { FieldPaths } from '../fields/field-path.js';
import { RecordView } from '../fields/record-view.js';
import type { CompiledTenant } from '../fields/tenant-context.js';
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
  indexed: boolean = true,
): Matcher {
  const { rules, paths, lookups } = loaded;
  const all = rules.map((rule) => ({ rule, certain: false }));
  const index = indexed ? createHeadIndex(rules, paths) : { find: () => all, findThrough: () => all };

  /** One view for all records that are only looked at; a match gets a view of its own. */
  const scratch = new RecordView({}, loaded.tenant(undefined), lookups);
  let isBusy = false;

  function getTenant(
    record: Readonly<Record<string, unknown>>,
    tenantId: string | undefined,
  ): CompiledTenant {
    const { OrganizationId } = record;
    return loaded.tenant(tenantId ?? (typeof OrganizationId === 'string' ? OrganizationId : undefined));
  }

  function matchCandidates(
    candidates: readonly { rule: LoadedRule; certain: boolean }[],
    record: Readonly<Record<string, unknown>>,
    view: RecordView,
    tenant: CompiledTenant,
  ): RuleMatch[] {
    let matches = nothing;
    let own: RecordView | undefined;
    for (const { rule, certain } of candidates) {
      try {
        if (!certain && !rule.compiled.test(view)) continue;
        own ??= new RecordView(record, tenant, lookups);
        if (matches === nothing) matches = [];
        matches.push({ rule, view: own });
      } catch (error) {
        onThrow(rule, error);
      }
    }
    return matches;
  }

  return {
    match(given, tenantId) {
      if (typeof given !== 'object' || given === null || Array.isArray(given)) return nothing;
      const record = given as Readonly<Record<string, unknown>>;
      const known = index.find(record);
      if (known?.length === 0) return nothing;
      const tenant = getTenant(record, tenantId);
      // A TypeScript rule may ask the same detector about another record.
      const view = isBusy ? new RecordView(record, tenant, lookups) : scratch;
      const wasBusy = isBusy;
      isBusy = true;
      try {
        if (!wasBusy) scratch.reuse(record, tenant);
        return matchCandidates(known ?? index.findThrough(view), record, view, tenant);
      } finally {
        isBusy = wasBusy;
      }
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
