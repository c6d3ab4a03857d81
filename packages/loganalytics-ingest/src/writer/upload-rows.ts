import { checkRows } from '../rows/rows.js';
import type { Rows } from '../rows/rows.js';
import { UploadError } from './row-status.js';
import type { UploadReport } from './row-status.js';
import type { OpenWriter } from './writer.js';

/** Open, write, close in one: the last batch does not wait for its age. */
export async function uploadRows<Row>(
  writer: OpenWriter<Row>,
  rows: Rows<Row>,
  abortSignal?: AbortSignal,
): Promise<UploadReport> {
  checkRows(rows);
  const read = await writer.take(rows).then(
    (isWhole) => ({ isWhole, error: undefined }),
    (error: unknown) => ({ isWhole: false, error }),
  );
  const report = writer.close();
  if (read.error === undefined) {
    if (read.isWhole) return report;
    // Cancelled before the source's end: rows that were not read have no status, and are not with the service.
    throw new UploadError(await report, abortSignal?.reason);
  }
  // What was read is sent, but the caller must learn of the source's own failure.
  await report.catch(() => {});
  throw read.error;
}
