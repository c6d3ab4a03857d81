import { commit, peek, put, sizeOf } from './batch.js';
import type { Batch } from './batch.js';
import type { Delivery } from './batch-sender.js';
import type { Call, Ledger } from './row-ledger.js';
import { RowFault, nameOf } from '../rows/to-json-safe.js';
import { faultOfBytes, serializeRow } from '../rows/serialize-row.js';
import type { Transport } from '../http/transport.js';
import { cutFields, longFields } from '../rows/truncate-fields.js';
import type { WriterOptions } from './writer-options.js';

/** What a row has become: bytes in the batch, or settled. */
export interface Intake {
  /** Serializes a row into `batch`; returns the batch it went into, which is another one when it did not fit. */
  add(
    batch: Batch<Call>,
    call: Call,
    index: number,
    row: unknown,
  ): { batch: Batch<Call>; full?: Batch<Call> };
}

/**
 * Takes rows one by one. A row is written behind the others before it is known whether it fits there: only the few that
 * do not are copied.
 */
export function createIntake(
  transport: Transport,
  ledger: Ledger,
  delivery: Delivery,
  options: WriterOptions & { freshBatch(): Batch<Call> },
): Intake {
  const { limits, check } = transport;
  const { maxBytes = Infinity, longFields: onLong = 'report', onLongField, freshBatch } = options;

  function add(batch: Batch<Call>, call: Call, index: number, row: unknown): ReturnType<Intake['add']> {
    let size: number;
    let replaced = false;
    try {
      if (row instanceof Uint8Array) {
        const fault = faultOfBytes(row);
        if (fault !== undefined) throw new RowFault(fault);
        size = put(batch, row);
      } else {
        const verdict = isObject(row) ? check?.(row) : undefined;
        if (verdict?.action === 'reject') throw new RowFault(verdict.reason);
        size = put(batch, serializeRow(row));
        replaced = verdict?.timeReplaced ?? false;
        if (verdict?.action === 'return') {
          delivery.returnRow(call, index, peek(batch, size), verdict.reason);
          return { batch };
        }
      }
    } catch (fault) {
      // What a Proxy or a check of its own throws may quote the row.
      const reason = fault instanceof RowFault ? fault.message : 'the row cannot be read';
      ledger.settle(call, index, index + 1, 'invalid', reason);
      return { batch };
    }
    if (size > limits.field) size = lookForLongFields(batch, index, size);
    if (size + 2 > limits.most) {
      const reason = `the row has ${size} bytes, one request takes ${limits.most}`;
      const smaller = delivery.oversized(call, index, peek(batch, size), limits.most, reason);
      if (!smaller) return { batch };
      size = put(batch, smaller);
    }
    if (replaced) ledger.report.timeReplaced += 1;
    const most = Math.min(limits.fill, maxBytes);
    if (batch.ends.length === 0 || sizeOf(batch) + 1 + size <= most) {
      commit(batch, call, index, size);
      return { batch };
    }
    const next = freshBatch();
    commit(next, call, index, put(next, peek(batch, size)));
    return { batch: next, full: batch };
  }

  /** Only rows above the limit of a field are looked into. Returns the row's size. */
  function lookForLongFields(batch: Batch<Call>, index: number, size: number): number {
    const row = peek(batch, size);
    const long = longFields(row, limits.field);
    ledger.report.truncatedFields += long.length;
    for (const { name, bytes, isText } of long)
      if (onLongField)
        ledger.tell(() =>
          onLongField({ row: index, field: nameOf(name), bytes, cut: onLong === 'truncate' && isText }),
        );
    return onLong === 'truncate' && long.length > 0
      ? put(
          batch,
          cutFields(row, long, () => limits.field),
        )
      : size;
  }

  return { add };
}

const isObject = (row: unknown): row is object =>
  typeof row === 'object' && row !== null && !Array.isArray(row);
