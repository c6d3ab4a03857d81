import type { EmulatorState } from '../../../server/emulator-state.js';
import { columns } from '../columns.js';
import type { Column } from '../columns.js';
import { fit } from './conversion.js';
import { timeGenerated } from '../date-time.js';
import type { IngestionError } from './ingestion-body.js';
import { isObject } from '../json.js';
import { flowOf } from '../rules.js';
import type { DataCollectionRule } from '../rules.js';
import { createTable } from '../tables.js';
import type { Row, Table } from '../tables.js';
import { transform } from './transform.js';

/** Declared columns of a stream, then the flow's transform, then the table's columns: what remains is stored. */
export function storeRows(
  state: EmulatorState,
  rule: DataCollectionRule,
  stream: string,
  body: unknown,
): IngestionError | undefined {
  const { logAnalytics } = state;
  const { silentLoss, transformMismatch, maxFieldBytes } = logAnalytics.settings.logsIngestion;
  if (!Array.isArray(body)) {
    if (!silentLoss.notAnArray) return loud('The body is not an array.');
    return (logAnalytics.lose('not-an-array', stream, 1), undefined);
  }
  const records: Row[] = body.filter(isObject);
  if (records.length < body.length && !silentLoss.notAnObject) return loud('A record is not an object.');
  const declared = rule.streams.get(stream) ?? [];
  const undeclared = countUndeclared(records, declared);
  if (undeclared > 0 && !silentLoss.undeclaredProperties)
    return loud('A property is not declared in the stream.');
  logAnalytics.lose('not-an-object', stream, body.length - records.length);
  logAnalytics.lose('undeclared-property', stream, undeclared);

  const target = flowOf(rule, stream);
  const tables = target && logAnalytics.workspaces.get(target.workspaceId)?.tables;
  const table = target && tables?.get(target.tableName);
  const rows = records.map((record) => fit(record, declared, Infinity).row);
  const now = state.clock.now();
  const transformed =
    transformMismatch || !table ? undefined : transform(rows, declared, target.flow.transformKql, now);
  if (!transformed || !table) {
    if (tables) logError(state, tables, stream, rule);
    return (logAnalytics.lose('transform-mismatch', stream, rows.length), undefined);
  }
  let truncated = 0;
  const stored = transformed.map((row) => {
    const fitted = fit(row, table.columns, maxFieldBytes);
    truncated += fitted.truncated;
    fitted.row['TimeGenerated'] = timeGenerated(fitted.row['TimeGenerated'], now);
    return fitted.row;
  });
  logAnalytics.lose('field-truncated', stream, truncated);
  logAnalytics.store(table, stored);
  return undefined;
}

/** A silent loss that was switched to be refused. */
function loud(message: string): IngestionError {
  return { status: 400, code: 'InvalidPayload', message };
}

function countUndeclared(records: readonly Row[], declared: readonly Column[]): number {
  const names = new Set(declared.map((column) => column.name));
  let count = 0;
  for (const record of records) for (const name of Object.keys(record)) if (!names.has(name)) count++;
  return count;
}

/** What a diagnostic setting "Log Errors" on the rule writes. */
function logError(
  state: EmulatorState,
  tables: Map<string, Table>,
  stream: string,
  rule: DataCollectionRule,
): void {
  let table = tables.get('DCRLogErrors');
  if (!table) {
    const list = columns(
      'TimeGenerated:datetime OperationName:string InputStreamId:string Message:string _ResourceId:string',
    );
    tables.set('DCRLogErrors', (table = createTable('DCRLogErrors', list, state.clock.now(), 'Any')));
  }
  state.logAnalytics.store(table, [
    {
      TimeGenerated: new Date(state.clock.now()).toISOString(),
      OperationName: 'Transform',
      InputStreamId: stream,
      Message: `Rows of rule ${rule.immutableId} were dropped: they do not fit the transform or the table.`,
    },
  ]);
}
