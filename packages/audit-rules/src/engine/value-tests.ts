import type { Leaf } from '../fields/leaf.js';
import { createNetwork } from '../fields/tenant-context.js';
import type { NumberOperator, ValueTest } from './expression.js';
import type { RegexEngine } from './regex.js';
import { compilePattern, plainText, withMode } from './text-pattern.js';
import type { TextMode, TextPattern } from './text-pattern.js';
import { getTimePart } from './time-part.js';

export type LeafTest = (leaf: Leaf) => boolean;

type LeafTestOf = Exclude<ValueTest, { kind: 'field' | 'null' }>;

/** Numbers as records write them: JSON numbers, and their texts. */
const numberText = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** A test of one value. Throws for a pattern or network that cannot be compiled. */
export function compileValueTest(test: LeafTestOf, regex: RegexEngine | undefined): LeafTest {
  switch (test.kind) {
    case 'text':
      return compileText(test.pattern, test.mode, test.cased);
    case 'regex': {
      if (!regex) throw new Error('the pattern engine is not loaded');
      const search = regex.compile(test.source, test.flags);
      return ({ text }) => text !== undefined && search(text);
    }
    case 'cidr': {
      const contains = createNetwork([test.network]);
      return (leaf) => {
        const address = leaf.address();
        return address !== undefined && contains(address);
      };
    }
    case 'number': {
      const compare = compareWith(test.operator, test.value);
      return ({ value, text }) =>
        typeof value === 'number'
          ? compare(value)
          : typeof value === 'string' && numberText.test(text as string) && compare(Number(text));
    }
    case 'time': {
      const compare = compareWith(test.operator, test.value);
      return ({ text }) => {
        const part = text === undefined ? undefined : getTimePart(text, test.part);
        return part !== undefined && compare(part);
      };
    }
  }
}

function compileText(pattern: TextPattern, mode: TextMode, cased: boolean): LeafTest {
  if (cased) {
    const matches = compilePattern(withMode(pattern, mode));
    return ({ text }) => text !== undefined && matches(text);
  }
  const lower = pattern.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
  const matches = compilePattern(withMode(lower, mode));
  return (leaf) => leaf.text !== undefined && matches(leaf.lower());
}

/** Plain texts compared whole and without case are one look-up, however many they are. */
export function compileAny(tests: readonly LeafTestOf[], regex: RegexEngine | undefined): LeafTest {
  const words = new Set<string>();
  const others: LeafTest[] = [];
  for (const test of tests) {
    const word =
      test.kind === 'text' && test.mode === 'exact' && !test.cased ? plainText(test.pattern) : undefined;
    if (word === undefined) others.push(compileValueTest(test, regex));
    else words.add(word.toLowerCase());
  }
  const [only] = others;
  if (words.size === 0 && only && others.length === 1) return only;
  if (words.size === 1 && others.length === 0) {
    const [word] = words;
    return (leaf) => leaf.text !== undefined && leaf.lower() === word;
  }
  return (leaf) =>
    (words.size > 0 && leaf.text !== undefined && words.has(leaf.lower())) ||
    others.some((test) => test(leaf));
}

/** Whether one text stands to another as `fieldref` asks. */
export function compareTexts(left: Leaf, right: Leaf, mode: TextMode, cased: boolean): boolean {
  if (left.text === undefined || right.text === undefined) return false;
  const a = cased ? left.text : left.lower();
  const b = cased ? right.text : right.lower();
  if (mode === 'contains') return a.includes(b);
  if (mode === 'startswith') return a.startsWith(b);
  return mode === 'endswith' ? a.endsWith(b) : a === b;
}

function compareWith(operator: NumberOperator, value: number): (given: number) => boolean {
  switch (operator) {
    case 'eq':
      return (given) => given === value;
    case 'lt':
      return (given) => given < value;
    case 'lte':
      return (given) => given <= value;
    case 'gt':
      return (given) => given > value;
    case 'gte':
      return (given) => given >= value;
  }
}
