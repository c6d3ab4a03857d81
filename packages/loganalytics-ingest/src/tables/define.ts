import type { $ZodObject, output } from 'zod/v4/core';
import { ArgumentError } from '@repo/client-core';
import { columnsOf } from './columns.js';
import type { StreamType, TableColumn } from './columns.js';
import { checkColumnNames, checkTableName } from './names.js';

export interface TableOptions {
  /** Column types by property name, for schemas that map to none or to another. */
  readonly columns?: Readonly<Record<string, StreamType>>;
  /** A string or datetime column that TimeGenerated is made from, when the schema has none. Default: `now()`. */
  readonly timeGeneratedFrom?: string;
}

/** What is wrong with a row: where, and zod's code for it; never a value. */
export interface RowIssue {
  readonly path: readonly PropertyKey[];
  readonly code: string;
}
export type RowValidation =
  { readonly ok: true } | { readonly ok: false; readonly issues: readonly RowIssue[] };

export interface StreamDeclaration {
  readonly columns: readonly { readonly name: string; readonly type: StreamType }[];
}

/** Body of `PUT …/tables/{name}?api-version=2025-07-01`. */
export interface TableBody {
  readonly properties: {
    readonly plan: 'Analytics';
    readonly schema: {
      readonly name: string;
      readonly columns: readonly {
        readonly name: string;
        readonly type: string;
        readonly dataTypeHint?: string;
      }[];
    };
  };
}

export interface TableDefinition<Row> {
  readonly name: string;
  /** `Custom-<name>`. */
  readonly stream: string;
  /** Columns of the table, TimeGenerated among them. */
  readonly columns: readonly TableColumn[];
  /** KQL of the rule's data flow. */
  readonly transformKql: string;
  streamDeclaration(): Record<string, StreamDeclaration>;
  tableBody(): TableBody;
  validate(row: unknown): RowValidation;
  /** Never set: carries the row's type. */
  readonly $row?: Row;
}

/** A table and its stream from a zod 4 object schema. Throws ArgumentError for what the service would refuse. */
export function defineTable<Schema extends $ZodObject>(
  name: string,
  schema: Schema,
  options: TableOptions = {},
): TableDefinition<output<Schema>> {
  checkTableName(name);
  const sent = columnsOf(schema, options.columns ?? {});
  const time = sent.find((column) => column.name === 'TimeGenerated');
  if (time && time.type !== 'datetime')
    throw new ArgumentError(
      'schema.TimeGenerated',
      `is ${time.type}`,
      'It must be a date or an ISO date-time.',
    );
  const from = options.timeGeneratedFrom;
  const source = sent.find((column) => column.name === from);
  if (from !== undefined && (time || !['string', 'datetime'].includes(source?.type ?? '')))
    throw new ArgumentError(
      'options.timeGeneratedFrom',
      'is not usable',
      'Name a string or date column, and only if TimeGenerated is not in the schema.',
    );
  const columns: TableColumn[] = time ? sent : [{ name: 'TimeGenerated', type: 'datetime' }, ...sent];
  checkColumnNames(columns.map((column) => column.name));
  const stream = `Custom-${name}`;
  const value = from === undefined ? 'now()' : `todatetime(${from})`;
  return {
    name,
    stream,
    columns,
    transformKql: time ? 'source' : `source | extend TimeGenerated = ${value}`,
    streamDeclaration: () => ({
      [stream]: { columns: sent.map((column) => ({ name: column.name, type: column.type })) },
    }),
    tableBody: () => ({
      properties: {
        plan: 'Analytics',
        schema: {
          name,
          columns: columns.map((column) => ({
            ...column,
            type: column.type === 'datetime' ? 'dateTime' : column.type,
          })),
        },
      },
    }),
    validate: (row) => validate(schema, row),
  };
}

function validate(schema: $ZodObject, row: unknown): RowValidation {
  const result = schema._zod.run({ value: row, issues: [] }, { async: false });
  if (result instanceof Promise)
    throw new ArgumentError('schema', 'has asynchronous checks', 'Rows are validated synchronously.');
  if (result.issues.length === 0) return { ok: true };
  return {
    ok: false,
    issues: result.issues.map((issue) => ({ path: issue.path ?? [], code: issue.code ?? 'custom' })),
  };
}
