import { KqlError, unsupported } from './errors.js';
import { nameOf, compile } from './expressions.js';
import type { Frame } from './frame.js';
import { callLambda, toLambda } from './lambda.js';
import { loadLanguageService } from './language-service.js';
import type { Schema } from './language-service.js';
import { operators } from './operators/operators.js';
import { isFrame, isLambda, withNames } from './scope.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax-tree.js';

interface QueryInput {
  /** Every table that may be named. */
  readonly schema: Schema;
  open(tableName: string): Frame | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Runs a query: bound by Kusto's own grammar, evaluated here.
 *
 * @throws KqlError for a query that the service would refuse too, and `Unsupported` for one that only the emulator
 * cannot run.
 */
export function runQuery(query: string, input: QueryInput): Frame {
  const block = loadLanguageService().bind(query, input.schema);
  const scope: Scope = { now: input.now, open: input.open, names: new Map(), run, call: callLambda };
  return runStatements(block.fields['Statements']?.list ?? [], scope);
}

function runStatements(statements: readonly SyntaxNode[], scope: Scope): Frame {
  let inner = scope;
  let result: Frame | undefined;
  for (const statement of statements) {
    if (statement.kind === 'LetStatement') inner = define(statement, inner);
    else if (statement.kind === 'ExpressionStatement' && statement.fields['Expression'])
      result = run(statement.fields['Expression'], inner);
    else if (statement.kind !== 'SetOptionStatement') throw unsupported(`\`${statement.text}\``);
  }
  if (!result) throw new KqlError('SYN0002', 'The query has no expression that gives rows.');
  return result;
}

function define(statement: SyntaxNode, scope: Scope): Scope {
  const { Name: name, Expression: value } = statement.fields;
  if (!name || !value) throw unsupported(`\`${statement.text}\``);
  if (value.kind === 'FunctionDeclaration') return withNames(scope, [[nameOf(name), toLambda(value, scope)]]);
  const inner = value.kind === 'MaterializeExpression' ? (value.fields['Expression'] ?? value) : value;
  return withNames(scope, [[nameOf(name), inner.columns ? run(inner, scope) : compile(inner, scope)({})]]);
}

/** Runs a tabular expression. */
function run(node: SyntaxNode, scope: Scope): Frame {
  const { Expression: source, Operator: operator } = node.fields;
  switch (node.kind) {
    case 'PipeExpression': {
      if (!source || !operator) throw unsupported(`\`${node.text}\``);
      const apply = operators[operator.kind];
      if (!apply) throw unsupported(`the operator of \`${operator.text}\` (${operator.kind})`);
      return apply(operator, run(source, scope), scope, node.columns ?? []);
    }
    case 'ParenthesizedExpression':
    case 'MaterializeExpression':
      return run(source ?? node, scope);
    case 'FunctionBody': {
      const inner = (node.fields['Statements']?.list ?? []).reduce((all, one) => define(one, all), scope);
      return run(source ?? node, inner);
    }
    case 'NameReference':
      return openName(nameOf(node), scope);
    case 'FunctionCallExpression': {
      const name = nameOf(node.fields['Name'] ?? node);
      const nodes = node.fields['ArgumentList']?.fields['Expressions']?.list ?? [];
      const lambda = scope.names.get(name);
      if (isLambda(lambda)) {
        const result = callLambda(lambda, nodes, scope, {});
        if (isFrame(result)) return result;
      }
      if (name === 'materialize' && nodes[0]) return run(nodes[0], scope);
      if (name === 'table' && nodes[0]) return openName(String(compile(nodes[0], scope)({})), scope);
      throw unsupported(`the function ${name}()`);
    }
    default: {
      // print, datatable, range, union and search may begin a query.
      const apply = operators[node.kind];
      if (apply) return apply(node, { columns: [], rows: [] }, scope, node.columns ?? []);
      throw unsupported(`\`${node.text}\` (${node.kind})`);
    }
  }
}

function openName(name: string, scope: Scope): Frame {
  const known = scope.names.get(name);
  if (isFrame(known)) return known;
  if (isLambda(known)) {
    const result = callLambda(known, [], scope, {});
    if (isFrame(result)) return result;
  }
  const table = scope.open(name);
  if (!table) throw new KqlError('SEM0100', `Failed to resolve table or column expression named '${name}'`);
  return table;
}
