import type { Row } from '../tables.js';
import { compile, nameOf } from './expressions.js';
import { withNames } from './scope.js';
import type { Lambda, Scope } from './scope.js';
import type { SyntaxNode } from './syntax-tree.js';
import type { Value } from './values.js';

/** Calls a function of `let`: with tables or scalars as arguments, by position or by name. */
export function callLambda(lambda: Lambda, nodes: readonly SyntaxNode[], scope: Scope, row: Row): Value {
  const given = new Map<string, SyntaxNode>();
  nodes.forEach((node, i) => {
    const named = node.kind === 'SimpleNamedExpression' ? node.fields['Name'] : undefined;
    given.set(named ? nameOf(named) : (lambda.parameters[i]?.name ?? ''), node);
  });
  const names = lambda.parameters.map(({ name, fallback }): [string, Value] => {
    const node = given.get(name) ?? fallback;
    if (!node) return [name, null];
    return [name, node.columns ? scope.run(node, scope) : compile(node, scope)(row)];
  });
  const inner = withNames(lambda.scope, names);
  return lambda.body.fields['Expression']?.columns
    ? scope.run(lambda.body, inner)
    : runScalarBody(lambda.body, inner, row);
}

function runScalarBody(body: SyntaxNode, scope: Scope, row: Row): Value {
  const expression = body.fields['Expression'];
  return expression ? compile(expression, scope)(row) : null;
}

/** Reads `(a:string, b:int=3) { … }`. */
export function toLambda(node: SyntaxNode, scope: Scope): Lambda {
  const parameters = node.fields['Parameters']?.fields['Parameters']?.list ?? [];
  return {
    parameters: parameters.map((one) => {
      const name = one.fields['NameAndType']?.fields['Name'];
      return { name: name ? nameOf(name) : '', fallback: one.fields['DefaultValue']?.fields['Value'] };
    }),
    body: node.fields['Body'] ?? node,
    scope,
  };
}
