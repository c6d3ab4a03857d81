import { createRequire } from 'node:module';

/** What we use of the Kusto language service: the parser and binder of Log Analytics. */
interface List<T> {
  Count: number;
  getItem(index: number): T;
}
interface KustoLanguage {
  GlobalState: { Default: { WithDatabase(database: object): object } };
  KustoCode: {
    ParseAndAnalyze(
      query: string,
      globals: object,
    ): {
      GetDiagnostics(): List<{ Severity: string; Code: string; Message: string }>;
      ResultType?: { Columns?: List<{ Name: string; Type: { Name: string } }> };
    };
  };
  Symbols: {
    TableSymbol: { $ctor7: new (name: string, schema: string, description: null) => object };
    FunctionSymbol: {
      $ctor16: new (name: string, parameters: string, body: string, description: null) => object;
    };
    DatabaseSymbol: { ctor: new (name: string, members: object[]) => object };
  };
}

export type Columns = Readonly<Record<string, string>>;

interface BoundQuery {
  /** Words of the service; empty when it would take the query. */
  readonly problems: string[];
  /** Result columns with KQL's types, in order. */
  readonly columns: Columns;
}

const load = createRequire(import.meta.url);
load('@kusto/language-service-next/bridge.min.js');
load('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { GlobalState, KustoCode, Symbols } = (globalThis as unknown as { Kusto: { Language: KustoLanguage } })
  .Kusto.Language;

const items = <T>(list: List<T>): T[] =>
  Array.from({ length: list.Count }, (_, index) => list.getItem(index));

/** Parses a query and binds it to these tables and functions, without a workspace. */
export function bindKql(
  query: string,
  tables: Readonly<Record<string, Columns>>,
  functions: Readonly<Record<string, { parameters: string; body: string }>> = {},
): BoundQuery {
  const members: object[] = Object.entries(tables).map(([name, columns]) => {
    const schema = Object.entries(columns).map(([column, type]) => `['${column}']:${type}`);
    return new Symbols.TableSymbol.$ctor7(name, `(${schema.join(', ')})`, null);
  });
  for (const [name, { parameters, body }] of Object.entries(functions))
    members.push(new Symbols.FunctionSymbol.$ctor16(name, parameters, `{ ${body}\n}`, null));
  const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('LogAnalytics', members));
  const code = KustoCode.ParseAndAnalyze(query, globals);
  return {
    problems: items(code.GetDiagnostics())
      .filter(({ Severity }) => Severity === 'Error')
      .map(({ Code, Message }) => `${Code}: ${Message}`),
    columns: Object.fromEntries(
      items(code.ResultType?.Columns ?? { Count: 0, getItem: () => ({ Name: '', Type: { Name: '' } }) }).map(
        ({ Name, Type }) => [Name, Type.Name],
      ),
    ),
  };
}
