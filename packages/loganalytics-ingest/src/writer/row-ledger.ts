import { emptyResult } from './row-status.js';
import type { RowStatus, RowRange, UploadReport, WriteResult } from './row-status.js';

/** Rows of one `write` that wait for their status. */
export interface Call {
  result: WriteResult;
  open: number;
  ended: boolean;
  done(): void;
}

/** Keeps account of every row of a writer. */
export interface Ledger {
  report: UploadReport;
  /** What the first caller's callback has thrown. */
  callbackError: unknown;
  settle(call: Call, from: number, to: number, status: RowStatus, reason: string, httpStatus?: number): void;
  /** Runs a callback of the caller's: it must not decide what becomes of other rows. */
  tell(callback: () => unknown): void;
  /** Resolves when callbacks that return promises have ended. */
  told(): Promise<void>;
}

const maxRanges = 1000;

export function createLedger(onRowStatus: ((range: RowRange) => void) | undefined): Ledger {
  const report: UploadReport = {
    ...emptyResult(),
    requests: 0,
    rawBytes: 0,
    wireBytes: 0,
    truncatedFields: 0,
    timeReplaced: 0,
    ranges: [],
  };
  const telling = new Set<Promise<void>>();
  const ledger: Ledger = {
    report,
    callbackError: undefined,
    settle(call, from, to, status, reason, httpStatus) {
      const count = to - from;
      call.result[status] += count;
      report[status] += count;
      call.open -= count;
      const range = { from, to, status, reason, ...(httpStatus !== undefined && { httpStatus }) };
      if (status !== 'accepted') note({ ...range });
      if (onRowStatus) ledger.tell(() => onRowStatus(range));
      if (call.open === 0 && call.ended) call.done();
    },
    tell(callback) {
      const failed = (error: unknown): void => void (ledger.callbackError ??= error);
      try {
        const result = callback();
        if (!(result instanceof Promise)) return;
        const waiting = result.then(
          () => void telling.delete(waiting),
          (error: unknown) => {
            telling.delete(waiting);
            failed(error);
          },
        );
        telling.add(waiting);
      } catch (error) {
        failed(error);
      }
    },
    told: async () => void (await Promise.all(telling)),
  };

  /** Neighbors of one status are one range: a writer that fails for long must not fill the report. */
  function note(range: RowRange): void {
    const last = report.ranges.at(-1);
    if (last && last.to === range.from && last.status === range.status && last.reason === range.reason)
      last.to = range.to;
    else if (report.ranges.length < maxRanges) report.ranges.push(range);
  }

  return ledger;
}

export function openCall(): { call: Call; finished: Promise<void> } {
  let done = (): void => {};
  const finished = new Promise<void>((resolve) => (done = resolve));
  return { call: { result: emptyResult(), open: 0, ended: false, done }, finished };
}

/** No more rows will come. */
export function endCall(call: Call): void {
  call.ended = true;
  if (call.open === 0) call.done();
}
