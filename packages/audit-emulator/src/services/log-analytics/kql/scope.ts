import type { Row } from '../tables.js';
import type { Frame } from './frame.js';
import type { SyntaxNode } from './syntax-tree.js';
import type { Value } from './values.js';

/** A function of `let`. */
export interface Lambda {
  readonly parameters: readonly { name: string; fallback: SyntaxNode | undefined }[];
  readonly body: SyntaxNode;
  readonly scope: Scope;
}

/** What a query may name, beside the columns of its rows. */
export interface Scope {
  /** Milliseconds since the epoch. */
  readonly now: number;
  open(tableName: string): Frame | undefined;
  readonly names: ReadonlyMap<string, Value>;
  /** Runs a tabular expression; handed in, so that scalar expressions can hold one. */
  run(node: SyntaxNode, scope: Scope): Frame;
  /** Calls a function of `let`, with tables or scalars as arguments. */
  call(lambda: Lambda, nodes: readonly SyntaxNode[], scope: Scope, row: Row): Value;
}

/** A compiled scalar expression. */
export type Expression = (row: Row) => Value;

export function isFrame(value: unknown): value is Frame {
  return typeof value === 'object' && value !== null && 'columns' in value && 'rows' in value;
}

export function isLambda(value: unknown): value is Lambda {
  return typeof value === 'object' && value !== null && 'parameters' in value && 'body' in value;
}

export function withNames(scope: Scope, names: Iterable<readonly [string, Value]>): Scope {
  return { ...scope, names: new Map([...scope.names, ...names]) };
}
