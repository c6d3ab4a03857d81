import type { Expression } from '../engine/expression.js';
import { parseCondition } from './condition.js';
import { parseItem, parseKeyword } from './items/parse-item.js';
import type { ItemContext } from './items/parse-item.js';
import { Refusal } from './problem.js';
import type { Position } from './problem.js';
import { getNode } from './yaml-tree.js';
import type { MapEntry, MapNode, YamlNode } from './yaml-tree.js';

interface ParsedDetection {
  expression: Expression;
  /** Selections that the condition does not use. */
  unused: { name: string; position: Position }[];
}

/** Reads selections and condition of a `detection` or `filter` block; `skip` names keys that are neither. */
export function parseDetection(
  block: YamlNode,
  context: ItemContext,
  skip: readonly string[] = [],
): ParsedDetection {
  if (block.kind !== 'map')
    throw new Refusal(block, 'the detection is a map', 'Write selections and a condition.');
  const selections = new Map<string, Expression>();
  const entries: MapEntry[] = [];
  for (const entry of block.entries) {
    if (entry.key === 'condition' || skip.includes(entry.key)) continue;
    if (entry.key === 'timeframe')
      throw new Refusal(entry.position, '`timeframe` is not supported', 'Write a correlation rule.');
    if (!/^[\w-]+$/.test(entry.key))
      throw new Refusal(
        entry.position,
        `\`${entry.key}\` is no name of a selection`,
        'Use letters, digits, _ and -.',
      );
    selections.set(entry.key, parseSelection(entry.value, context));
    entries.push(entry);
  }
  const used = new Set<string>();
  const parts = readConditions(block).map(({ text, position }) =>
    parseCondition(text, selections, position, used),
  );
  const expression = parts.length === 1 ? (parts[0] as Expression) : { kind: 'or' as const, parts };
  const unused = entries
    .filter(({ key }) => !used.has(key))
    .map(({ key, position }) => ({ name: key, position }));
  return { expression, unused };
}

function readConditions(block: MapNode): { text: string; position: Position }[] {
  const node = getNode(block, 'condition');
  if (!node) throw new Refusal(block, 'there is no condition', 'Write `condition: selection`.');
  const members = node.kind === 'list' ? node.members : [node];
  if (members.length === 0) throw new Refusal(node, 'the list of conditions is empty', 'Write one.');
  return members.map((member) => {
    if (member.kind !== 'scalar' || typeof member.value !== 'string')
      throw new Refusal(member, 'a condition is a text', 'Write `condition: selection`.');
    return { text: member.value, position: member };
  });
}

function parseSelection(node: YamlNode, context: ItemContext): Expression {
  if (node.kind === 'map') return parseMap(node, context);
  if (node.kind === 'scalar') return parseKeyword(node);
  if (node.members.length === 0)
    throw new Refusal(node, 'the selection is empty', 'Give it items or remove it.');
  const parts = node.members.map((member) => {
    if (member.kind === 'list') throw new Refusal(member, 'a list inside a list', 'Flatten it.');
    return member.kind === 'map' ? parseMap(member, context) : parseKeyword(member);
  });
  return parts.length === 1 ? (parts[0] as Expression) : { kind: 'or', parts };
}

function parseMap(node: MapNode, context: ItemContext): Expression {
  if (node.entries.length === 0)
    throw new Refusal(node, 'the selection is empty', 'Give it items or remove it.');
  const parts = node.entries.map((entry) =>
    entry.key.startsWith('|') ? parseKeywords(entry) : parseItem(entry, context),
  );
  return parts.length === 1 ? (parts[0] as Expression) : { kind: 'and', parts };
}

/** `'|all': [...]`: keywords that must all be found. */
function parseKeywords({ key, position, value }: MapEntry): Expression {
  if (key !== '|all')
    throw new Refusal(position, `keywords with \`${key}\``, 'Only `|all` is supported without a field.');
  if (value.kind !== 'list' || value.members.length < 2)
    throw new Refusal(value, '`|all` wants a list of several keywords', 'Add keywords or remove `|all`.');
  return { kind: 'and', parts: value.members.map(parseKeyword) };
}
