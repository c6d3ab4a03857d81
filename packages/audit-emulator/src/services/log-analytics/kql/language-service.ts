import { createRequire } from 'node:module';
import type { Column } from '../columns.js';
import { KqlError } from './errors.js';
import type { FrameColumn } from './frame.js';
import { toSyntaxTree } from './syntax-tree.js';
import type { ServiceNode, SyntaxNode } from './syntax-tree.js';

interface Diagnostic {
  readonly Code: string;
  readonly Severity: string;
  readonly Message: string;
  readonly Start: number;
  readonly Length: number;
}

interface ParsedCode {
  readonly Syntax: ServiceNode;
  GetDiagnostics(): { readonly Count: number; getItem(index: number): Diagnostic };
}

interface KustoLanguage {
  KustoCode: { ParseAndAnalyze(query: string, globals: object): ParsedCode };
  GlobalState: { Default: { WithDatabase(database: object): object } };
  Symbols: {
    TableSymbol: { $ctor7: new (name: string, schema: string, description: null) => object };
    FunctionSymbol: {
      $ctor16: new (name: string, parameters: string, body: string, description: null) => object;
    };
    DatabaseSymbol: { ctor: new (name: string, members: readonly object[]) => object };
  };
}

/** Functions that only transformations have, which Kusto's own list lacks. */
const transformFunctions = [
  ['parse_cef_dictionary', "(text:string, escape:string='')"],
  ['geo_location', '(address:string)'],
] as const;

/** The tables a query may name, by name. */
export type Schema = ReadonlyMap<string, readonly FrameColumn[] | readonly Column[]>;

/** Kusto's own parser and binder. */
interface LanguageService {
  /**
   * Parses a query and binds it to tables, as Log Analytics would.
   *
   * @throws KqlError for the first error: a wrong syntax, or a name or a type that does not fit.
   */
  bind(query: string, schema: Schema): SyntaxNode;
}

/**
 * Loads the language service. It takes about a second and 100 MiB: the first rule with a transform and the first query
 * pay for it, a start of the emulator does not.
 */
export function loadLanguageService(): LanguageService {
  const holder = globalThis as { Kusto?: { Language: KustoLanguage } };
  if (!holder.Kusto) {
    const require = createRequire(import.meta.url);
    // Written for browsers: both files set globals.
    require('@kusto/language-service-next/bridge.min.js');
    require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  }
  const language = holder.Kusto?.Language;
  if (!language) throw new Error('@kusto/language-service-next did not load.');
  return { bind: (query, schema) => bind(language, query, schema) };
}

function bind(language: KustoLanguage, query: string, schema: Schema): SyntaxNode {
  const { KustoCode, GlobalState, Symbols } = language;
  const tables = [...schema].map(([name, columns]) => {
    const list = columns.map(
      (column) => `['${column.name}']:${column.type === 'boolean' ? 'bool' : column.type}`,
    );
    return new Symbols.TableSymbol.$ctor7(name, `(${list.join(', ')})`, null);
  });
  const added = transformFunctions.map(
    ([name, parameters]) => new Symbols.FunctionSymbol.$ctor16(name, parameters, '{ dynamic(null) }', null),
  );
  const globals = GlobalState.Default.WithDatabase(
    new Symbols.DatabaseSymbol.ctor('LogAnalytics', [...tables, ...added]),
  );
  const code = KustoCode.ParseAndAnalyze(query, globals);
  const diagnostics = code.GetDiagnostics();
  const errors = Array.from({ length: diagnostics.Count }, (_, i) => diagnostics.getItem(i)).filter(
    ({ Severity }) => Severity === 'Error',
  );
  const [first] = errors;
  if (first) throw toKqlError(first, query);
  return toSyntaxTree(code.Syntax, query);
}

/** The parser's codes are below 100, but for an operator that does not exist; the binder's are above. */
function toKqlError({ Code, Message, Start, Length }: Diagnostic, query: string): KqlError {
  const place = query.slice(Start, Start + Length).trim();
  const name = /^The name '(.*?)' does not refer to any known (?:table|column)/.exec(Message)?.[1];
  if (name !== undefined)
    return new KqlError('SEM0100', `Failed to resolve table or column expression named '${name}'`);
  const isSyntax = Code.startsWith('KS0') || Code === 'KS176';
  const at =
    Start >= query.trimEnd().length
      ? 'at the end of query'
      : `near '${place || query.slice(Start, Start + 20)}'`;
  return new KqlError(isSyntax ? 'SYN0002' : 'SEM0100', `${Message.replace(/\.$/, '')} ${at} (${Code}).`);
}
