import type { TableClient, TransactionAction } from '@azure/data-tables';
import { statusOf } from './rows.js';

/** An entity group transaction takes 100 actions and 4 MiB. */
const maxActions = 100;
const maxBytes = 2.5 * 2 ** 20;

/** Packs of what fits one transaction each; the last has room for one more action of `reserve` bytes. */
export function packs(actions: readonly TransactionAction[], reserve: number): TransactionAction[][] {
  const all: TransactionAction[][] = [[]];
  let bytes = reserve;
  for (const action of actions) {
    const size = 600 + Buffer.byteLength(JSON.stringify(action[1]));
    let last = all.at(-1) as TransactionAction[];
    if (last.length > 0 && (last.length >= maxActions - 1 || bytes + size > maxBytes)) {
      all.push((last = []));
      bytes = reserve;
    }
    last.push(action);
    bytes += size;
  }
  return all;
}

/** Deletes what is there. */
export async function deleteRows(
  table: TableClient,
  partitionKey: string,
  keys: readonly string[],
): Promise<void> {
  for (let at = 0; at < keys.length; at += maxActions) {
    const some = keys.slice(at, at + maxActions);
    try {
      await table.submitTransaction(some.map((rowKey) => ['delete', { partitionKey, rowKey }]));
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      // One that is missing fails them all.
      for (const rowKey of some)
        await table.deleteEntity(partitionKey, rowKey).catch((one: unknown) => {
          if (statusOf(one) !== 404) throw one;
        });
    }
  }
}
