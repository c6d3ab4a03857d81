import { copyRows, eachBatchRow, splitBatch } from '../batch.js';
import type { Batch, BatchRow } from '../batch.js';
import { RefusalPattern } from './refusal-pattern.js';

const defaultRequests = 300;
const acceptedPerRequest = 100;
/** So many rows refused one by one while nothing was ever accepted: the rows are not the cause. */
const maxRefusedAlone = 30;
/** So many rows refused one by one without a pattern: halving costs more than it finds. */
const maxWithoutPattern = 6;
const sampledRows = 20;

/** What to try next of a refused batch. `final`: its rows are refused together if it is refused again. */
interface IsolationPart<Call> {
  batch: Batch<Call>;
  final?: boolean;
}

/**
 * Finds the rows for which the service refuses a body, within a number of requests. Halving takes about 15 requests for
 * each of the first rows; what these have in common names the others, at one request each.
 */
export class Isolation {
  readonly #pattern = new RefusalPattern();
  readonly #max: number;
  #left: number;
  #accepted = 0;
  #refusedAlone = 0;
  #guessed = 0;

  constructor(maxRequests: number = defaultRequests) {
    this.#max = maxRequests;
    this.#left = maxRequests;
  }

  /** Takes a request from the budget. False: there is none left, or it is not the rows. */
  spend(): boolean {
    if (this.#left < 1 || (this.#accepted === 0 && this.#refusedAlone >= maxRefusedAlone)) return false;
    this.#left -= 1;
    return true;
  }

  /** @param isPart Whether the batch is a part of a refused one. */
  addAccepted(batch: Batch<unknown>, isPart: boolean): void {
    const count = batch.ends.length;
    this.#accepted += count;
    this.#left = Math.min(this.#max, this.#left + count / acceptedPerRequest);
    if (!isPart) return;
    const step = Math.max(1, Math.floor(count / sampledRows));
    let row = 0;
    for (const { json } of eachBatchRow(batch)) if (row++ % step === 0) this.#pattern.addAccepted(json);
  }

  /** A row was refused in a body of its own. */
  addRefused(row: Uint8Array): void {
    this.#refusedAlone += 1;
    if (this.#pattern.isSuspect(row)) this.#guessed += 1;
    else this.#pattern.addRefused(row);
  }

  /** How to go on with a refused batch. `waiting`: rows of other parts that are not tried yet. */
  plan<Call>(batch: Batch<Call>, waiting: number): IsolationPart<Call>[] {
    const suspects: BatchRow<Call>[] = [];
    const others: BatchRow<Call>[] = [];
    for (const row of eachBatchRow(batch)) (this.#pattern.isSuspect(row.json) ? suspects : others).push(row);
    if (suspects.length > 0) {
      const affordable = Math.ceil(this.#left);
      const parts: IsolationPart<Call>[] = suspects
        .slice(0, affordable)
        .map((row) => ({ batch: copyRows([row]) }));
      if (others.length > 0) parts.unshift({ batch: copyRows(others) });
      if (suspects.length > affordable)
        parts.push({ batch: copyRows(suspects.slice(affordable)), final: true });
      return parts;
    }
    if (this.#accepted > 0 && this.#refusedAlone - this.#guessed >= maxWithoutPattern) {
      const share = (this.#left * batch.ends.length) / (batch.ends.length + waiting);
      const parts = splitBatch(batch, Math.max(2, Math.floor(share)));
      return parts.map((part) => ({ batch: part, final: true }));
    }
    return splitBatch(batch, 2).map((part) => ({ batch: part }));
  }
}
