import { UploadError } from 'loganalytics-ingest';
import type { RowStatus, LogWriter, UploadReport, WriterOptions } from 'loganalytics-ingest';
import { isRow } from './ingest-lines.js';

/** What became of a file's lines. */
export interface LineReport {
  lines: number;
  /** Lines that are no JSON object, counted from 1; the first ten. */
  broken: number[];
  brokenCount: number;
  upload: UploadReport;
  /** Line numbers of rows by status, for those that are not accepted. */
  resend: Set<number>;
  unknown: Set<number>;
  reasons: Map<string, number>;
  /** What reading the lines failed with: there may be more than were read. */
  failure?: unknown;
}

export type OpenWriter = (options: WriterOptions) => LogWriter;

/** Every line into the writer as its own bytes; tells line by line what is missing. */
export async function uploadLines(
  open: OpenWriter,
  lines: AsyncIterable<Uint8Array>,
  options: { abortSignal?: AbortSignal; onProgress?(accepted: number, read: number): void } = {},
): Promise<LineReport> {
  const broken: number[] = [];
  let brokenCount = 0;
  let read = 0;
  let accepted = 0;
  // The writer counts rows, a person counts lines: where they part, this many lines were left out before.
  const gaps: { row: number; skipped: number }[] = [];
  let rows = 0;
  const statuses: Record<Exclude<RowStatus, 'accepted'>, Set<number>> = {
    invalid: new Set(),
    rejected: new Set(),
    unknown: new Set(),
    notSent: new Set(),
  };
  const reasons = new Map<string, number>();
  const lineOf = (row: number): number => row + 1 + (gaps.findLast((gap) => gap.row <= row)?.skipped ?? 0);

  async function* good(): AsyncGenerator<Uint8Array> {
    let skipped = 0;
    for await (const line of lines) {
      read += 1;
      if (isRow(line)) {
        rows += 1;
        yield line;
        continue;
      }
      skipped += 1;
      gaps.push({ row: rows, skipped });
      if (line.byteLength === 0) continue;
      brokenCount += 1;
      if (broken.length < 10) broken.push(read);
    }
  }

  const writer = open({
    ...(options.abortSignal && { abortSignal: options.abortSignal }),
    onRowStatus: ({ from, to, status, reason }) => {
      if (status === 'accepted') accepted += to - from;
      else {
        for (let row = from; row < to; row++) statuses[status].add(lineOf(row));
        reasons.set(reason, (reasons.get(reason) ?? 0) + to - from);
      }
      options.onProgress?.(accepted, read);
    },
  });
  const drain = await drained(writer, good());
  const resend = new Set([...statuses.rejected, ...statuses.notSent]);
  return { ...drain, lines: read, broken, brokenCount, resend, unknown: statuses.unknown, reasons };
}

/** What was read is accounted for, however reading ended. */
async function drained(
  writer: LogWriter,
  rows: AsyncIterable<Uint8Array>,
): Promise<Pick<LineReport, 'upload' | 'failure'>> {
  let failed: { failure?: unknown } = {};
  await writer.write(rows).catch((failure: unknown) => {
    if (!UploadError.isInstance(failure)) failed = { failure };
  });
  try {
    return { upload: await writer.close(), ...failed };
  } catch (error) {
    if (UploadError.isInstance(error)) return { upload: error.report, ...failed };
    throw error;
  }
}

/** 0: all accepted. 3: some rows must be mended. 4: some can be sent again. 5: some may be stored or not. */
export function exitCodeOf({ upload, brokenCount }: LineReport): number {
  if (upload.unknown > 0) return 5;
  if (upload.notSent + upload.rejected > 0) return 4;
  return upload.invalid + brokenCount > 0 ? 3 : 0;
}
