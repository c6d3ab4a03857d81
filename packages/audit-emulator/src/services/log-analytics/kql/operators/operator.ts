import type { Frame, FrameColumn } from '../frame.js';
import type { Scope } from '../scope.js';
import type { SyntaxNode } from '../syntax-tree.js';

/** @param columns What the binder says comes out. */
export type Operator = (
  node: SyntaxNode,
  input: Frame,
  scope: Scope,
  columns: readonly FrameColumn[],
) => Frame;
