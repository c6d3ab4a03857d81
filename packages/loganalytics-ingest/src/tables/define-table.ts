import type { $ZodObject, output } from 'zod/v4/core';
import { ArgumentError } from '@repo/client-core';
import { columnsOf, kindOf } from './columns.js';
import type { StreamType, TableColumn } from './columns.js';
import { checkColumnNames, checkTableName } from './check-names.js';
import { checkTableSettings, tableBody } from './table-body.js';
import type { TableBody, TableSettings } from './table-body.js';
import { dataFlow, streamDeclaration } from './rule-properties.js';
import type { RulePart } from './rule-properties.js';
import { rowValidator } from './row-validator.js';
import type { RowValidation } from '../rows/row-validation.js';
import { createTransform } from './kql/transform.js';

export interface TableOptions extends TableSettings {
  /** Column types by property name, for schemas that map to none or to another. */
  readonly columns?: Readonly<Record<string, StreamType>> | undefined;
  /** A string or datetime column that TimeGenerated is made from, when the schema has none. Default: `now()`. */
  readonly timeGeneratedFrom?: string | undefined;
  /**
   * A string column of the schema that identifies a row, the same whenever the row is sent again: the record's own id,
   * else its unit and its position in it, never the run. `uniqueRowsFunction` shows each row once by it.
   */
  readonly rowId?: string | undefined;
}

export interface TableDefinition<Row> extends RulePart {
  readonly name: string;
  /** `Custom-<name>`. */
  readonly stream: string;
  /** Columns of the table, TimeGenerated among them. */
  readonly columns: readonly TableColumn[];
  /** KQL of the rule's data flow. */
  readonly transformKql: string;
  tableBody(): TableBody;
  /**
   * Whether the service would take the row whole. `now` (milliseconds since the epoch) adds the check of TimeGenerated's
   * window. Throws ArgumentError if the schema has asynchronous checks.
   */
  validate(row: unknown, now?: number): RowValidation;
  /** The column that identifies a row. */
  readonly rowId?: string | undefined;
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
  checkTableSettings(options);
  const auxiliary = options.plan === 'Auxiliary';
  const sent = columnsOf(schema, options.columns ?? {});
  const time = sent.find((column) => column.name === 'TimeGenerated');
  if (time && time.type !== 'datetime')
    throw new ArgumentError(
      'schema.TimeGenerated',
      `is ${time.type}`,
      'It must be a date or an ISO date-time.',
    );
  if (auxiliary && kindOf(schema, 'TimeGenerated') === 'date')
    throw new ArgumentError(
      'schema.TimeGenerated',
      'is a Date, which is written with three fraction digits, and the plan Auxiliary wants six',
      'Use z.iso.datetime({ precision: 6 }) and auxiliaryTime(date).',
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
  const mapped = sent.map(({ name: column, type }) => ({ name: column, type, from: column, fromType: type }));
  const transform = createTransform(mapped, source);
  const transformKql = transform.kql;
  const { rowId } = options;
  if (rowId !== undefined && sent.find((column) => column.name === rowId)?.type !== 'string')
    throw new ArgumentError('options.rowId', 'is no string column', 'Name a string property of the schema.');
  return {
    name,
    stream,
    rowId,
    columns,
    transformKql,
    streamDeclaration: () => streamDeclaration(stream, sent),
    dataFlow: () => dataFlow(stream, name, transformKql),
    outputColumns: () => transform.columns,
    tableBody: () => tableBody(name, columns, options),
    validate: rowValidator(schema, sent, auxiliary),
  };
}
