import { ArgumentError } from '@repo/client-core';
import { quoteName, quoteText } from '../tables/kql/kql.js';
import type { Query } from './query-types.js';

export interface SettleUnknownOptions {
  /** The table, for example `Orders_CL`. */
  readonly table: string;
  /** The column that identifies a row. */
  readonly rowId: string;
  /** Ids of the rows that ended as `unknown`, as `onRowStatus` was called with them. */
  readonly ids: Iterable<string>;
  /** Where to look, by TimeGenerated: `from` inclusive, `to` exclusive. */
  readonly from: Date;
  readonly to: Date;
  readonly query: Query;
  /** Ids in one query. Default 500. */
  readonly batchSize?: number | undefined;
}

export interface SettledRows {
  /** Found in the table. */
  readonly accepted: string[];
  /** Not found: absence proves nothing, a row can take 15 minutes and longer to show. */
  readonly unknown: string[];
  /** Until when the table was looked at. */
  readonly notSeenUntil: Date;
}

/** Turns `unknown` into `accepted` for rows that are found in the table. */
export async function settleUnknown(options: SettleUnknownOptions): Promise<SettledRows> {
  const { table, rowId, from, to, query, batchSize = 500 } = options;
  if (!/^[A-Za-z]\w*$/.test(table))
    throw new ArgumentError('options.table', 'is not the name of a table', 'Give it with its suffix _CL.');
  if (!(to > from))
    throw new ArgumentError('options.to', 'is not after options.from', 'Give a span of time.');
  if (!(batchSize >= 1)) throw new ArgumentError('options.batchSize', `is ${batchSize}`, 'Give at least 1.');
  const ids = [...new Set(options.ids)];
  const found = new Set<string>();
  for (let at = 0; at < ids.length; at += batchSize) {
    const list = ids.slice(at, at + batchSize).map(quoteText);
    const kql = `${table} | where ${quoteName(rowId)} in (${list.join(', ')}) | distinct ${quoteName(rowId)}`;
    for (const row of await query(kql, { from, to })) found.add(String(row[rowId]));
  }
  return {
    accepted: ids.filter((id) => found.has(id)),
    unknown: ids.filter((id) => !found.has(id)),
    notSeenUntil: to,
  };
}
