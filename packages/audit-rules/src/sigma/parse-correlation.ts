import type { Bounds, CorrelationRule, CorrelationType, RuleInfo } from '../rule.js';
import { Refusal } from './problem.js';
import { getExtension } from './rule-info.js';
import { parseTimespan } from './timespan.js';
import { getNode, getText, getTexts } from './yaml-tree.js';
import type { MapNode, YamlNode } from './yaml-tree.js';

const types: readonly string[] = [
  'event_count',
  'value_count',
  'value_sum',
  'value_avg',
  'temporal',
  'temporal_ordered',
];
const bounds: readonly string[] = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];
const known: readonly string[] = [
  'type',
  'rules',
  'group-by',
  'aliases',
  'timespan',
  'condition',
  'generate',
];
const hourInMs = 3_600_000;

/** Reads a `correlation` block. */
export function parseCorrelation(document: MapNode, block: YamlNode, info: RuleInfo): CorrelationRule {
  if (block.kind !== 'map')
    throw new Refusal(block, 'the correlation is a map', 'Write `type:` and `rules:`.');
  for (const { key, position } of block.entries)
    if (!known.includes(key))
      throw new Refusal(position, `unknown key \`${key}\` of a correlation`, `Known: ${known.join(', ')}.`);
  const type = parseType(block);
  const rules = getTexts(block, 'rules');
  if (rules.length === 0)
    throw new Refusal(block, 'the correlation names no rules', 'Write `rules: [id or name]`.');
  const timespan = getText(block, 'timespan');
  if (timespan === undefined)
    throw new Refusal(block, 'the correlation has no timespan', 'Write `timespan: 1h`.');
  const timespanInMs = parseTimespan(timespan, getNode(block, 'timespan') ?? block);
  const extension = getExtension(document);
  const suppress = extension && getText(extension, 'suppress');
  const condition = parseBounds(block, type);
  return {
    kind: 'correlation',
    info,
    type,
    rules,
    groupBy: getTexts(block, 'group-by'),
    aliases: parseAliases(block, rules),
    timespanInMs,
    ...condition,
    generate: parseGenerate(block, document),
    suppressInMs:
      suppress === undefined
        ? Math.max(timespanInMs, hourInMs)
        : parseTimespan(suppress, extension ?? document),
    line: document.line,
  };
}

function parseType(block: MapNode): CorrelationType {
  const type = getText(block, 'type') ?? '';
  if (types.includes(type)) return type as CorrelationType;
  const node = getNode(block, 'type') ?? block;
  if (type === 'value_percentile' || type === 'value_median')
    throw new Refusal(
      node,
      `\`${type}\` is not supported: the specification does not say how to compute it`,
      'Use value_avg or value_count.',
    );
  throw new Refusal(node, `unknown correlation type \`${type}\``, `Types: ${types.join(', ')}.`);
}

function parseBounds(block: MapNode, type: CorrelationType): { bounds: Bounds; field?: string } {
  const node = getNode(block, 'condition');
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  if (!node) {
    if (!temporal)
      throw new Refusal(block, `\`${type}\` has no condition`, 'Write `condition: { gte: 10 }`.');
    return { bounds: {} };
  }
  if (temporal || node.kind !== 'map')
    throw new Refusal(
      node,
      'this condition is not supported',
      temporal ? 'Remove it: all rules must occur.' : 'Write `{ gte: 10 }`.',
    );
  const read: Bounds & Record<string, number> = {};
  for (const { key, position, value } of node.entries) {
    if (key === 'field') continue;
    if (!bounds.includes(key))
      throw new Refusal(position, `unknown criterion \`${key}\``, `Criteria: ${bounds.join(', ')}.`);
    if (value.kind !== 'scalar' || typeof value.value !== 'number')
      throw new Refusal(value, `\`${key}\` wants a number`, 'Write it without quotes.');
    read[key] = value.value;
  }
  if (Object.keys(read).length === 0)
    throw new Refusal(node, 'the condition has no criterion', 'Write `gte: 10`.');
  const [field, ...more] = getTexts(node, 'field');
  if (more.length > 0) throw new Refusal(node, 'more than one `field`', 'Name one.');
  if (field === undefined && type !== 'event_count')
    throw new Refusal(node, `\`${type}\` needs a field`, 'Write `condition: { field: UserId, gte: 10 }`.');
  if (field !== undefined && type === 'event_count')
    throw new Refusal(node, '`event_count` has no field', 'Use value_count.');
  return { bounds: read, ...(field !== undefined && { field }) };
}

function parseAliases(block: MapNode, rules: readonly string[]): CorrelationRule['aliases'] {
  const node = getNode(block, 'aliases');
  if (!node) return {};
  if (node.kind !== 'map') throw new Refusal(node, '`aliases` is a map', 'Write `alias: { rule: field }`.');
  const aliases: Record<string, Record<string, string>> = {};
  for (const { key: alias, value } of node.entries) {
    if (value.kind !== 'map')
      throw new Refusal(value, 'an alias maps rules to fields', 'Write `alias: { rule: field }`.');
    for (const { key: rule, position, value: field } of value.entries) {
      if (!rules.includes(rule))
        throw new Refusal(
          position,
          `the alias names \`${rule}\`, which is none of the rules`,
          `Rules: ${rules.join(', ')}.`,
        );
      if (field.kind !== 'scalar') throw new Refusal(field, 'an alias is a field name', 'Write a text.');
      (aliases[rule] ??= {})[alias] = field.text;
    }
  }
  return aliases;
}

/** Some authors write it beside `correlation`. */
function parseGenerate(block: MapNode, document: MapNode): boolean {
  const node = getNode(block, 'generate') ?? getNode(document, 'generate');
  if (!node) return false;
  if (node.kind !== 'scalar' || typeof node.value !== 'boolean')
    throw new Refusal(node, '`generate` is true or false', 'Write one of them.');
  return node.value;
}
