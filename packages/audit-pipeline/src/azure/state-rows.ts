import type { TableClient, TransactionAction } from '@azure/data-tables';
import type { SeenEntry } from '@repo/client-core';
import { StateCorruptError } from '../errors.js';
import type { SavedAttachment, SavedState, UnitCommit } from '../ports.js';
import { groupByExpiry } from '../state/group-by-expiry.js';
import { idLists, keyOf, readText, writeText } from './rows.js';

/** Rows that go by their time, and when: row key to ms since the epoch. */
type ExpiringRows = Map<string, number>;

export const expiryRows = (): ExpiringRows => new Map();

export function expiredRows(rows: ExpiringRows, now: number): string[] {
  return [...rows].filter(([, expires]) => expires < now).map(([key]) => key);
}

/** The rows of a commit: what to write, which of them expire, and which rows go. */
interface UnitRows {
  actions: TransactionAction[];
  expiring: [string, number][];
  removed: string[];
}

/** A row for each done unit and attachment, and one for hundreds of dedupe keys. `batch` makes their names unique. */
export function unitRows(
  units: readonly UnitCommit[],
  { partitionKey, batch }: { partitionKey: string; batch: string },
): UnitRows {
  const actions = new Map<string, TransactionAction>();
  const expiring: [string, number][] = [];
  const removed = new Set<string>();
  const upsert = (rowKey: string, expires: number, text: string, more: object = {}): void => {
    const entity = { partitionKey, rowKey, expires: String(expires), ...writeText(text), ...more };
    actions.set(rowKey, ['upsert', entity, 'Replace']);
    removed.delete(rowKey);
  };
  const remove = (rowKey: string): void => {
    actions.delete(rowKey);
    removed.add(rowKey);
  };
  for (const { delta, attachments = [] } of units) {
    for (const { id, expires } of delta?.add ?? []) upsert(`s-${keyOf(id)}`, expires, id);
    for (const id of delta?.expire ?? []) remove(`s-${keyOf(id)}`);
    for (const { key, value, expires } of attachments) {
      const rowKey = `a-${keyOf(key)}`;
      if (value === undefined) upsert(rowKey, 0, '', { gone: true });
      else upsert(rowKey, expires, value, { key });
      // Removed after the commit: a transaction cannot delete a row that is perhaps not there.
      expiring.push([rowKey, value === undefined ? 0 : expires]);
    }
  }
  for (const [expires, ids] of groupByExpiry(units.flatMap(({ keys = [] }) => keys)))
    for (const list of idLists(ids)) {
      const rowKey = `m-${batch}-${expiring.length}`;
      expiring.push([rowKey, expires]);
      upsert(rowKey, expires, JSON.stringify(list));
    }
  return { actions: [...actions.values()], expiring, removed: [...removed] };
}

/** Everything that is saved. */
export async function readRows(
  tables: TableClient,
  partitionKey: string,
  { now, where, expiring }: { now: number; where: string; expiring: ExpiringRows },
): Promise<SavedState> {
  const seen: SeenEntry[] = [];
  const keys: SeenEntry[] = [];
  const attachments: SavedAttachment[] = [];
  let cursor: string | undefined;
  expiring.clear();
  const rows = tables.listEntities({ queryOptions: { filter: `PartitionKey eq '${partitionKey}'` } });
  for await (const row of rows) {
    const key = row.rowKey ?? '';
    const expires = Number(row['expires']);
    if (key === 'meta') {
      if (row['hasCursor'] === true) cursor = readText(row);
      continue;
    }
    if (key.startsWith('s-')) seen.push({ id: readText(row), expires });
    if (!key.startsWith('m-') && !key.startsWith('a-')) continue;
    expiring.set(key, expires);
    if (expires < now || row['gone'] === true) continue;
    if (key.startsWith('a-')) attachments.push({ key: String(row['key']), value: readText(row), expires });
    else for (const id of parseIds(readText(row), where)) keys.push({ id, expires });
  }
  // Rows come by their names; of too many the newest are kept.
  keys.sort((one, two) => one.expires - two.expires);
  const lists = { seen, keys, attachments };
  return cursor === undefined ? lists : { cursor, ...lists };
}

function parseIds(text: string, where: string): string[] {
  try {
    return JSON.parse(text) as string[];
  } catch (error) {
    throw new StateCorruptError(where, 'nothing: it is still in the table', { cause: error });
  }
}
