import { columnType, isColumnName, reservedColumnNames } from '../log-analytics/columns.js';
import type { Column } from '../log-analytics/columns.js';
import type { Table } from '../log-analytics/tables.js';
import { list, record, stringOf } from './request.js';

export type Schema = { ok: true; columns: Column[] } | { ok: false; code: string; message: string };

/** The columns of a table's PUT, or why they are refused. */
export function readSchema(tableName: string, schema: unknown, before: Table | undefined): Schema {
  const refuse = (message: string, code = 'InvalidParameter'): Schema => ({ ok: false, code, message });
  if (!/^[A-Za-z][A-Za-z0-9_]*_CL$/.test(tableName)) {
    return refuse('The name of a custom table has letters, digits and underscores, and ends in _CL.');
  }
  const { name, columns: given } = record(schema);
  if (name !== undefined && name !== tableName)
    return refuse('The name of the schema is not the name of the table.');
  const columns: Column[] = [];
  for (const one of list(given)) {
    const column = readColumn(record(one));
    if (column === undefined) return refuse('A column has no valid name or no valid type.');
    const old = before?.columns.find((other) => other.name === column.name);
    if (reservedColumnNames.has(column.name) && !old)
      return refuse(`The column name ${column.name} is reserved.`);
    if (old && old.type !== column.type && old.type !== 'guid') {
      return refuse(`The type of column ${column.name} cannot be changed.`, 'SchemaUpdateFatalError');
    }
    columns.push(column);
  }
  if (!columns.some((column) => column.name === 'TimeGenerated' && column.type === 'datetime')) {
    return refuse('A table needs a column TimeGenerated of type datetime.', 'SchemaUpdateFatalError');
  }
  return columns.length > 500 ? refuse('A table has at most 500 columns.') : { ok: true, columns };
}

function readColumn(column: Record<string, unknown>): Column | undefined {
  const type = columnType(column['type']);
  const name = stringOf(column['name']);
  if (name === undefined || type === undefined || !(isColumnName(name) || name.startsWith('_')))
    return undefined;
  const details = ['description', 'displayName', 'dataTypeHint'].flatMap((key) => {
    const text = stringOf(column[key]);
    return text === undefined ? [] : [[key, text]];
  });
  // The service takes guid and keeps a text.
  const hint = type === 'guid' ? { dataTypeHint: 'guid' } : {};
  return { name, type: type === 'guid' ? 'string' : type, ...hint, ...Object.fromEntries(details) };
}

/** A column in the spelling of the Tables API. */
export function writeColumn(column: Column): object {
  return {
    ...column,
    type: column.type === 'datetime' ? 'dateTime' : column.type,
    isDefaultDisplay: true,
    isHidden: false,
  };
}
