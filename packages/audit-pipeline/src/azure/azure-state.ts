import { randomUUID } from 'node:crypto';
import type { TableClient, TransactionAction } from '@azure/data-tables';
import type { ContainerClient } from '@azure/storage-blob';
import { systemClock } from '@repo/client-core';
import type { Clock, SeenEntry } from '@repo/client-core';
import { byExpiry } from '../state/by-expiry.js';
import {
  StateCorruptError,
  StateIdentityError,
  StateLockedError,
  StateVersionError,
  StateWriteError,
} from '../errors.js';
import type { State } from '../ports.js';
import { takeLease } from './lease.js';
import type { Lease } from './lease.js';
import {
  fitsEntity,
  idLists,
  keyOf,
  readText,
  statusOf,
  unlessMissing,
  writeText,
  plainUrl,
} from './rows.js';
import { deleteRows, packs } from './transaction.js';

export interface AzureStateOptions {
  /** The ledger. Must exist; any number of states share one. */
  tables: TableClient;
  /** Holds a blob `{name}.lock` whose lease makes one process the writer. Must exist. */
  container: ContainerClient;
  /** Tells the states in one table apart: letters, digits and hyphens. */
  name: string;
  /** What a second process does: `throw` a StateLockedError (default), or `wait` (passive) for the first to end. */
  onLocked?: 'throw' | 'wait';
  /** 15 to 60. After a crash the next process waits so long. Default 30. */
  leaseInSeconds?: number;
  clock?: Clock;
}

interface Held {
  lease: Lease;
  epoch: string;
  etag: string;
  commits: number;
}

const schemaVersion = 1;

/**
 * Progress in Azure Tables, one partition a state, with one writer at a time by a Blob lease. A writer that has lost
 * its lease stops before its next commit, and could not commit anyway: each commit replaces the row of the cursor
 * under the ETag of the commit before, and a new writer changes that row first.
 *
 * A commit is one entity group transaction (100 rows, 2.5 MiB). A larger one writes its units and keys first, the
 * cursor last: a crash between leaves units known as done that are done. Expired entries go after it.
 *
 * A state of a newer schema throws StateVersionError and is not touched. Version 1 is the first: there is none to migrate.
 */
