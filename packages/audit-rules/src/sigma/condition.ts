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
  return new ConditionParser(text, selections, position, used).parse();
}

class ConditionParser {
  readonly #tokens: readonly string[];
  readonly #selections: ReadonlyMap<string, Expression>;
  readonly #position: Position;
  readonly #used: Set<string>;
  #next = 0;

  constructor(
    text: string,
    selections: ReadonlyMap<string, Expression>,
    position: Position,
    used: Set<string>,
  ) {
    this.#selections = selections;
    this.#position = position;
    this.#used = used;
    if (text.includes('|'))
      this.#refuse(
        'aggregations in a condition are not supported',
        'Write a correlation rule instead of `|`.',
      );
    this.#tokens = text.match(/[()]|[^\s()]+/g) ?? [];
    if (this.#tokens.length > maxTokens) this.#refuse('the condition is too long', 'Split the rule.');
  }

  parse(): Expression {
    const expression = this.#alternatives(0);
    if (this.#next < this.#tokens.length)
      this.#refuse(
        `the condition goes on with \`${this.#tokens[this.#next]}\``,
        'Join the parts with `and` or `or`.',
      );
    return expression;
  }

  #refuse(problem: string, hint: string): never {
    throw new Refusal(this.#position, problem, hint);
  }

  #select(name: string): Expression {
    const part = this.#selections.get(name);
    if (!part)
      return this.#refuse(
        `the condition names \`${name}\`, which is no selection`,
        `Selections: ${[...this.#selections.keys()].join(', ')}.`,
      );
    this.#used.add(name);
    return { kind: 'selection', name, part };
  }

  #selectMatching(pattern: string): Expression[] {
    const names = [...this.#selections.keys()];
    const select = (name: string): Expression => this.#select(name);
    if (pattern === 'them') return names.filter((name) => !name.startsWith('_')).map(select);
    if (!pattern.includes('*')) return [select(pattern)];
    const matches = compileName(pattern);
    return names
      .filter((name) => matches(name) && (!name.startsWith('_') || pattern.startsWith('_')))
      .map(select);
  }

  #quantified(): Expression {
    const quantifier = this.#tokens[this.#next] as string;
    const pattern = this.#tokens[this.#next + 2];
    this.#next += 3;
    if (!['1', 'any', 'all'].includes(quantifier))
      this.#refuse(`\`${quantifier} of\` is not in the grammar`, 'Use `1 of`, `any of` or `all of`.');
    if (pattern === undefined || pattern === '(' || pattern === ')')
      return this.#refuse(
        `\`${quantifier} of\` names nothing`,
        'Write `them` or a pattern such as `filter_*`.',
      );
    const parts = this.#selectMatching(pattern);
    const [first] = parts;
    if (!first) return this.#refuse(`\`${pattern}\` fits no selection`, 'Correct the pattern.');
    return parts.length === 1 ? first : { kind: quantifier === 'all' ? 'and' : 'or', parts };
  }

  #primary(depth: number): Expression {
    if (depth > maxDepth) this.#refuse('the condition is nested too deeply', 'Simplify it.');
    const token = this.#tokens[this.#next];
    if (token === undefined) return this.#refuse('the condition ends too early', 'Complete it.');
    if (this.#tokens[this.#next + 1] === 'of') return this.#quantified();
    this.#next += 1;
    if (token === '(') {
      const inner = this.#alternatives(depth + 1);
      if (this.#tokens[this.#next] !== ')') this.#refuse('a parenthesis is not closed', 'Close it.');
      this.#next += 1;
      return inner;
    }
    if (token === 'not') return { kind: 'not', part: this.#primary(depth + 1) };
    if (token === ')' || token === 'and' || token === 'or')
      this.#refuse(`\`${token}\` stands where a selection belongs`, 'Correct the condition.');
    if (/^(AND|OR|NOT)$/.test(token))
      this.#refuse(`\`${token}\` in capitals`, `Write \`${token.toLowerCase()}\`.`);
    return this.#select(token);
  }

  #chain(word: 'and' | 'or', operand: () => Expression): Expression {
    const first = operand();
    const parts = [first];
    while (this.#tokens[this.#next] === word) {
      this.#next += 1;
      parts.push(operand());
    }
    return parts.length === 1 ? first : { kind: word, parts };
  }

  #alternatives(depth: number): Expression {
    return this.#chain('or', () => this.#chain('and', () => this.#primary(depth)));
  }
}

/** `*` is the only wildcard of a pattern of names. */
function compileName(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*').flatMap((piece, i) => (i === 0 ? [piece] : [Wildcard.Many, piece]));
  return compilePattern(parts.filter((part) => part !== ''));
}
