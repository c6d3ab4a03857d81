import { createRequire } from 'node:module';

interface List<T> {
  Count: number;
  getItem(index: number): T;
}
interface Diagnostic {
  Code: string;
  Message: string;
  Severity: string;
}
interface KustoLanguage {
  GlobalState: { Default: { WithDatabase(database: object): object } };
  KustoCode: { ParseAndAnalyze(query: string, globals: object): { GetDiagnostics(): List<Diagnostic> } };
  Symbols: {
    TableSymbol: { $ctor7: new (name: string, schema: string, description: null) => object };
    DatabaseSymbol: { ctor: new (name: string, tables: object[]) => object };
  };
}

/** The columns of the table that audit-pipeline writes. */
const columns = {
  TimeGenerated: 'datetime',
  EventTime: 'datetime',
  RecordId: 'string',
  SourceTenantId: 'string',
  ContentType: 'string',
  RecordType: 'int',
  RecordTypeName: 'string',
  Operation: 'string',
  Workload: 'string',
  UserId: 'string',
  ClientIP: 'string',
  ResultStatus: 'string',
  UnitId: 'string',
  CollectorVersion: 'string',
  RecordTruncated: 'bool',
  Record: 'dynamic',
  RunId: 'string',
};

/** Parses KQL and binds it to the table, as Log Analytics would; returns what it finds wrong. */
export function createKustoChecker(): (query: string) => string[] {
  const load = createRequire(import.meta.url);
  load('@kusto/language-service-next/bridge.min.js');
  load('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const { GlobalState, KustoCode, Symbols } = (
    globalThis as unknown as { Kusto: { Language: KustoLanguage } }
  ).Kusto.Language;
  const schema = Object.entries(columns).map(([name, type]) => `['${name}']:${type}`);
  const table = new Symbols.TableSymbol.$ctor7('AuditRecords_CL', `(${schema.join(', ')})`, null);
  const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('LogAnalytics', [table]));
  return (query) => {
    const found = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, i) => found.getItem(i)).map(
      ({ Code, Message }) => `${Code} ${Message}`,
    );
  };
}
