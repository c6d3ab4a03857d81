import { UploadError } from 'loganalytics-ingest';
import type { LogsIngestionClient, LogsIngestionTarget } from 'loganalytics-ingest';

/** Gives back the rows that are surely not with the service. */
export async function upload<Row extends object>(
  logs: LogsIngestionClient,
  target: LogsIngestionTarget,
  rows: Row[],
): Promise<Row[]> {
  const missing: Row[] = [];
  try {
    await logs.upload(target, rows, {
      onRowStatus: ({ from, to, status }) => {
        if (status === 'rejected' || status === 'notSent') missing.push(...rows.slice(from, to));
      },
    });
  } catch (error) {
    if (!UploadError.isInstance(error)) throw error;
    console.error(`${error.report.unknown} rows may be stored or not; ${String(error.cause)}`);
  }
  return missing;
}
