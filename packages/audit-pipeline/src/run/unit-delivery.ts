import { ArgumentError, getReason } from '@repo/client-core';
import type { SeenEntry } from '@repo/client-core';
import {
  DeadLettersFullError,
  DeadLettersWriteError,
  DeliveryError,
  UnitUnreadableError,
} from '../errors.js';
import type { Attachment, DeadLetter, Unit } from '../ports.js';
import type { Claims, InFlight } from '../state/dedupe-keys.js';
import { CountedRows } from './counted-rows.js';
import type { DeliverOptions, TransformContext, UnitReport } from './deliver-options.js';
import { createDestinationBreaker } from './destination-breaker.js';
import type { DestinationBreaker } from './destination-breaker.js';

/** One attempt at one unit. */
export class UnitDelivery<U extends Unit, R, Row> {
  readonly #unit: U;
  readonly #options: DeliverOptions<U, R, Row>;
  readonly #claims: Claims | undefined;
  readonly #breaker: DestinationBreaker;
  readonly #report: UnitReport = { read: 0, duplicates: 0, filtered: 0, accepted: 0, deadLettered: 0 };
  readonly #keys: SeenEntry[] = [];
  readonly #attachments = new Map<string, Attachment>();
  readonly #expires: number;
  readonly #dead: Omit<DeadLetter<Row>, 'unit'>[] = [];
  readonly #context: TransformContext<Row>;
  /** Records that another unit has in flight. */
  #aside: { record: R; id: string; other: InFlight }[] = [];
  #unknown = 0;
  #readFailure: { error: unknown } | undefined;

