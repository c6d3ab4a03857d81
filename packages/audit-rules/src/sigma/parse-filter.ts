import type { Expression } from '../engine/expression.js';
import { parseDetection } from './parse-detection.js';
import type { ItemContext } from './items/parse-item.js';
import { Refusal } from './problem.js';
import type { Position } from './problem.js';
import { getExtension } from './rule-info.js';
import { getNode, getText, getTexts } from './yaml-tree.js';
import type { MapNode, YamlNode } from './yaml-tree.js';

/** A Sigma filter: joined to the rules it names with `and`. */
export interface FilterRule {
  title: string;
  /** Ids or names; `any` for every rule. */
  rules: readonly string[] | 'any';
  expression: Expression;
  /** From then on the filter is an error; epoch milliseconds. */
  expiresAt?: number;
  reason?: string;
  position: Position;
}

/** Reads a `filter` block. A condition without `not` would keep only what it means to exclude: refused. */
export function parseFilter(document: MapNode, block: YamlNode, context: ItemContext): FilterRule {
  const title = getText(document, 'title');
  if (!title) throw new Refusal(document, 'the filter has no title', 'Write `title:`.');
  if (block.kind !== 'map')
    throw new Refusal(block, 'the filter is a map', 'Write `rules:`, a selection and a condition.');
  const rules = getTexts(block, 'rules');
  if (rules.length === 0)
    throw new Refusal(block, 'the filter names no rules', 'Write `rules: [id or name]` or `rules: any`.');
  const { expression } = parseDetection(block, context, ['rules']);
  if (!hasNot(expression))
    throw new Refusal(
      getNode(block, 'condition') ?? block,
      'the condition has no `not`: a filter is joined with `and`, so this one would keep only what it names',
      'Write `condition: not selection`.',
    );
  const extension = getExtension(document);
  const expires = extension && getText(extension, 'expires');
  const expiresAt = expires === undefined ? undefined : Date.parse(expires);
  if (expiresAt !== undefined && Number.isNaN(expiresAt))
    throw new Refusal(extension as MapNode, `\`${expires}\` is no date`, 'Write `expires: 2027-01-31`.');
  const reason = extension && getText(extension, 'reason');
  return {
    title,
    rules: rules.length === 1 && rules[0] === 'any' ? 'any' : rules,
    expression,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(reason !== undefined && { reason }),
    position: { line: document.line, column: document.column },
  };
}

function hasNot(expression: Expression): boolean {
  switch (expression.kind) {
    case 'not':
      return true;
    case 'and':
    case 'or':
      return expression.parts.some(hasNot);
    case 'selection':
      return hasNot(expression.part);
    case 'item':
      return expression.negated;
    case 'keyword':
      return false;
  }
}
