import type { HeadField } from '../fields/field-path.js';
import type { Resolved } from '../fields/leaf.js';
import type { RecordView } from '../fields/record-view.js';
import type { Expression, FieldItem, Keyword } from './expression.js';
import type { RegexEngine } from './regex.js';
import { compilePattern, withMode } from './text-pattern.js';
import { compareTexts, compileAny, compileValueTest } from './value-tests.js';
import type { LeafTest } from './value-tests.js';

/** The fields of a record that are known before the others; each resolved as a rule would see it. */
export type Head = Readonly<Record<HeadField, Resolved>>;

/** True, false, or not known from the head alone. */
export type Partial = boolean | undefined;

/** One item of a rule that was true, and on which value. */
export interface MatchedItem {
  field: string;
  /** Which of the field's values; undefined when no single one is meant. */
  leaf: number | undefined;
  value: string;
  selection: string;
}

export interface Compiled {
  test(view: RecordView): boolean;
  /** The same in three values, with only the head known. */
  partial(head: Head): Partial;
  /** Adds the items that made it true. Called only where `test` is true. */
  explain(view: RecordView, selection: string, items: MatchedItem[]): void;
}

/** Compiles a tree once; throws for patterns and networks that cannot be compiled. */
export function compileExpression(expression: Expression, regex: RegexEngine | undefined): Compiled {
  switch (expression.kind) {
    case 'and':
      return compileAnd(expression.parts.map((part) => compileExpression(part, regex)));
    case 'or':
      return compileOr(expression.parts.map((part) => compileExpression(part, regex)));
    case 'not': {
      const part = compileExpression(expression.part, regex);
      return {
        test: (view) => !part.test(view),
        partial: (head) => negate(part.partial(head)),
        explain: () => {},
      };
    }
    case 'selection': {
      const part = compileExpression(expression.part, regex);
      const { name } = expression;
      return { ...part, explain: (view, _, items) => part.explain(view, name, items) };
    }
    case 'item':
      return compileItem(expression, regex);
    case 'keyword':
      return compileKeyword(expression);
  }
}

function compileAnd(parts: readonly Compiled[]): Compiled {
  return {
    test(view) {
      for (const part of parts) if (!part.test(view)) return false;
      return true;
    },
    partial(head) {
      let known: Partial = true;
      for (const part of parts) {
        const value = part.partial(head);
        if (value === false) return false;
        if (value === undefined) known = undefined;
      }
      return known;
    },
    explain(view, selection, items) {
      for (const part of parts) part.explain(view, selection, items);
    },
  };
}

function compileOr(parts: readonly Compiled[]): Compiled {
  return {
    test(view) {
      for (const part of parts) if (part.test(view)) return true;
      return false;
    },
    partial(head) {
      let known: Partial = false;
      for (const part of parts) {
        const value = part.partial(head);
        if (value === true) return true;
        if (value === undefined) known = undefined;
      }
      return known;
    },
    explain(view, selection, items) {
      for (const part of parts) if (part.test(view)) part.explain(view, selection, items);
    },
  };
}

function negate(value: Partial): Partial {
  return value === undefined ? undefined : !value;
}

/** Which value of the field matched: its index, -1 for none, -2 when it is true without a value. */
type Find = (resolved: Resolved, view: RecordView | undefined) => number;

const none = -1;
const noValue = -2;

function compileItem(item: FieldItem, regex: RegexEngine | undefined): Compiled {
  const { path, negated } = item;
  const find = compileFind(item, regex);
  const needsRecord = item.tests.some((test) => test.kind === 'field');
  return {
    test: (view) => (find(view.resolve(path), view) !== none) !== negated,
    partial(head) {
      if (!path.head || needsRecord) return undefined;
      return (find(head[path.head], undefined) !== none) !== negated;
    },
    explain(view, selection, items) {
      const resolved = view.resolve(path);
      const index = negated ? noValue : find(resolved, view);
      const value = index >= 0 ? (resolved.leaves[index]?.text ?? 'null') : describe(item, resolved);
      items.push({ field: path.name, leaf: index >= 0 ? index : undefined, value, selection });
    },
  };
}

function describe({ negated, exists }: FieldItem, { present }: Resolved): string {
  if (exists !== undefined) return present ? '(present)' : '(missing)';
  if (negated) return present ? '(another value)' : '(missing)';
  return '(missing or null)';
}

function compileFind(item: FieldItem, regex: RegexEngine | undefined): Find {
  const { exists, tests } = item;
  if (exists !== undefined)
    return ({ present, leaves }) => (present === exists ? (leaves.length > 0 ? 0 : noValue) : none);
  const finds: Find[] = [];
  const plain = tests.filter((test) => test.kind !== 'null' && test.kind !== 'field');
  if (item.all) for (const test of plain) finds.push(findLeaf(compileValueTest(test, regex)));
  else if (plain.length > 0) finds.push(findLeaf(compileAny(plain, regex)));
  for (const test of tests) {
    if (test.kind === 'null') finds.push(findNull);
    if (test.kind === 'field') finds.push(findEqual(test));
  }
  const [only] = finds;
  if (only && finds.length === 1) return only;
  return item.all ? findAll(finds) : findAny(finds);
}

function findLeaf(test: LeafTest): Find {
  return ({ leaves }) => {
    for (let i = 0; i < leaves.length; i += 1) if (test(leaves[i] as Resolved['leaves'][number])) return i;
    return none;
  };
}

const findNull: Find = ({ present, leaves }) =>
  !present || leaves.some(({ value }) => value === null) ? noValue : none;

/** Any value of one field against any value of the other; what is missing is never equal. */
function findEqual(test: Extract<FieldItem['tests'][number], { kind: 'field' }>): Find {
  return ({ leaves }, view) => {
    const others = view?.resolve(test.path).leaves ?? [];
    return leaves.findIndex((leaf) =>
      others.some((other) => compareTexts(leaf, other, test.mode, test.cased)),
    );
  };
}

function findAll(finds: readonly Find[]): Find {
  return (resolved, view) => {
    let first = none;
    for (const find of finds) {
      const index = find(resolved, view);
      if (index === none) return none;
      if (first === none) first = index;
    }
    return first;
  };
}

function findAny(finds: readonly Find[]): Find {
  return (resolved, view) => {
    for (const find of finds) {
      const index = find(resolved, view);
      if (index !== none) return index;
    }
    return none;
  };
}

/** A keyword is looked for in the record's JSON text, names included, and in each value as it is. */
function compileKeyword({ pattern, text }: Keyword): Compiled {
  const lower = pattern.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
  const matches = compilePattern(withMode(lower, 'contains'));
  // JSON writes quotes, backslashes and control characters in another way: then each value is looked at.
  const isEscaped = lower.some(
    (part) => typeof part === 'string' && JSON.stringify(part).length > part.length + 2,
  );
  return {
    test: (view) => matches(view.json().toLowerCase()) || (isEscaped && someText(view.record, matches, 0)),
    partial: () => undefined,
    explain: (_, selection, items) =>
      items.push({ field: '(keyword)', leaf: undefined, value: text, selection }),
  };
}

function someText(value: unknown, matches: (text: string) => boolean, depth: number): boolean {
  if (depth > 12 || value === null) return false;
  if (typeof value === 'string') return matches(value.toLowerCase());
  return (
    typeof value === 'object' && Object.values(value).some((member) => someText(member, matches, depth + 1))
  );
}
