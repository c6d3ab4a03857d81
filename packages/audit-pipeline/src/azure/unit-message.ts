import type { TableClient } from '@azure/data-tables';
import type { Cloud } from '@repo/client-core';
import { checkClouds } from '../run/check-clouds.js';
import { deliver } from '../run/deliver.js';
import type { Transform, UnitReport } from '../run/deliver-options.js';
import type { DestinationBreaker } from '../run/destination-breaker.js';
import type { DedupeKeys } from '../state/dedupe-keys.js';
import type { DeadLetters, Sink, Unit } from '../ports.js';
import { unitLedger } from './unit-ledger.js';
import { decodeMessage } from './messages.js';

export interface UnitMessageOptions<U extends Unit, R, Row> {
  /** The `read` of the source's run, and the cloud that it reads from: `readBlob(client)`. */
  read: ((unit: U, options: { abortSignal?: AbortSignal | undefined }) => AsyncIterable<readonly R[]>) & {
    readonly cloud?: Cloud | undefined;
  };
  transform: Transform<R, U, Row>;
  sink: Sink<Row>;
  deadLetters: DeadLetters<Row>;
  /** The planner's. */
  tables: TableClient;
  /** The planner's. */
  name: string;
  recordId?: ((record: R) => string | undefined) | undefined;
  /**
   * What this process has delivered lately: `createDedupeKeys()`. Workers do not share keys, one row a record costs more
   * than the record; a record in two units is delivered twice when two workers read them.
   */
  dedupeKeys?: DedupeKeys | undefined;
  /** Shared by the messages of one process: `createDestinationBreaker()`. */
  breaker?: DestinationBreaker | undefined;
  /** Lets data leave its cloud: a government tenant's into a public workspace. Default false. */
  allowCrossCloud?: boolean | undefined;
  abortSignal?: AbortSignal | undefined;
}

/**
 * Delivers the unit of one message and says so in the ledger; the message may be deleted then. A unit that is done is
 * not delivered again (undefined). Throws StateVersionError for a newer message, DeliveryError when rows are not safe.
 * For queue triggers, whose host renews and deletes the message; `runWorker` does both itself.
 */
export async function deliverMessage<U extends Unit, R, Row>(
  message: unknown,
  options: UnitMessageOptions<U, R, Row>,
): Promise<UnitReport | undefined> {
  // As the planner's source gave it.
  const unit = decodeMessage(message) as U;
  checkClouds(options.read, options.sink, options.allowCrossCloud);
  const ledger = unitLedger(options.tables, options.name);
  if (await ledger.isDone(unit.id)) return undefined;
  return await deliver(unit, {
    ...options,
    commit: ({ failed, accepted, deadLettered }) =>
      ledger.addDone({ unitId: unit.id, failed, accepted, deadLettered }),
  });
}

/** Gives a unit up: into the dead letters, and its state moves on. `replay` reads it from there. */
export async function abandonMessage(
  message: unknown,
  reason: string,
  options: { deadLetters: DeadLetters<never>; tables: TableClient; name: string },
): Promise<void> {
  const unit = decodeMessage(message);
  const ledger = unitLedger(options.tables, options.name);
  if (await ledger.isDone(unit.id)) return;
  await options.deadLetters.add({ unit, reason });
  await ledger.addDone({ unitId: unit.id, failed: reason, accepted: 0, deadLettered: 0 });
}
