import type { FieldPath } from '../fields/field-path.js';
import type { TextMode, TextPattern } from './text-pattern.js';

export type NumberOperator = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** What one value of a Sigma item asks of one value of a field. */
export type ValueTest =
  | { kind: 'text'; pattern: TextPattern; mode: TextMode; cased: boolean }
  | { kind: 'null' }
  | { kind: 'regex'; source: string; flags: string }
  | { kind: 'cidr'; network: string }
  | { kind: 'number'; operator: NumberOperator; value: number }
  | { kind: 'time'; part: TimePart; operator: NumberOperator; value: number }
  | { kind: 'field'; path: FieldPath; mode: TextMode; cased: boolean };

/** `field|modifiers: values`. */
export interface FieldItem {
  kind: 'item';
  path: FieldPath;
  /** Any of them, or with `all` each of them. Empty only with `exists`. */
  tests: readonly ValueTest[];
  all: boolean;
  /** `neq`: the negation of the whole match. */
  negated: boolean;
  /** `exists`: only whether the field is there. */
  exists?: boolean;
  line: number;
}

/** A value that is looked for anywhere in the record. */
export interface Keyword {
  kind: 'keyword';
  pattern: TextPattern;
  text: string;
  line: number;
}

/** A rule's detection as a tree. `selection` names a part for the evidence. */
export type Expression =
  | { kind: 'and' | 'or'; parts: readonly Expression[] }
  | { kind: 'not'; part: Expression }
  | { kind: 'selection'; name: string; part: Expression }
  | FieldItem
  | Keyword;
