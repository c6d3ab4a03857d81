import type { Expression } from '../engine/expression.js';
import { Wildcard, compilePattern } from '../engine/text-pattern.js';
import { Refusal } from './problem.js';
import type { Position } from './problem.js';

const maxDepth = 200;
const maxTokens = 5000;

/** Reads a condition: `or`, `and`, `not`, `1 of`, `any of`, `all of`, parentheses, in the specification's precedence. */
export function parseCondition(
  text: string,
  selections: ReadonlyMap<string, Expression>,
  position: Position,
  used: Set<string>,
): Expression {
  const refuse = (problem: string, hint: string): never => {
    throw new Refusal(position, problem, hint);
  };
  if (text.includes('|'))
    refuse('aggregations in a condition are not supported', 'Write a correlation rule instead of `|`.');
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  if (tokens.length > maxTokens) refuse('the condition is too long', 'Split the rule.');
  let next = 0;

  function select(name: string): Expression {
    const part = selections.get(name);
    if (!part)
      return refuse(
        `the condition names \`${name}\`, which is no selection`,
        `Selections: ${[...selections.keys()].join(', ')}.`,
      );
    used.add(name);
    return { kind: 'selection', name, part };
  }

  function matching(pattern: string): Expression[] {
    const names = [...selections.keys()];
    if (pattern === 'them') return names.filter((name) => !name.startsWith('_')).map(select);
    if (!pattern.includes('*')) return [select(pattern)];
    const matches = compileName(pattern);
    return names
      .filter((name) => matches(name) && (!name.startsWith('_') || pattern.startsWith('_')))
      .map(select);
  }

  function quantified(): Expression {
    const quantifier = tokens[next] as string;
    const pattern = tokens[next + 2];
    next += 3;
    if (pattern === undefined || pattern === '(' || pattern === ')')
      return refuse(`\`${quantifier} of\` names nothing`, 'Write `them` or a pattern such as `filter_*`.');
    const parts = matching(pattern);
    if (parts.length === 0) return refuse(`\`${pattern}\` fits no selection`, 'Correct the pattern.');
    return parts.length === 1
      ? (parts[0] as Expression)
      : { kind: quantifier === 'all' ? 'and' : 'or', parts };
  }

  function primary(depth: number): Expression {
    if (depth > maxDepth) refuse('the condition is nested too deeply', 'Simplify it.');
    const token = tokens[next];
    if (token === undefined) return refuse('the condition ends too early', 'Complete it.');
    if (token === '(') {
      next += 1;
      const inner = alternatives(depth + 1);
      if (tokens[next] !== ')') refuse('a parenthesis is not closed', 'Close it.');
      next += 1;
      return inner;
    }
    if (token === 'not') {
      next += 1;
      return { kind: 'not', part: primary(depth + 1) };
    }
    if (tokens[next + 1] === 'of') {
      if (!['1', 'any', 'all'].includes(token))
        refuse(`\`${token} of\` is not in the grammar`, 'Use `1 of`, `any of` or `all of`.');
      return quantified();
    }
    if (token === ')' || token === 'and' || token === 'or')
      refuse(`\`${token}\` stands where a selection belongs`, 'Correct the condition.');
    if (/^(AND|OR|NOT)$/.test(token)) refuse(`\`${token}\` in capitals`, `Write \`${token.toLowerCase()}\`.`);
    next += 1;
    return select(token);
  }

  function chain(word: 'and' | 'or', operand: (depth: number) => Expression, depth: number): Expression {
    const parts = [operand(depth)];
    while (tokens[next] === word) {
      next += 1;
      parts.push(operand(depth));
    }
    return parts.length === 1 ? (parts[0] as Expression) : { kind: word, parts };
  }

  function alternatives(depth: number): Expression {
    return chain('or', (inner) => chain('and', primary, inner), depth);
  }

  const expression = alternatives(0);
  if (next < tokens.length)
    refuse(`the condition goes on with \`${tokens[next]}\``, 'Join the parts with `and` or `or`.');
  return expression;
}

/** `*` is the only wildcard of a pattern of names. */
function compileName(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*').flatMap((piece, i) => (i === 0 ? [piece] : [Wildcard.Many, piece]));
  return compilePattern(parts.filter((part) => part !== ''));
}
