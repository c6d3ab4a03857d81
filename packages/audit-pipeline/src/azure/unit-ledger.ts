import type { TableClient } from '@azure/data-tables';
import type { DoneUnit } from '../report.js';
import { keyOf, readText, statusOf, unlessMissing, writeText } from './rows.js';
import { deleteRows } from './transaction.js';

export interface QueuedUnit {
  unitId: string;
  /** When its message became, or becomes, visible: ms since the epoch. */
  visibleAt: number;
}

/**
 * What planner and workers tell each other: a row for each unit on the queue, a row for each that is done. The first
 * goes when the planner has committed the unit; the second stays a while, for a copy of the message that comes late.
 */
export interface UnitLedger {
  queued(): AsyncIterable<QueuedUnit>;
  /** Done, and not yet settled. */
  done(): AsyncIterable<DoneUnit>;
  isDone(unitId: string): Promise<boolean>;
  addQueued(unit: QueuedUnit): Promise<void>;
  addDone(unit: DoneUnit): Promise<void>;
  /** Its commit is safe. */
  settle(unitId: string): Promise<void>;
  /** Forgets what was settled before, by the table's clock. */
  sweep(before: number): Promise<void>;
}

/** `name` tells the installations in one table apart. */
export function unitLedger(tables: TableClient, name: string): UnitLedger {
  const [queuedKey, doneKey] = [`queued-${name}`, `done-${name}`];
  const rowsOf = (partition: string, more = '') =>
    tables.listEntities({
      queryOptions: { filter: `PartitionKey eq '${partition}'${more}` },
    });
  return {
    async *queued() {
      for await (const row of rowsOf(queuedKey))
        yield { unitId: readText(row), visibleAt: Number(row['visibleAt']) };
    },
    async *done() {
      for await (const row of rowsOf(doneKey, ' and settled eq false')) {
        const failed = row['failed'];
        yield {
          unitId: readText(row),
          ...(typeof failed === 'string' && { failed }),
          accepted: Number(row['accepted'] ?? 0),
          deadLettered: Number(row['deadLettered'] ?? 0),
        };
      }
    },
    isDone: async (unitId) => (await unlessMissing(tables.getEntity(doneKey, keyOf(unitId)))) !== undefined,
    async addQueued({ unitId, visibleAt }) {
      const row = { ...writeText(unitId), visibleAt: String(visibleAt) };
      await tables.upsertEntity({ partitionKey: queuedKey, rowKey: keyOf(unitId), ...row }, 'Replace');
    },
    async addDone({ unitId, failed, ...counts }) {
      const why = failed !== undefined && { failed: failed.slice(0, 1000) };
      const row = { ...writeText(unitId), ...why, ...counts, settled: false };
      await tables
        .createEntity({ partitionKey: doneKey, rowKey: keyOf(unitId), ...row })
        // The first word stands.
        .catch((error: unknown) => {
          if (statusOf(error) !== 409) throw error;
        });
    },
    async settle(unitId) {
      const rowKey = keyOf(unitId);
      await deleteRows(tables, queuedKey, [rowKey]);
      await tables.updateEntity({ partitionKey: doneKey, rowKey, settled: true }, 'Merge');
    },
    async sweep(before) {
      const time = new Date(before).toISOString();
      const keys: string[] = [];
      for await (const { rowKey } of rowsOf(
        doneKey,
        ` and settled eq true and Timestamp lt datetime'${time}'`,
      ))
        keys.push(rowKey as string);
      await deleteRows(tables, doneKey, keys);
    },
  };
}
