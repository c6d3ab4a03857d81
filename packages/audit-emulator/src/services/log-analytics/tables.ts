import type { Column } from './columns.js';

export type Row = Record<string, unknown>;

/** A row and when it arrived. */
export interface Entry {
  readonly row: Row;
  /** Milliseconds since the epoch: what `ingestion_time()` tells. */
  readonly receivedAt: number;
}

/** How a table came to be: `Classic` through the Data Collector API, else through the Tables API. */
export type TableSubType = 'Any' | 'Classic' | 'DataCollectionRuleBased';

export interface Table {
  readonly name: string;
  columns: Column[];
  subType: TableSubType;
  plan: string;
  /** Days; -1 is the workspace's default. */
  retentionInDays: number;
  totalRetentionInDays: number;
  readonly createdAt: number;
  /** Until then `provisioningState` is `Updating` and the table is locked. */
  provisionedAt: number;
  /** The schema was edited after a migration: the Data Collector API no longer gets anything in. */
  closedToDataCollector: boolean;
  /** Rows ever stored, those included that bounded memory has let go. */
  received: number;
  readonly entries: Entry[];
}

export function createTable(
  name: string,
  columns: readonly Column[],
  createdAt: number,
  subType: TableSubType = 'DataCollectionRuleBased',
): Table {
  return {
    name,
    columns: [...columns],
    subType,
    plan: 'Analytics',
    retentionInDays: -1,
    totalRetentionInDays: -1,
    createdAt,
    provisionedAt: createdAt,
    closedToDataCollector: false,
    received: 0,
    entries: [],
  };
}

/** Stores rows; beyond `maxRows` the oldest go. */
export function append(table: Table, rows: readonly Row[], receivedAt: number, maxRows: number): void {
  table.received += rows.length;
  for (const row of rows) table.entries.push({ row, receivedAt });
  if (table.entries.length > maxRows) table.entries.splice(0, table.entries.length - maxRows);
}
