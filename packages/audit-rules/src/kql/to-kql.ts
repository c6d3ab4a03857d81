import type { Expression } from '../engine/expression.js';
import { withMode } from '../engine/text-pattern.js';
import { getLoaded } from '../load/rule-set.js';
import type { LoadedCorrelation, LoadedRule, RuleSet } from '../load/rule-set.js';
import type { RuleInfo } from '../rule.js';
import { KqlRefusal } from './kql-context.js';
import type { KqlContext, KqlOptions } from './kql-context.js';
import { bagColumn, toKqlField } from './kql-fields.js';
import { joinAny, toKqlItem } from './kql-tests.js';
import { quote } from './quote.js';

/** A rule as KQL over the table AuditRecords_CL, or the reason why not. */
export type KqlRule =
  | { info: RuleInfo; query: string; notes: readonly string[]; lookBackInMs: number }
  | { info: RuleInfo; refused: string };

/** Translates every rule that makes alerts. Notes say where the KQL is wider than the rule. */
export function toKql(rules: RuleSet, options: KqlOptions = {}): KqlRule[] {
  const { rules: detections, correlations } = getLoaded(rules);
  return [
    ...detections
      .filter(({ silent }) => !silent)
      .map((rule) =>
        attempt(rule.info, options, (context) => ({ query: toQuery([rule], context), lookBackInMs: 0 })),
      ),
    ...correlations
      .filter(({ silent }) => !silent)
      .map((correlation) =>
        attempt(correlation.rule.info, options, (context) => toCorrelation(correlation, detections, context)),
      ),
  ];
}

function attempt(
  info: RuleInfo,
  options: KqlOptions,
  translate: (context: KqlContext) => { query: string; lookBackInMs: number },
): KqlRule {
  const context: KqlContext = { options, bags: new Set(), notes: new Set() };
  try {
    const translated = translate(context);
    return { info, ...translated, notes: [...context.notes] };
  } catch (error) {
    if (!(error instanceof KqlRefusal)) throw error;
    return { info, refused: error.message };
  }
}

const projection =
  'TimeGenerated, EventTime, RecordId, SourceTenantId, Operation, Workload, UserId, ClientIP, ResultStatus, Record';

/** Records that any of the rules matches: columns first, then one object per bag, then the whole rule. */
function toQuery(rules: readonly LoadedRule[], context: KqlContext): string {
  const expressions = rules.map(({ info, expression }) => {
    if (!expression) throw new KqlRefusal(`${info.title} is written in TypeScript`);
    return expression;
  });
  const condition = joinAny(expressions.map((expression) => translate(expression, false, context)));
  const filters = expressions.map((expression) => preFilter(expression, context));
  const lines = ['AuditRecords_CL'];
  if (filters.every((filter) => filter !== undefined)) lines.push(`| where ${joinAny(filters)}`);
  for (const bag of context.bags)
    lines.push(
      `| mv-apply Pair = Record.${bag} on (summarize ${bagColumn(bag)} = make_bag(bag_pack(tolower(tostring(coalesce(Pair.Name, Pair.Key))), coalesce(Pair.Value, Pair.NewValue))))`,
    );
  lines.push(
    `| where ${condition}`,
    '| summarize arg_min(TimeGenerated, *) by RecordId',
    `| project ${projection}`,
  );
  return lines.join('\n');
}

function translate(expression: Expression, isNegated: boolean, context: KqlContext): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.parts
        .map((part) => `(${translate(part, isNegated, context)})`)
        .join(` ${expression.kind} `);
    case 'not':
      return `not(${translate(expression.part, !isNegated, context)})`;
    case 'selection':
      return translate(expression.part, isNegated, context);
    case 'item':
      return toKqlItem(expression, isNegated, context);
    case 'keyword': {
      const [text] = withMode(expression.pattern, 'exact');
      if (expression.pattern.length !== 1 || typeof text !== 'string')
        throw new KqlRefusal(`the keyword ${expression.text} has wildcards`);
      return `tostring(Record) contains ${quote(text)}`;
    }
  }
}

