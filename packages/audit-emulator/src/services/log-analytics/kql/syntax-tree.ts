import type { FrameColumn, Type } from './frame.js';

/** A node of the syntax tree as data: what the language service knows of it, without its classes. */
export interface SyntaxNode {
  /** `PipeExpression`, `FilterOperator`, `List`, `Token`, … */
  readonly kind: string;
  readonly text: string;
  /** Children by the name their parent gives them. */
  readonly fields: Readonly<Record<string, SyntaxNode>>;
  /** Members, when it is a list. */
  readonly list: readonly SyntaxNode[];
  /** Type of a scalar expression. */
  readonly type: Type | undefined;
  /** Columns of a tabular expression. */
  readonly columns: readonly FrameColumn[] | undefined;
  /** What a name refers to: `ColumnSymbol`, `VariableSymbol`, `TableSymbol`, … */
  readonly symbol: string | undefined;
  /** The text of a string literal, without quotes and escapes. */
  readonly string: string | undefined;
}

/** The parts of the language service's nodes that are read here. */
export interface ServiceNode {
  readonly IsToken?: boolean;
  readonly Text?: string;
  readonly NameInParent?: string;
  readonly ChildCount: number;
  readonly ResultType?: ServiceType | null;
  readonly ReferencedSymbol?: object | null;
  readonly LiteralValue?: unknown;
  /** Where its text begins, after white space and comments. */
  readonly TextStart: number;
  readonly End: number;
  GetChild(index: number): ServiceNode | null;
}

interface ServiceType {
  readonly Name?: string;
  readonly Columns?: {
    readonly Count: number;
    getItem(index: number): { Name: string; Type: { Name: string } };
  };
}

export function toSyntaxTree(node: ServiceNode, query: string): SyntaxNode {
  if (node.IsToken === true) return { ...nothing, kind: 'Token', text: node.Text ?? '' };
  const kind = className(node);
  const children = Array.from({ length: node.ChildCount }, (_, i) => node.GetChild(i)).filter(
    (one) => one !== null,
  );
  if (kind === 'SeparatedElement') {
    const [element] = children;
    return element ? toSyntaxTree(element, query) : nothing;
  }
  const text = query.slice(node.TextStart, node.End).trim();
  if (kind === 'SyntaxList')
    return { ...nothing, kind: 'List', text, list: children.map((child) => toSyntaxTree(child, query)) };
  const fields = Object.fromEntries(
    children.map((child) => [child.NameInParent ?? '', toSyntaxTree(child, query)]),
  );
  const columns = columnsOf(node.ResultType);
  const name = node.ResultType?.Name;
  return {
    kind,
    text,
    fields,
    list: [],
    columns,
    type: columns === undefined && name !== undefined ? toType(name) : undefined,
    symbol: node.ReferencedSymbol ? className(node.ReferencedSymbol) : undefined,
    string: typeof node.LiteralValue === 'string' ? node.LiteralValue : undefined,
  };
}

const nothing: SyntaxNode = {
  kind: 'Nothing',
  text: '',
  fields: {},
  list: [],
  type: undefined,
  columns: undefined,
  symbol: undefined,
  string: undefined,
};

function className(value: object): string {
  const { $$fullname = '' } = value.constructor as { $$fullname?: string };
  return $$fullname.replace(/`.*$/, '').replace(/^.*[.+]/, '');
}

function columnsOf(type: ServiceType | null | undefined): readonly FrameColumn[] | undefined {
  const { Columns: columns } = type ?? {};
  if (!columns || typeof columns.Count !== 'number') return undefined;
  return Array.from({ length: columns.Count }, (_, i) => columns.getItem(i)).map(({ Name, Type }) => ({
    name: Name,
    type: toType(Type.Name),
  }));
}

/** The names of Kusto's types in those of a stream declaration. */
export function toType(name: string): Type {
  if (name === 'bool') return 'boolean';
  if (name === 'decimal' || name === 'double') return 'real';
  if (name === 'unknown' || name === '') return 'dynamic';
  return name as Type;
}
