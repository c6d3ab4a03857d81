import { timeGenerated } from '../date-time.js';
import { truncateUtf8 } from '../json.js';
import { convertText, infer, suffixTypes } from './type-inference.js';
import type { Inferred, Suffix } from './type-inference.js';
import type { Row, Table } from '../tables.js';

export interface ClassicOptions {
  readonly receivedAt: number;
  readonly timeGeneratedField?: string;
  readonly resourceId?: string;
  readonly maxFieldBytes: number;
  readonly maxColumns: number;
  /** Called for a value that was cut. */
  onTruncated(): void;
}

const suffixes = Object.keys(suffixTypes) as Suffix[];

/** A record as the Data Collector API stores it: suffixed columns, made as they are needed. */
export function classicRow(table: Table, record: Row, options: ClassicOptions): Row {
  const { timeGeneratedField: field, resourceId } = options;
  const row: Row = {
    TimeGenerated: timeGenerated(field === undefined ? undefined : record[field], options.receivedAt),
    SourceSystem: 'RestAPI',
  };
  if (resourceId !== undefined) {
    put(table, row, '_ResourceId', { suffix: '_s', value: resourceId }, options);
  }
  for (const [property, value] of Object.entries(record)) {
    const inferred = infer(value);
    if (!inferred) continue;
    if (property === 'Computer') put(table, row, 'Computer', { suffix: '_s', value: String(value) }, options);
    else {
      const placed = place(table, property, value, inferred);
      put(table, row, property + placed.suffix, placed, options);
    }
  }
  return row;
}

/** An existing column is used when the value can be converted to it; otherwise the suffixes drift. */
function place(table: Table, property: string, value: unknown, inferred: Inferred): Inferred {
  const has = (suffix: Suffix): boolean => table.columns.some((column) => column.name === property + suffix);
  if (has(inferred.suffix) || typeof value !== 'string') return inferred;
  for (const suffix of suffixes.filter(has)) {
    const converted = convertText(value, suffix);
    if (converted !== undefined) return { suffix, value: converted };
  }
  return inferred;
}

function put(
  table: Table,
  row: Row,
  column: string,
  { suffix, value }: Inferred,
  options: ClassicOptions,
): void {
  const stored = typeof value === 'string' ? truncateUtf8(value, options.maxFieldBytes) : value;
  if (stored !== value) options.onTruncated();
  const known = table.columns.some((one) => one.name === column);
  // A migrated table keeps filling its columns, and gets no new ones.
  if (!known && table.subType === 'DataCollectionRuleBased') return;
  if (!known && table.columns.length >= options.maxColumns) {
    if (!table.columns.some((one) => one.name === 'AdditionalFields')) {
      table.columns.push({ name: 'AdditionalFields', type: 'dynamic' });
    }
    row['AdditionalFields'] = { ...(row['AdditionalFields'] as Row | undefined), [column]: stored };
    return;
  }
  if (!known) table.columns.push({ name: column, type: suffixTypes[suffix] });
  row[column] = stored;
}
