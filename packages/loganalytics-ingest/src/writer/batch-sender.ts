import type { SendResult, Transport } from '../http/transport.js';
import { getReason } from '../http/classify-failure.js';
import { shrink } from '../rows/truncate-fields.js';
import { copyRows, eachBatchRow, getBody, splitBatch } from './batch.js';
import type { Batch } from './batch.js';
import { Isolation } from './isolation/isolation.js';
import type { RowLedger, Verdict, WriteCall } from './row-ledger.js';
import type { WriterOptions } from './writer-options.js';

type Refused = Exclude<SendResult, { status: 'accepted' }>;

/** A batch, or what it was split into. */
interface Part {
  batch: Batch<WriteCall>;
  /** The service may already hold these rows, whatever it answers now. */
  isDoubtful: boolean;
  /** Tried to find the refused rows of a larger batch. */
  isIsolation: boolean;
  /** Not to be split further: its rows are refused together. */
  isFinal: boolean;
}

/** Sends batches, splits what is refused for its size or for one of its rows, and settles every row. */
export class BatchSender {
  /** The error of the first body that was not accepted. */
  firstCause: unknown;
  readonly #transport: Transport;
  readonly #ledger: RowLedger;
  readonly #options: WriterOptions;
  readonly #isolation: Isolation;

  constructor(transport: Transport, ledger: RowLedger, options: WriterOptions) {
    this.#transport = transport;
    this.#ledger = ledger;
    this.#options = options;
    this.#isolation = new Isolation(options.maxIsolationRequests);
  }

  /** Never rejects. */
  async deliver(whole: Batch<WriteCall>): Promise<void> {
    const stack: Part[] = [{ batch: whole, isDoubtful: false, isIsolation: false, isFinal: false }];
    for (let part = stack.pop(); part; part = stack.pop()) {
      const waiting = stack.reduce((rows, { batch }) => rows + batch.ends.length, 0);
      stack.push(...(await this.#deliverPart(part, waiting)).toReversed());
    }
  }

  /**
   * Applies the caller's policy to a row that fits into no request. Returns its bytes if it may be tried again, smaller.
   */
  handleOversize(
    call: WriteCall,
    index: number,
    row: Uint8Array,
    most: number,
    reason: string,
  ): Uint8Array | undefined {
    const { oversize = 'reject' } = this.#options;
    const smaller = oversize === 'truncate' ? shrink(row, most - 2) : undefined;
    if (smaller) this.#ledger.report.truncatedFields += 1;
    else if (oversize === 'return') this.returnRow(call, index, row, reason);
    else this.#ledger.settle(call, index, index + 1, { status: 'invalid', reason });
    return smaller;
  }

  /** Hands a row back by a policy of the caller. */
  returnRow(call: WriteCall, index: number, row: Uint8Array, reason: string): void {
    const verdict: Verdict = { status: 'invalid', reason };
    this.#ledger.returned += 1;
    this.#ledger.returnRow(call, index, row, verdict);
    this.#ledger.settle(call, index, index + 1, verdict);
  }

  /** Returns the parts to deliver instead. */
  async #deliverPart(part: Part, waiting: number): Promise<Part[]> {
    const { batch, isDoubtful, isIsolation } = part;
    if (this.#options.abortSignal?.aborted) {
      const status = isDoubtful ? 'unknown' : 'notSent';
      return this.#settle(batch, { status, reason: 'aborted before it was sent' });
    }
    if (isIsolation && !this.#isolation.spend()) return this.#settleTogether(part);
    const result = await this.#send(batch);
    if (result.status === 'accepted') {
      this.#isolation.addAccepted(batch, isIsolation);
      return this.#settle(batch, { status: 'accepted', reason: '' });
    }
    return this.#handleRefusal(
      { ...part, isDoubtful: isDoubtful || result.status === 'unknown' },
      result,
      waiting,
    );
  }

  #handleRefusal(part: Part, result: Refused, waiting: number): Part[] {
    const { batch, isDoubtful } = part;
    const { parts, tooLarge } = result;
    const isAboutRows = parts !== undefined && tooLarge === undefined;
    if (parts !== undefined && batch.ends.length > 1) {
      if (!isAboutRows)
        return splitBatch(batch, Math.max(2, parts)).map((smaller) => ({ ...part, batch: smaller }));
      this.firstCause ??= result.error;
      if (part.isFinal) return this.#settleTogether(part, result);
      const plan = this.#isolation.plan(batch, waiting);
      return plan.map(({ batch: smaller, final = false }) => ({
        batch: smaller,
        isDoubtful,
        isIsolation: true,
        isFinal: final,
      }));
    }
    this.firstCause ??= result.error;
    if (tooLarge !== undefined && !isDoubtful) return this.#retrySmaller(part, tooLarge, result);
    if (isAboutRows && batch.ends.length === 1)
      for (const { json } of eachBatchRow(batch)) this.#isolation.addRefused(json);
    return this.#settle(batch, {
      ...toVerdict(result, isDoubtful),
      isolated: isAboutRows && !isDoubtful,
    });
  }

  /** A batch of one row that no request takes. */
  #retrySmaller(part: Part, most: number, result: Refused): Part[] {
    const [row] = eachBatchRow(part.batch);
    if (!row || (this.#options.oversize ?? 'reject') === 'reject')
      return this.#settle(part.batch, toVerdict(result, false));
    const smaller = this.handleOversize(row.call, row.index, row.json, most, result.reason);
    if (!smaller) return [];
    return [{ ...part, batch: copyRows([{ ...row, json: new Uint8Array(smaller) }]) }];
  }

  /** Rows of a refused body that are not looked at one by one. */
  #settleTogether({ batch, isDoubtful }: Part, result?: Refused): [] {
    const count = batch.ends.length;
    const words = result?.reason ?? 'the service refused a body with it';
    const verdict = result && toVerdict(result, isDoubtful);
    return this.#settle(batch, {
      ...verdict,
      status: isDoubtful ? 'unknown' : 'rejected',
      reason:
        count === 1 ? words : `${words} Refused together with other rows: maxIsolationRequests is spent.`,
    });
  }

  #settle(batch: Batch<WriteCall>, verdict: Verdict): [] {
    const returns = this.#options.returnRows as readonly string[] | undefined;
    if (returns?.includes(verdict.status))
      for (const { call, index, json } of eachBatchRow(batch))
        this.#ledger.returnRow(call, index, json, verdict);
    for (const { call, from, to } of batch.segments) this.#ledger.settle(call, from, to, verdict);
    return [];
  }

  async #send(batch: Batch<WriteCall>): Promise<SendResult> {
    const { report } = this.#ledger;
    const body = getBody(batch);
    const rawBytes = body.byteLength;
    try {
      return await this.#transport.send(body, {
        abortSignal: this.#options.abortSignal,
        idempotent: this.#options.delivery !== 'atMostOnce',
        onAttempt(wireBytes) {
          report.requests += 1;
          report.rawBytes += rawBytes;
          report.wireBytes += wireBytes;
        },
      });
    } catch (error) {
      return { status: 'unknown', error, reason: getReason(error) };
    }
  }
}

function toVerdict({ status, reason, error }: Refused, isDoubtful: boolean): Verdict {
  const httpStatus = (error as { status?: number } | undefined)?.status;
  if (isDoubtful) return { status: 'unknown', reason };
  return { status, reason, httpStatus: status === 'rejected' ? httpStatus : undefined };
}