/** The rule with everything taken as true that needs more than columns; undefined: nothing is left. */
function preFilter(expression: Expression, context: KqlContext): string | undefined {
  switch (expression.kind) {
    case 'and': {
      const parts = expression.parts
        .map((part) => preFilter(part, context))
        .filter((part) => part !== undefined);
      return parts.length === 0 ? undefined : parts.map((part) => `(${part})`).join(' and ');
    }
    case 'or': {
      const parts = expression.parts.map((part) => preFilter(part, context));
      return parts.every((part) => part !== undefined) ? joinAny(parts) : undefined;
    }
    case 'selection':
      return preFilter(expression.part, context);
    case 'item': {
      const field = toKqlField(expression.path, context);
      return field.kind === 'text' && field.isColumn ? toKqlItem(expression, false, context) : undefined;
    }
    default:
      return undefined;
  }
}

/** Windows become bins of the double width that overlap by half: none is cut, up to twice the timespan is counted. */
function toCorrelation(
  { rule, bases }: LoadedCorrelation,
  rules: readonly LoadedRule[],
  context: KqlContext,
): { query: string; lookBackInMs: number } {
  const { type, bounds, timespanInMs, groupBy, field } = rule;
  if (type !== 'event_count' && type !== 'value_count')
    throw new KqlRefusal(`${type} needs a join of several queries`);
  const { gt, gte, ...others } = bounds;
  if (Object.keys(others).length > 0)
    throw new KqlRefusal('lt, lte, eq and neq need windows that are closed');
  const of = bases.map((base) => {
    if (base.kind === 'correlation') throw new KqlRefusal('a correlation of a correlation');
    return rules[base.rule] as LoadedRule;
  });
  if (Object.keys(rule.aliases).length > 0) throw new KqlRefusal('aliases of several rules');
  const base = toQuery(of, context);
  const span = `${timespanInMs / 1000}s`;
  const groups = groupBy.map((name, i) => `Group${i} = ${toScalar(name, of[0] as LoadedRule, context)}`);
  const counted = field === undefined ? 'RecordId' : toScalar(field, of[0] as LoadedRule, context);
  const limits = [gt === undefined ? '' : `Hits > ${gt}`, gte === undefined ? '' : `Hits >= ${gte}`].filter(
    Boolean,
  );
  context.notes.add('windows are two overlapping bins of twice the timespan, and dcount is approximate');
  const query = [
    base,
    `| extend Bin = pack_array(bin(EventTime, ${span}), bin(EventTime, ${span}) - ${span})`,
    '| mv-expand Bin to typeof(datetime)',
    `| summarize Hits = dcount(${counted}), TimeGenerated = max(TimeGenerated), FirstEvent = min(EventTime), LastEvent = max(EventTime), RecordIds = make_set(RecordId, 20), UserId = take_any(UserId), ClientIP = take_any(ClientIP) by SourceTenantId, ${[...groups, 'Bin'].join(', ')}`,
    `| where ${limits.join(' and ')}`,
    `| summarize arg_max(Hits, *) by ${['SourceTenantId', ...groups.map((_, i) => `Group${i}`)].join(', ')}`,
  ].join('\n');
  return { query, lookBackInMs: 2 * timespanInMs };
}

/** A field after the projection, where bags are gone. */
function toScalar(name: string, rule: LoadedRule, context: KqlContext): string {
  const path = rule.links
    .flatMap(({ groupBy, value }) => [...groupBy, ...(value ? [value] : [])])
    .find((one) => one.name === name);
  const before = context.bags.size;
  const read = path && toKqlField(path, context);
  if (read?.kind !== 'text' || context.bags.size !== before)
    throw new KqlRefusal(`grouping by ${name}, which is inside a list`);
  return `tolower(${read.values[0]})`;
}
