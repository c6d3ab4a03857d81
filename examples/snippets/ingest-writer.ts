import type { LogsIngestionClient, LogsIngestionTarget } from 'loganalytics-ingest';

/** Writes as events come, until told to stop. */
export async function writeAll(
  logs: LogsIngestionClient,
  target: LogsIngestionTarget,
  events: AsyncIterable<{ Message: string }>,
  abortSignal: AbortSignal,
): Promise<void> {
  const writer = logs.openWriter<{ Message: string }>(target, {
    maxAgeInMs: 5000,
    abortSignal,
    onRowStatus: ({ from, to, status, reason }) => {
      if (status !== 'accepted') console.error(`rows ${from} to ${to - 1} ${status}: ${reason}`);
    },
  });
  try {
    await writer.write(events);
  } finally {
    const report = await writer.close();
    console.log(report.accepted, report.requests, report.wireBytes);
  }
}