export function azureState(options: AzureStateOptions): State {
  const { tables, container, name, onLocked = 'throw', clock = systemClock } = options;
  if (!/^[A-Za-z0-9-]{1,100}$/.test(name)) throw new RangeError('name takes letters, digits and hyphens.');
  const partitionKey = `state-${name}`;
  const where = `The state ${name} in ${plainUrl(tables.url)}`;
  let held: Held | undefined;
  let locking = false;
  /** Rows of keys, to be deleted when their time has passed. */
  const keyRows = new Map<string, number>();

  async function meta(): Promise<(Record<string, unknown> & { etag: string }) | undefined> {
    const found = await unlessMissing(tables.getEntity(partitionKey, 'meta'));
    if (!found) return undefined;
    checkVersion(found);
    return found;
  }
  function checkVersion(row: Record<string, unknown>): void {
    if (Number(row['schema']) > schemaVersion)
      throw new StateVersionError(where, Number(row['schema']), schemaVersion);
  }

  /** From here on no earlier writer can commit. */
  async function begin(lease: Lease): Promise<Held> {
    const epoch = randomUUID();
    const found = await meta();
    const mine = { partitionKey, rowKey: 'meta', schema: schemaVersion, epoch };
    const { etag } = found
      ? await tables.updateEntity(mine, 'Merge', { etag: found.etag })
      : await tables.createEntity({ ...mine, commits: 0 });
    return { lease, epoch, etag: etag ?? '', commits: Number(found?.['commits'] ?? 0) };
  }

  return {
    async load() {
      const seen: SeenEntry[] = [];
      const keys: SeenEntry[] = [];
      let cursor: string | undefined;
      keyRows.clear();
      const rows = tables.listEntities({
        queryOptions: { filter: `PartitionKey eq '${partitionKey}'` },
      });
      for await (const row of rows) {
        const key = row.rowKey ?? '';
        const expires = Number(row['expires']);
        if (key === 'meta') {
          checkVersion(row);
          if (row['hasCursor'] === true) cursor = readText(row);
        } else if (key.startsWith('s-')) seen.push({ id: readText(row), expires });
        else if (key.startsWith('m-')) {
          keyRows.set(key, expires);
          if (expires < clock.now()) continue;
          for (const id of idsIn(readText(row), where)) keys.push({ id, expires });
        }
      }
      // Rows come by their keys; what is kept of too many are the newest.
      keys.sort((one, two) => one.expires - two.expires);
      return { ...(cursor !== undefined && { cursor }), seen, keys };
    },
    async identify(identity) {
      const row = { partitionKey, rowKey: 'identity', ...writeText(identity) };
      await tables.createEntity(row).catch((error: unknown) => {
        if (statusOf(error) !== 409) throw error;
      });
      const owner = readText(await tables.getEntity(partitionKey, 'identity'));
      if (owner !== identity) throw new StateIdentityError(where, owner, identity);
    },
    async commit(_unitId, delta, keys) {
      const mine = held;
      if (!mine) throw new StateWriteError(where, new Error('it is not locked'));
      mine.lease.check();
      if (!fitsEntity(delta.cursor)) throw new StateWriteError(where, new Error('the cursor is too long'));
      const commits = mine.commits + 1;
      const rows = new Map<string, TransactionAction>();
      for (const { id, expires } of delta.add) {
        const rowKey = `s-${keyOf(id)}`;
        rows.set(rowKey, [
          'upsert',
          { partitionKey, rowKey, expires: String(expires), ...writeText(id) },
          'Replace',
        ]);
      }
      const newKeys: [string, number][] = [];
      for (const [expires, ids] of byExpiry(keys))
        for (const list of idLists(ids)) {
          const rowKey = `m-${mine.epoch}-${commits}-${newKeys.length}`;
          newKeys.push([rowKey, expires]);
          const text = writeText(JSON.stringify(list));
          rows.set(rowKey, [
            'upsert',
            { partitionKey, rowKey, expires: String(expires), ...text },
            'Replace',
          ]);
        }
      const cursorRow = {
        partitionKey,
        rowKey: 'meta',
        schema: schemaVersion,
        epoch: mine.epoch,
        commits,
        hasCursor: true,
        ...writeText(delta.cursor),
      };
      const all = packs([...rows.values()], Buffer.byteLength(delta.cursor));
      try {
        for (const pack of all.slice(0, -1)) await tables.submitTransaction(pack);
        mine.lease.check();
        await tables.submitTransaction([
          ...(all.at(-1) ?? []),
          ['update', cursorRow, 'Replace', { etag: mine.etag }],
        ]);
      } catch (error) {
        if (StateLockedError.isInstance(error)) throw error;
        // A repeated request meets its own work.
        const now = statusOf(error) === 412 ? await meta() : undefined;
        if (now && now['epoch'] !== mine.epoch) throw new StateLockedError(where);
        if (Number(now?.['commits']) !== commits) throw new StateWriteError(where, error);
      }
      // A transaction's answer is not sure to carry the ETag.
      const after = await meta();
      if (after?.['epoch'] !== mine.epoch) throw new StateLockedError(where);
      Object.assign(mine, { commits, etag: after.etag });
      for (const [key, expires] of newKeys) keyRows.set(key, expires);
      const old = [...keyRows].filter(([, expires]) => expires < clock.now()).map(([key]) => key);
      // What stays is dropped later: the source expires it again after its next start.
      await deleteRows(tables, partitionKey, [...delta.expire.map((id) => `s-${keyOf(id)}`), ...old])
        .then(() => old.forEach((key) => keyRows.delete(key)))
        .catch(() => {});
    },
    async lock({ abortSignal } = {}) {
      if (held || locking) throw new StateLockedError(where);
      locking = true;
      try {
        const lease = await takeLease(container.getBlockBlobClient(`${name}.lock`), {
          clock,
          wait: onLocked === 'wait',
          seconds: options.leaseInSeconds ?? 30,
          abortSignal,
        });
        try {
          held = await begin(lease);
        } catch (error) {
          await lease.release();
          throw error;
        }
        const mine = held;
        return {
          release: async () => {
            if (held === mine) held = undefined;
            await lease.release();
          },
        };
      } finally {
        locking = false;
      }
    },
    async close() {
      await held?.lease.release();
      held = undefined;
    },
  };
}

function idsIn(text: string, where: string): string[] {
  try {
    return JSON.parse(text) as string[];
  } catch (error) {
    throw new StateCorruptError(where, 'nothing: it is still in the table', { cause: error });
  }
}