  constructor(unit: U, options: DeliverOptions<U, R, Row>) {
    this.#unit = unit;
    this.#options = options;
    this.#claims = options.recordId && options.dedupeKeys?.claims();
    this.#breaker = options.breaker ?? createDestinationBreaker();
    this.#expires = options.dedupeKeys?.expiry() ?? 0;
    this.#context = {
      deadLetter: (entry) => void this.#dead.push(entry),
      attach: (attachment) => void this.#attachments.set(attachment.key, attachment),
    };
  }

  async run(): Promise<UnitReport> {
    try {
      const failed = await this.#send();
      for (const entry of this.#dead) await this.#keep({ unit: this.#unit, ...entry });
      if (failed !== undefined) await this.#keep({ unit: this.#unit, reason: failed });
      this.#report.deadLettered = this.#dead.length;
      if (failed !== undefined) Object.assign(this.#report, { accepted: 0, failed });
      const { accepted, deadLettered } = this.#report;
      await this.#options.commit({
        failed,
        keys: failed === undefined ? this.#keys : [],
        attachments: failed === undefined ? [...this.#attachments.values()] : [],
        accepted,
        deadLettered,
      });
      if (failed === undefined) this.#options.dedupeKeys?.add(this.#keys);
      return this.#report;
    } catch (error) {
      const { accepted } = this.#report;
      if (accepted + this.#unknown > 0) this.#options.onIncomplete?.({ accepted, unknown: this.#unknown });
      throw error;
    } finally {
      this.#claims?.release();
    }
  }

  /** Everything to the sink. Gives the reason when the unit can never be read. */
  async #send(): Promise<string | undefined> {
    const { abortSignal } = this.#options;
    try {
      await this.#write(this.#rows(this.#options.read(this.#unit, { abortSignal })));
      this.#claims?.accept();
      while (this.#aside.length > 0) await this.#sendAside();
      return undefined;
    } catch (thrown) {
      const error = this.#readFailure ? this.#readFailure.error : thrown;
      if (UnitUnreadableError.isInstance(error)) return error.reason;
      throw error;
    }
  }

  /** What others had in flight: dropped where they delivered it, else sent. */
  async #sendAside(): Promise<void> {
    const aside = this.#aside;
    this.#aside = [];
    const mine: R[] = [];
    for (const { record, id, other } of aside) {
      const delivered = await other.accepted;
      const claim = delivered ? 'delivered' : (this.#claims as Claims).take(id);
      if (claim === 'delivered') this.#report.duplicates += 1;
      else if (claim === 'mine') mine.push(record);
      else this.#aside.push({ record, id, other: claim });
    }
    if (mine.length === 0) return;
    const rows = mine.map((record) => this.#rowOf(record)).filter((row) => row !== undefined);
    await this.#write(
      (async function* () {
        yield rows;
      })(),
    );
    this.#claims?.accept();
  }

  async #write(rows: AsyncIterable<readonly Row[]>): Promise<void> {
    const { sink, abortSignal } = this.#options;
    const counted = new CountedRows(rows);
    const refused = new Map<unknown, 'invalid' | 'rejected'>();
    let [undeliverable, rejectedAlone] = [0, 0];
    const result = await sink.write(counted, {
      unit: this.#unit,
      abortSignal,
      onUndeliverable: (row, reason, status = 'invalid') => {
        // Passed twice, it would stand for another row.
        if (typeof row === 'object' && refused.has(row)) return;
        if (typeof row === 'object') refused.set(row, status);
        undeliverable += 1;
        if (status === 'rejected') rejectedAlone += 1;
        this.#dead.push({ row, reason, status });
      },
    });
    const { accepted, rejected, unknown } = result;
    for (const attachment of result.attachments ?? []) this.#context.attach(attachment);
    this.#report.accepted += accepted;
    this.#unknown += unknown;
    // A row without a status, or refused without a word, is not safe: what the sink does not say has not been sent.
    const untold = counted.handed - accepted - undeliverable - rejected - unknown;
    const whole = counted.isWhole && !this.#readFailure;
    const notSent = Math.max(result.notSent, untold, result.undeliverable - undeliverable, whole ? 0 : 1);
    const verdict = { unitId: this.#unit.id, accepted, rejected: rejectedAlone + rejected };
    const poison = this.#breaker.isPoison(verdict);
    // Also what is no number.
    if (rejected + unknown + notSent !== 0 || !poison)
      throw new DeliveryError(
        this.#unit.id,
        { rejected: rejected + (poison ? 0 : rejectedAlone), unknown, notSent },
        { cause: result.cause },
      );
  }

  async *#rows(batches: AsyncIterable<readonly R[]>): AsyncGenerator<Row[], void, void> {
    try {
      for await (const records of batches) {
        const rows: Row[] = [];
        for (const record of records) {
          const row = this.#newRow(record);
          if (row !== undefined) rows.push(row);
        }
        if (rows.length > 0) yield rows;
      }
    } catch (thrown) {
      this.#readFailure ??= { error: thrown };
      throw thrown;
    }
  }

  /** The row of a record that is to be delivered by this unit. */
  #newRow(record: R): Row | undefined {
    this.#report.read += 1;
    // An empty id is none: others have the same.
    const id = (this.#claims && this.#options.recordId?.(record)) || undefined;
    if (id === undefined || !this.#claims) return this.#rowOf(record);
    const claim = this.#claims.take(id);
    if (claim === 'mine') return this.#rowOf(record, id);
    if (claim === 'delivered') this.#report.duplicates += 1;
    else this.#aside.push({ record, id, other: claim });
    return undefined;
  }

  #rowOf(record: R, id = (this.#claims && this.#options.recordId?.(record)) || undefined): Row | undefined {
    let row: Row | undefined;
    try {
      row = this.#options.transform(record, this.#unit, this.#context);
    } catch (thrown) {
      this.#dead.push({ reason: `the transform failed: ${getReason(thrown)}`, record });
      if (id !== undefined) this.#keys.push({ id, expires: this.#expires });
      return undefined;
    }
    if (typeof (row as { then?: unknown } | undefined)?.then === 'function')
      throw new ArgumentError(
        'transform',
        'returned a promise',
        'Return the row itself: a transform does not wait.',
      );
    if (row === undefined) this.#report.filtered += 1;
    else if (id !== undefined) this.#keys.push({ id, expires: this.#expires });
    return row;
  }

  async #keep(entry: DeadLetter<Row>): Promise<void> {
    try {
      await this.#options.deadLetters.add(entry);
    } catch (error) {
      if (DeadLettersFullError.isInstance(error)) throw error;
      throw new DeadLettersWriteError(error);
    }
  }
}
