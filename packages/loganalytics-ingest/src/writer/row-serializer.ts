import type { Transport } from '../http/transport.js';
import { faultOfBytes, serializeRow } from '../rows/serialize-row.js';
import { RowFault, nameOf } from '../rows/to-json-safe.js';
import { cutFields, longFields } from '../rows/truncate-fields.js';
import { commitRow, getSize, getWrittenRow, writeRow } from './batch.js';
import type { Batch } from './batch.js';
import type { BatchSender } from './batch-sender.js';
import type { RowLedger, WriteCall } from './row-ledger.js';
import type { WriterOptions } from './writer-options.js';

/** The batch a row went into, and the one it did not fit into. */
interface SerializedRow {
  batch: Batch<WriteCall>;
  full?: Batch<WriteCall>;
}

/**
 * Writes rows into batches one by one. A row is written behind the others before it is known whether it fits there: only
 * the few that do not are copied.
 */
export class RowSerializer {
  readonly #transport: Transport;
  readonly #ledger: RowLedger;
  readonly #sender: BatchSender;
  readonly #options: WriterOptions;
  readonly #createBatch: () => Batch<WriteCall>;

  constructor(
    transport: Transport,
    ledger: RowLedger,
    sender: BatchSender,
    options: WriterOptions,
    createBatch: () => Batch<WriteCall>,
  ) {
    this.#transport = transport;
    this.#ledger = ledger;
    this.#sender = sender;
    this.#options = options;
    this.#createBatch = createBatch;
  }

  /** Adds a row to `batch`, to a new batch when it does not fit, or settles it. */
  add(batch: Batch<WriteCall>, call: WriteCall, index: number, row: unknown): SerializedRow {
    const { limits } = this.#transport;
    const written = this.#write(batch, call, index, row);
    if (!written) return { batch };
    let { size } = written;
    if (size > limits.field) size = this.#checkLongFields(batch, call, index, size);
    if (size + 2 > limits.most) {
      const reason = `the row has ${size} bytes, one request takes ${limits.most}`;
      const bytes = getWrittenRow(batch, size);
      const smaller = this.#sender.handleOversize(call, index, bytes, limits.most, reason);
      if (!smaller) return { batch };
      size = writeRow(batch, smaller);
    }
    if (written.isTimeReplaced) this.#ledger.report.timeReplaced += 1;
    const most = Math.min(limits.fill, this.#options.maxBytes ?? Infinity);
    if (batch.ends.length === 0 || getSize(batch) + 1 + size <= most) {
      commitRow(batch, call, index, size);
      return { batch };
    }
    const next = this.#createBatch();
    commitRow(next, call, index, writeRow(next, getWrittenRow(batch, size)));
    return { batch: next, full: batch };
  }

  /** Writes the row without counting it; undefined when it is settled. */
  #write(
    batch: Batch<WriteCall>,
    call: WriteCall,
    index: number,
    row: unknown,
  ): { size: number; isTimeReplaced: boolean } | undefined {
    try {
      if (row instanceof Uint8Array) {
        const fault = this.#transport.objectsOnly
          ? 'the rows of a table are objects: bytes are not validated'
          : faultOfBytes(row);
        if (fault !== undefined) throw new RowFault(fault);
        return { size: writeRow(batch, row), isTimeReplaced: false };
      }
      const verdict = isObject(row) ? this.#transport.check?.(row) : undefined;
      if (verdict?.action === 'reject') throw new RowFault(verdict.reason);
      const size = writeRow(batch, serializeRow(row));
      if (verdict?.action !== 'return') return { size, isTimeReplaced: verdict?.timeReplaced ?? false };
      this.#sender.returnRow(call, index, getWrittenRow(batch, size), verdict.reason);
    } catch (fault) {
      // What a Proxy or a check of its own throws may quote the row.
      const reason = fault instanceof RowFault ? fault.message : 'the row cannot be read';
      this.#ledger.settle(call, index, index + 1, { status: 'invalid', reason });
    }
    return undefined;
  }

  /** Only rows above the limit of a field are looked into. Returns the row's size. */
  #checkLongFields(batch: Batch<WriteCall>, call: WriteCall, index: number, size: number): number {
    const { longFields: policy = 'report', onLongField } = this.#options;
    const limit = this.#transport.limits.field;
    const row = getWrittenRow(batch, size);
    const long = longFields(row, limit);
    this.#ledger.report.truncatedFields += long.length;
    if (onLongField)
      for (const { name, bytes, isText } of long) {
        const cut = policy === 'truncate' && isText;
        const event = { write: call.number, row: index, field: nameOf(name), bytes, cut };
        this.#ledger.run(() => onLongField(event));
      }
    if (policy !== 'truncate' || long.length === 0) return size;
    return writeRow(
      batch,
      cutFields(row, long, () => limit),
    );
  }
}

const isObject = (row: unknown): row is object =>
  typeof row === 'object' && row !== null && !Array.isArray(row);
