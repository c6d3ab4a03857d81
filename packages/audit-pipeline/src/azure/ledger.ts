import type { TableClient } from '@azure/data-tables';
import type { DoneUnit } from '../ports.js';
import { keyOf, readText, statusOf, unlessMissing, writeText } from './rows.js';
import { deleteRows } from './transaction.js';

export interface QueuedUnit {
  unitId: string;
  /** When its message became, or becomes, visible: ms since the epoch. */
  visibleAt: number;
}

/**
 * What planner and workers tell each other: a row for each unit on the queue, a row for each that is done. Both go
 * when the planner has committed the unit, so that both stay as small as what is under way.
 */
export interface UnitLedger {
  queued(): AsyncIterable<QueuedUnit>;
  done(): AsyncIterable<DoneUnit>;
  isDone(unitId: string): Promise<boolean>;
  addQueued(unit: QueuedUnit): Promise<void>;
  addDone(unit: DoneUnit): Promise<void>;
  forget(unitId: string): Promise<void>;
}

/** `name` tells the installations in one table apart. */
export function unitLedger(tables: TableClient, name: string): UnitLedger {
  const [queuedKey, doneKey] = [`queued-${name}`, `done-${name}`];
  const rowsOf = (partition: string) =>
    tables.listEntities({
      queryOptions: { filter: `PartitionKey eq '${partition}'` },
    });
  return {
    async *queued() {
      for await (const row of rowsOf(queuedKey))
        yield { unitId: readText(row), visibleAt: Number(row['visibleAt']) };
    },
    async *done() {
      for await (const row of rowsOf(doneKey)) {
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
      const row = { ...writeText(unitId), ...why, ...counts };
      await tables
        .createEntity({ partitionKey: doneKey, rowKey: keyOf(unitId), ...row })
        // The first word stands.
        .catch((error: unknown) => {
          if (statusOf(error) !== 409) throw error;
        });
    },
    async forget(unitId) {
      await deleteRows(tables, queuedKey, [keyOf(unitId)]);
      await deleteRows(tables, doneKey, [keyOf(unitId)]);
    },
  };
}
