import { ArgumentError } from '@repo/client-core';
import { quoteName } from './kql.js';

/** A function to save in the workspace under its name. */
export interface KqlFunction {
  readonly name: string;
  /** `start: datetime, end: datetime` */
  readonly parameters: string;
  readonly body: string;
}

/**
 * Shows each row of a table once, though it may have been sent again: `Orders(start, end)`. Exact where TimeGenerated is
 * the row's own time; where it is the time of reception, a row sent twice around `start` shows in both windows. Throws
 * ArgumentError for a table without `rowId`.
 */
export function uniqueRowsFunction(
  table: { readonly name: string; readonly rowId?: string | undefined },
  options: { readonly name?: string | undefined } = {},
): KqlFunction {
  if (table.rowId === undefined)
    throw new ArgumentError('table', 'has no rowId', 'Name the column that identifies a row in defineTable.');
  const { name = table.name.replace(/_CL$/, '') } = options;
  if (!/^[A-Za-z]\w*$/.test(name) || name === table.name)
    throw new ArgumentError('options.name', `'${name}' is no name for it`, 'Use letters, digits and _.');
  return {
    name,
    parameters: 'start: datetime, end: datetime',
    body: `${table.name} | where TimeGenerated >= start and TimeGenerated < end | summarize arg_min(TimeGenerated, *) by ${quoteName(table.rowId)}`,
  };
}
