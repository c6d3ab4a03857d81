import { randomUUID } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import type { ContainerClient } from '@azure/storage-blob';
import { ArgumentError, systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import { StateIdentityError, StateLockedError, StateVersionError, StateWriteError } from '../errors.js';
import type { SavedState, State, UnitCommit } from '../ports.js';
import { asPlainState } from '../state/as-plain-state.js';
import { checkNotMissing } from '../state/if-missing.js';
import type { IfMissing } from '../state/if-missing.js';
import { takeLease } from './lease.js';
import type { Lease } from './lease.js';
import { fitsEntity, plainUrl, readText, statusOf, unlessMissing, writeText } from './rows.js';
import { expiryRows, expiredRows, readRows, unitRows } from './state-rows.js';
import { deleteRows, packs } from './transaction.js';

export interface AzureStateOptions {
  /** The ledger. Must exist; any number of states share one. */
  tables: TableClient;
  /** Holds a blob `{name}.lock` whose lease makes one process the writer. Must exist. */
  container: ContainerClient;
  /** Tells the states in one table apart: letters, digits and hyphens. */
  name: string;
  /** What a second process does: `throw` a StateLockedError (default), or `wait` (passive) for the first to end. */
  onLocked?: 'throw' | 'wait' | undefined;
  /**
   * What happens when the rows have vanished although the lock's blob says that they were there: `throw` a
   * StateMissingError (default), or `start` again at the source's stated start.
   */
  ifMissing?: IfMissing | undefined;
  /** 15 to 60. After a crash the next process waits so long. Default 30. */
  leaseInSeconds?: number | undefined;
  clock?: Clock | undefined;
}

interface Held {
  lease: Lease;
  epoch: string;
  etag: string;
  commits: number;
}

type Meta = Record<string, unknown> & { etag: string };

const schemaVersion = 2;

/**
 * Progress in Azure Tables, one partition a state, with one writer at a time by a Blob lease. A writer that has lost
 * its lease stops before its next commit, and could not commit anyway: each commit replaces the row of the cursor
 * under the ETag of the commit before, and a new writer changes that row first.
 *
 * A commit is one entity group transaction (100 rows, 2.5 MiB). A larger one writes its units, keys and attachments
 * first, the cursor last: a crash in between leaves units known as done that are done. Expired entries go after it.
 *
 * A state of a newer schema throws StateVersionError and is not touched; one of version 1 is marked as version 2 by its
 * next writer.
 */
export function azureState(options: AzureStateOptions): State {
  if (!/^[A-Za-z0-9-]{1,100}$/.test(options.name))
    throw new ArgumentError('options.name', 'is not a name', 'Use letters, digits and hyphens.');
  return asPlainState(new AzureState(options));
}

class AzureState implements State {
  readonly #options: AzureStateOptions;
  readonly #clock: Clock;
  readonly #partitionKey: string;
  readonly #where: string;
  readonly #expiring = expiryRows();
  #held: Held | undefined;
  #locking = false;
  #committing: Promise<unknown> = Promise.resolve();

  constructor(options: AzureStateOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#partitionKey = `state-${options.name}`;
    this.#where = `The state ${options.name} in ${plainUrl(options.tables.url)}`;
  }

  async load(): Promise<SavedState> {
    await this.#meta();
    return readRows(this.#options.tables, this.#partitionKey, {
      now: this.#clock.now(),
      where: this.#where,
      expiring: this.#expiring,
    });
  }

  async identify(identity: string): Promise<void> {
    const { tables } = this.#options;
    const row = { partitionKey: this.#partitionKey, rowKey: 'identity', ...writeText(identity) };
    await tables.createEntity(row).catch((error: unknown) => {
      if (statusOf(error) !== 409) throw error;
    });
    const owner = readText(await tables.getEntity(this.#partitionKey, 'identity'));
    if (owner !== identity) throw new StateIdentityError(this.#where, owner, identity);
  }

  /** One after the other: each commit needs the ETag of the one before. */
  commit(units: readonly UnitCommit[]): Promise<void> {
    const committing = this.#committing.then(() => this.#commit(units));
    this.#committing = committing.catch(() => {});
    return committing;
  }

  async #commit(units: readonly UnitCommit[]): Promise<void> {
    const { tables } = this.#options;
    const held = this.#held;
    if (!held) throw new StateWriteError(this.#where, new Error('it is not locked'));
    held.lease.check();
    const cursor = units.findLast(({ delta }) => delta)?.delta?.cursor;
    if (cursor !== undefined && !fitsEntity(cursor))
      throw new StateWriteError(this.#where, new Error('the cursor is too long'));
    const commits = held.commits + 1;
    const rows = unitRows(units, { partitionKey: this.#partitionKey, batch: `${held.epoch}-${commits}` });
    const position = cursor === undefined ? undefined : { hasCursor: true, ...writeText(cursor) };
    const all = packs(rows.actions, Buffer.byteLength(cursor ?? ''));
    try {
      for (const pack of all.slice(0, -1)) await tables.submitTransaction(pack);
      held.lease.check();
      const meta = {
        partitionKey: this.#partitionKey,
        rowKey: 'meta',
        schema: schemaVersion,
        epoch: held.epoch,
        commits,
        ...position,
      };
      await tables.submitTransaction([
        ...(all.at(-1) ?? []),
        // A shorter cursor must not keep the end of a longer one: it is replaced where it changes.
        ['update', meta, position ? 'Replace' : 'Merge', { etag: held.etag }],
      ]);
    } catch (error) {
      await this.#checkRepeated(error, held, commits);
    }
    // A transaction's answer is not sure to carry the ETag.
    const after = await this.#meta();
    if (after?.['epoch'] !== held.epoch) throw new StateLockedError(this.#where);
    Object.assign(held, { commits, etag: after.etag });
    await this.#removeExpired(rows.expiring, rows.removed);
  }

  /** A repeated request meets its own work; anything else is a failure. */
  async #checkRepeated(error: unknown, held: Held, commits: number): Promise<void> {
    if (StateLockedError.isInstance(error)) throw error;
    const now = statusOf(error) === 412 ? await this.#meta() : undefined;
    if (now && now['epoch'] !== held.epoch) throw new StateLockedError(this.#where);
    if (Number(now?.['commits']) !== commits) throw new StateWriteError(this.#where, error);
  }

  async #removeExpired(added: readonly [string, number][], removed: readonly string[]): Promise<void> {
    for (const [key, expires] of added) this.#expiring.set(key, expires);
    const old = expiredRows(this.#expiring, this.#clock.now());
    // What stays is dropped later: the source expires it again after its next start.
    await deleteRows(this.#options.tables, this.#partitionKey, [...removed, ...old])
      .then(() => old.forEach((key) => this.#expiring.delete(key)))
      .catch(() => {});
  }

  async lock({ abortSignal }: { abortSignal?: AbortSignal | undefined } = {}): Promise<{
    release(): Promise<void>;
  }> {
    if (this.#held || this.#locking) throw new StateLockedError(this.#where);
    this.#locking = true;
    const { container, name, onLocked = 'throw', leaseInSeconds = 30 } = this.#options;
    try {
      const lease = await takeLease(container.getBlockBlobClient(`${name}.lock`), {
        clock: this.#clock,
        wait: onLocked === 'wait',
        seconds: leaseInSeconds,
        abortSignal,
      });
      const held = await this.#begin(lease).catch(async (error: unknown) => {
        await lease.release();
        throw error;
      });
      this.#held = held;
      return {
        release: async () => {
          if (this.#held === held) this.#held = undefined;
          await lease.release();
        },
      };
    } finally {
      this.#locking = false;
    }
  }

  async close(): Promise<void> {
    await this.#held?.lease.release();
    this.#held = undefined;
  }

  async #meta(): Promise<Meta | undefined> {
    const found = await unlessMissing(this.#options.tables.getEntity(this.#partitionKey, 'meta'));
    if (!found) return undefined;
    if (Number(found['schema']) > schemaVersion)
      throw new StateVersionError(this.#where, Number(found['schema']), schemaVersion);
    return found;
  }

  /** From here on no earlier writer can commit. */
  async #begin(lease: Lease): Promise<Held> {
    const { tables, ifMissing = 'throw' } = this.#options;
    const epoch = randomUUID();
    const found = await this.#meta();
    if (!found)
      checkNotMissing(this.#where, { marked: await lease.isMarked(), marker: lease.url, ifMissing });
    const mine = { partitionKey: this.#partitionKey, rowKey: 'meta', schema: schemaVersion, epoch };
    const { etag } = found
      ? await tables.updateEntity(mine, 'Merge', { etag: found.etag })
      : await tables.createEntity({ ...mine, commits: 0 });
    await lease.mark();
    return { lease, epoch, etag: etag ?? '', commits: Number(found?.['commits'] ?? 0) };
  }
}
